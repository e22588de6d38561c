"""What people said beside a text, and nobody has closed yet."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch
from wagtail.models import Comment, CommentReply, Page


def open_on(instance: Any) -> list[Any]:
    """Open comments with their replies, oldest first; snippets have none."""
    if not isinstance(instance, Page):
        return []
    found = Comment.objects.filter(page=instance.pk, resolved_at=None)
    replies = Prefetch("replies", CommentReply.objects.select_related("user"))
    return list(found.select_related("user").prefetch_related(replies).order_by("created_at"))


def are_open_on(workflow_state: Any) -> bool:
    """Whether something said beside the text of a workflow is not closed, without asking for the text."""
    if workflow_state.base_content_type_id != ContentType.objects.get_for_model(Page).pk:
        return False
    return Comment.objects.filter(page=int(workflow_state.object_id), resolved_at=None).exists()
