"""What people said beside a text, and nobody has closed yet."""

from typing import Any

from wagtail.models import Comment, Page


def open_on(instance: Any) -> list[Any]:
    """Open comments with their replies, oldest first; snippets have none."""
    if not isinstance(instance, Page):
        return []
    found = Comment.objects.filter(page=instance.pk, resolved_at=None)
    return list(found.select_related("user").prefetch_related("replies__user").order_by("created_at"))
