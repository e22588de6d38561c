"""The forms of images and documents: they say what can't be changed, and what to do instead."""

from typing import Any

from django import forms
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from editorial import in_use


class InUseMixin:
    """Refuses changes of a file that readers meet; its tags are free."""

    instance: Any
    changed_data: list[str]

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        if self.instance.pk and set(self.changed_data) - {"tags"}:
            shown_in = in_use.places(self.instance)
            if shown_in:
                raise forms.ValidationError(in_use.reason(self.instance, shown_in), code="in-use")
        return cleaned


class ImageForm(InUseMixin, BaseImageForm):
    """An image that readers meet keeps its file and its words."""


class DocumentForm(InUseMixin, BaseDocumentForm):
    """Stands in settings as WAGTAILDOCS_DOCUMENT_FORM_BASE."""
