"""Forms of the steps."""

from django import forms
from django.utils.translation import gettext_lazy as _


class StepForm(forms.Form):
    """The words that go with a decision, and the number of the revision that it is about."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)


class ApproveForm(StepForm):
    comment = forms.CharField(
        label=_("Comment"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReturnForm(StepForm):
    comment = forms.CharField(label=_("What to correct"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
