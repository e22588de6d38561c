"""The form of a fact: what has to be said of it before somebody decides."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from home.forms import DraftForm

ALL = "__all__"
LAST_YEAR = 2100
"""A later one is a slip of the keyboard, or means: for ever."""

Errors = dict[str, list[str]]
"""By the field beside which they stand."""


def find_errors(fact: Any, words: Iterable[Any]) -> Errors:
    """What is wrong with the fact, whose words in each language are `words`: nothing is public that has no source."""
    words, found = list(words), Errors()

    def note(field: str, message: str) -> None:
        found.setdefault(field, []).append(message)

    languages = [one.locale_id for one in words if one.locale_id]
    if not words:
        note(ALL, _("Say in at least one language what the fact is about."))
    if len(set(languages)) < len(languages):
        note(ALL, _("There are words for one language twice. Leave one of them."))
    known = [one for one in words if one.value]
    if known and len(known) < len(words):
        note(ALL, _("The value is there in one language and missing in another. Write it in all of them, or in none."))
    for one in words:
        if one.sentence and not one.value:
            note(
                ALL,
                _("“%(label)s” has words for a sentence and no value. Write the value, too.") % {"label": one.label},
            )
    if known:
        if not fact.source:
            note("source", _("Where does the value stand? Give the address of its source."))
        if not fact.checked_on:
            note("checked_on", _("When did somebody last read it at its source?"))
        if not fact.checked_by:
            note("checked_by", _("Who read it there?"))
    if fact.checked_on and fact.checked_on > timezone.localdate():
        note("checked_on", _("This day is still to come."))
    if fact.valid_from and fact.valid_until and fact.valid_until < fact.valid_from:
        note("valid_until", _("It ends before it begins."))
    for field in ("valid_from", "valid_until"):
        if (day := getattr(fact, field)) and day.year > LAST_YEAR:
            words_of_it = _("This is later than the year %(year)d. Leave it empty where no such day is known.")
            note(field, words_of_it % {"year": LAST_YEAR})
    if getattr(fact, "expire_at", None):
        note(ALL, _("A fact has no last day of its own here: texts would lose it. Say until when it is valid."))
    return found


class FactForm(DraftForm):
    """Asks what is missing when the fact is sent, of the words that were typed."""

    def _post_clean(self) -> None:
        self.instance.is_checked_by_form = True
        super()._post_clean()
        self.instance.is_checked_by_form = False
        if not self.is_deferred_validation:
            for field, messages in find_errors(self.instance, self._words()).items():
                target = field if field in self.fields else None
                self.add_error(target, [ValidationError(message) for message in messages])

    def _words(self) -> list[models.Model]:
        """As they were typed, saved or not."""
        formset = self.formsets["words"]
        formset.is_valid()
        deleted = [form for form in formset.forms if formset._should_delete_form(form)]
        typed = [form for form in formset.forms if form not in deleted and (form.has_changed() or form.instance.pk)]
        return [form.instance for form in typed]
