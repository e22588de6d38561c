"""Forms of the steps, and of what must not pass by them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm


class StepForm(forms.Form):
    """The words that go with a decision, the number of the revision, and its times as they were shown."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    times = forms.CharField(required=False, widget=forms.HiddenInput)


class ApproveForm(StepForm):
    comment = forms.CharField(
        label=_("Comment"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReturnForm(StepForm):
    comment = forms.CharField(
        label=_("What to correct"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what to correct.")},
    )


class GatedCopyForm(CopyForm):
    """Wagtail's, without what would make a copy public at once: it offers that to superusers, below the root too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)
