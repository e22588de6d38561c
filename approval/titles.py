"""What the admin calls a text."""

from typing import Any

from django.utils.translation import gettext_lazy as _

UNTITLED = _("(no title)")
"""A draft that has no title yet; it is no part of the text."""


def shown_title(text: Any) -> str:
    """The title of a page as of its newest draft, or the name of a snippet."""
    named = getattr(text, "get_admin_display_title", None)
    return (named() if named else str(text)) or str(UNTITLED)
