"""The form of a fact: what has to be said of it before somebody decides."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from home import locales
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


def stale_check(fact: Any, before: Any, words: Iterable[Any]) -> str:
    """What to say beside the day of the check where a value is another one than readers have and the day is not."""
    if before is None or not before.live or not fact.checked_on:
        return ""
    known = {one.locale_id: one.value for one in before.words.all()}
    is_new = any(one.value and one.value != known.get(one.locale_id) for one in words)
    if not is_new or (before.checked_on is not None and fact.checked_on > before.checked_on):
        return ""
    if fact.checked_on == before.checked_on == timezone.localdate():
        return ""  # read twice on one day
    return _("The value is another one than before. When did somebody read the new one at its source?")


def left_unchanged(words: Iterable[Any], before: Any) -> list[str]:
    """Languages whose value is as before while that of another one is new."""
    if before is None or not before.live:
        return []
    known = {one.locale_id: one.value for one in before.words.all()}
    both = [one for one in words if known.get(one.locale_id)]
    same = [one for one in both if one.value == known[one.locale_id]]
    return [str(one.locale) for one in same] if len(same) < len(both) else []


class FactForm(DraftForm):
    """Asks what is missing when the fact is sent, of the words that were typed.

    Whoever only translates says the words of a translation: what all languages share, and the words of the first one,
    stay as they are, whatever was sent.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.for_user
        if user is None or user.has_perm("home.change_fact") or user.has_perm("home.add_fact"):
            return
        for field in self.fields.values():
            field.disabled = True
        rows = self.formsets["words"]
        for form in rows.forms:
            if form.instance.locale_id == locales.id_of(settings.LANGUAGE_CODE):
                for field in form.fields.values():
                    field.disabled = True
            elif form.instance.pk:
                form.fields["locale"].disabled = True
        self.is_translated_only = True

    is_translated_only = False

    def clean(self) -> dict[str, Any]:
        """Asked again of what would be saved: a row that was added or taken away in the first language, too."""
        cleaned = super().clean()
        if self.is_translated_only and self._first_words_differ():
            raise ValidationError(_("These words are the original’s. You can change those in other languages."))
        return cleaned

    def _first_words_differ(self) -> bool:
        first = locales.id_of(settings.LANGUAGE_CODE)
        formset = self.formsets["words"]
        formset.is_valid()
        gone = {form.instance.locale_id for form in formset.forms if formset._should_delete_form(form)}
        new = {form.instance.locale_id for form in formset.extra_forms if form.has_changed()}
        return first in gone | new

    def _post_clean(self) -> None:
        self.instance.is_checked_by_form = True
        super()._post_clean()
        self.instance.is_checked_by_form = False
        if not self.is_deferred_validation:
            words = self._words()
            found = find_errors(self.instance, words)
            if stale := stale_check(self.instance, self._public(), words):
                found.setdefault("checked_on", []).append(stale)
            for field, messages in found.items():
                target = field if field in self.fields else None
                self.add_error(target, [ValidationError(message) for message in messages])

    def _public(self) -> Any:
        """What readers have of it now."""
        return type(self.instance)._default_manager.filter(pk=self.instance.pk).first()

    def _words(self) -> list[models.Model]:
        """As they were typed, saved or not."""
        formset = self.formsets["words"]
        formset.is_valid()
        deleted = [form for form in formset.forms if formset._should_delete_form(form)]
        typed = [form for form in formset.forms if form not in deleted and (form.has_changed() or form.instance.pk)]
        return [form.instance for form in typed]
