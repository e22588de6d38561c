"""The forms of chapters, of terms of the glossary and of document templates."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.forms import DraftForm, SitePageForm
from translation.forms import SourceVersionForm


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


class TermsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, term: Any) -> str:
        return str(term) if term.live else _("%(term)s (not public)") % {"term": term}


class GlossaryTermForm(DraftForm, SourceVersionForm):
    """A translation has words of its own; what a term refers to says its original."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.instance.unread_fields:
            self.fields.pop(name, None)
        if (field := self.fields.get("see_also")) is not None:
            self.fields["see_also"] = TermsField(
                field.queryset.originals().exclude(pk=self.instance.pk),
                required=False,
                label=field.label,
                help_text=field.help_text,
                widget=forms.CheckboxSelectMultiple,
                initial=field.initial,
                error_messages={
                    "invalid_choice": _("A term refers to other terms of the glossary: not to itself, nor to one gone.")
                },
            )


class DocumentTemplateForm(DraftForm, SourceVersionForm):
    """A translation has words and files of its own; the rest says its original. A public address stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.instance.unread_fields:
            self.fields.pop(name, None)
        if "key" in self.fields and self.instance.first_published_at:
            self.fields["key"].disabled = True


def misfit(name: str, file: Any, language: str) -> str:
    """Why `file` isn't the one to choose as this format of a template in `language`; "" where it is."""
    facts = {"title": file.title, "wanted": name.upper(), "found": file.file_extension.upper() or "?"}
    if file.file_extension.lower() != name:
        return gettext("“%(title)s” is a file of the kind %(found)s. Choose one of the kind %(wanted)s here.") % facts
    if file.language != language:
        facts["language"] = file.get_language_display()
        return (
            gettext("“%(title)s” is said to be in another language (%(language)s). Choose the file in this one.")
            % facts
        )
    return ""
