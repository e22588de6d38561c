"""The forms of images and documents: they say what can't be changed, and what to do instead."""

from typing import Any

from django import forms
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from approval import file_protection


class ProtectedFileMixin:
    """Refuses changes of a file that readers meet; its tags are free."""

    instance: Any
    changed_data: list[str]

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        if self.instance.pk and set(self.changed_data) - {"tags"}:
            shown_in = file_protection.places(self.instance)
            if shown_in:
                raise forms.ValidationError(file_protection.reason(self.instance, shown_in), code="in-use")
        return cleaned


class ImageForm(ProtectedFileMixin, BaseImageForm):
    """An image that readers meet keeps its file and its words."""


class DocumentForm(ProtectedFileMixin, BaseDocumentForm):
    """A document that readers meet keeps its file and its words."""
