"""The form of a chapter."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from home.forms import SitePageForm


class ChapterPageForm(SitePageForm):
    """A new version begins without the sentence of the public one: that was about what changed then."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.public_sentence = self.instance.change_summary if self.instance.is_public_version else ""
        if self.public_sentence:
            self.initial |= {"change_summary": "", "change_corrects": False}

    def clean_change_summary(self) -> str:
        sentence = self.cleaned_data["change_summary"]
        if sentence and sentence == self.public_sentence:
            raise ValidationError(_("Readers have been told this of the last change: say what changes now."))
        return sentence
