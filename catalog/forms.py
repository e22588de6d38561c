"""The form of a glossary term."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from home.forms import DraftForm
from translation.forms import SourceVersionForm


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
