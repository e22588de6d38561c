"""The form for a new edition."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from approval.quoting import quoted
from catalog.editions import beginning
from catalog.models import Edition
from catalog.models.edition import check_number


class NewEditionForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=lambda: settings.LANGUAGES)
    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=11,
        validators=[check_number],
        help_text=gettext_lazy("For example 1.2. It stands in the address, and stays."),
    )
    date = forms.DateField(
        label=gettext_lazy("Day"),
        initial=timezone.localdate,
        widget=AdminDateInput,
        help_text=gettext_lazy("As cited."),
    )
    notes = forms.CharField(
        label=gettext_lazy("What is new"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("For readers. You can go on writing until it is sent."),
    )
    takes_approved = forms.BooleanField(
        label=gettext_lazy("Take the approved text of chapters that are under review"), required=False
    )

    def clean_number(self) -> str:
        return str(self.cleaned_data["number"]).strip()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        language = cleaned.get("language", "")
        if language and not beginning.has_chapters(language):
            self.add_error("language", _("No chapter is public in this language yet."))
        elif language:
            self._ask_about_reviews(language, cleaned.get("takes_approved", False))
        if language and Edition.objects.filter(language=language, number=cleaned.get("number")).exists():
            self.add_error("number", _("There is an edition with this number in this language."))
        return cleaned

    def _ask_about_reviews(self, language: str, is_confirmed: bool) -> None:
        waiting = beginning.under_review(language)
        if waiting and not is_confirmed:
            words = _("Under review just now: %(titles)s. The edition takes what was approved before. Tick to go on.")
            self.add_error(
                "takes_approved", ValidationError(words % {"titles": quoted(page.title for page in waiting)})
            )
