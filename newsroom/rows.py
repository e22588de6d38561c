"""One line of a dashboard, and what the finders of lines share."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import Page

MOST = 8
"""Rows of panels that only inform."""


@dataclass
class DashboardRow:
    """One text on the dashboard. `verb` is what its button says; `notes` are short sentences.

    `posts`: the button does something at once instead of leading somewhere.
    """

    title: str
    url: str
    verb: str = ""
    kind: str = ""
    language: str = ""
    notes: list[str] = field(default_factory=list)
    alarm: str = ""
    posts: bool = False


def edit_address_of(base_content_type_id: int, pk: str) -> str:
    model: Any = ContentType.objects.get_for_id(base_content_type_id).model_class()
    if model is Page:
        return reverse("wagtailadmin_pages:edit", args=(pk,))
    return reverse(model.snippet_viewset.get_url_name("edit"), args=(pk,))
