"""Forms of the steps, and of what must not pass by them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page

from approval.text_cleaning import clean_words


class WordsField(forms.CharField):
    """Words that go along with a text. Signs that nobody sees are taken out of them, where Django would say no."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> str | None:
        return super().to_python(clean_words(value) if isinstance(value, str) else value)


class StepForm(forms.Form):
    """The words that go with a decision, the number of the revision, and its times as they were shown."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    times = forms.CharField(required=False, widget=forms.HiddenInput)


class ApproveForm(StepForm):
    comment = WordsField(label=_("Comment"), required=False, max_length=2000)


class ReturnForm(StepForm):
    comment = WordsField(
        label=_("What to correct"),
        max_length=2000,
        error_messages={"required": _("Say what to correct.")},
    )


class GatedCopyForm(CopyForm):
    """Wagtail's, without what would make a copy public at once: it offers that to superusers, below the root too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)

    def clean(self) -> Any:
        """Wagtail asks the pages that whoever copies may see; an address may be taken by another."""
        cleaned = super().clean()
        parent, slug = cleaned.get("new_parent_page") or self.page.get_parent(), cleaned.get("new_slug")
        if slug and not Page._slug_is_available(slug, parent):
            words = _("Below “%(title)s” the address “%(slug)s” is taken.")
            self.add_error("new_slug", words % {"title": parent.get_admin_display_title(), "slug": slug})
        return cleaned
