"""What the admin calls a text, and to whom."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import page_permission_policy

UNTITLED = _("(no title)")
"""A draft that has no title yet; it is no part of the text."""


def shown_title(text: Any) -> str:
    """The title of a page as of its newest draft, or the name of a snippet."""
    named = getattr(text, "get_admin_display_title", None)
    return (named() if named else str(text)) or str(UNTITLED)


def pages_named_to(user: Any, pages: Any) -> Any:
    """Those of `pages` whose titles `user` needs: a mere draft is a matter of whoever writes, or works on its tree.

    What was sent is told by its step, to those whom it concerns.
    """
    if user.is_superuser:
        return pages
    theirs = page_permission_policy.instances_user_has_any_permission_for(user, {"add", "change", "lock", "unlock"})
    return pages.filter(Q(first_published_at__isnull=False) | Q(owner=user) | Q(pk__in=theirs.values("pk")))
