"""The name of a kind of text, for people."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from wagtail.models import Page


def type_name(model: Any) -> str:
    """The name of a page or snippet type; "" for None, where the type is gone."""
    return str(capfirst(model._meta.verbose_name)) if model else ""


def type_name_about(text: Any) -> str:
    """`type_name` of a page, also where only the row that all pages share is loaded, or of a snippet."""
    return type_name_of(text.content_type_id) if isinstance(text, Page) else type_name(type(text))


def type_name_of(content_type_id: int) -> str:
    """`type_name` of the type with this content type."""
    return type_name(ContentType.objects.get_for_id(content_type_id).model_class())
