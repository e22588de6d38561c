"""The field for a page's address: one that can be read out and typed everywhere, whatever somebody writes."""

from typing import Any

from django import forms
from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import SlugInput

from approval.text_cleaning import typed_slug

WITH_LATIN_LETTERS = SlugInput().attrs["data-action"].replace("blur->w-slug#slugify", "blur->w-slug#urlify")
"""Wagtail's script drops letters with accents from a typed address; for one made from a title it writes others."""


class AddressInput(SlugInput):
    def __init__(self, attrs: dict[str, Any] | None = None, **options: Any) -> None:
        super().__init__({"data-action": WITH_LATIN_LETTERS, **(attrs or {})}, **options)


class AddressField(forms.SlugField):
    """Takes „Źródła i ławki” for zrodla-i-lawki, as the script does: not everybody has it."""

    def to_python(self, value: Any) -> str:
        return typed_slug(super().to_python(value) or "")


def connect() -> None:
    """Called once, when the app is ready: for every address in a form of the admin."""
    register_form_field_override(models.SlugField, override={"form_class": AddressField, "widget": AddressInput})
