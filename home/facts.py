"""What readers get of a fact (home/models/fact.py): the words of its approved version, whoever shows them and where.

All that render, index or send a text come here, so no place keeps words of its own. Nothing is asked of the database on
a warm site: all public facts are a few words each, and are kept together until anything public changes.
"""

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from approval.context_variables import holding
from approval.row_keys import is_key
from home import locales
from home.cache import remembered

VALUE, SENTENCE = "value", "sentence"
FORMATS = {VALUE: _("The value alone"), SENTENCE: _("For a sentence")}
"""The forms in which a fact can stand among other words."""

LONGEST_WAIT = 120
"""Months until a fact has to be looked at again."""
DAY = timedelta(days=1)

Facts = dict[int, dict[str, "ShownFact"]]
"""By number of the fact, by code of the language of the words."""


@dataclass(frozen=True)
class ShownFact:
    """A fact in the words of one language; without a value nobody has established it yet."""

    pk: int
    key: str
    label: str = ""
    value: str = ""
    sentence: str = ""
    note: str = ""
    source: str = ""
    source_name: str = ""
    checked_on: date | None = None
    checked_by: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    months: int = 0
    language: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.value)

    @property
    def lang(self) -> str:
        """The language of the words where it isn't the reader's, else ""."""
        return locales.other(self.language) if self.language else ""

    @property
    def anchor(self) -> str:
        return f"{pgettext('address', 'fact')}-{self.key}"

    def words(self, form: str = VALUE) -> str:
        """The value, or what says it in a sentence; what stands there until somebody has established it."""
        if not self.is_known:
            return gettext("to be checked in the rules of procedure")
        return self.sentence or self.value if form == SENTENCE else self.value

    @property
    def due_on(self) -> date | None:
        """From which day on somebody has to look at its source again."""
        return add_months(self.checked_on, self.months) if self.checked_on else None

    @property
    def turns_on(self) -> set[date]:
        """The days on which what readers are told of it changes by itself: each from its beginning."""
        ends = self.valid_until + DAY if self.valid_until and self.valid_until < date.max else None
        return {day for day in (self.valid_from, ends, self.due_on) if day} if self.is_known else set()

    @property
    def caveat(self) -> str:
        """Why readers should not rely on it today; "" where they may."""
        today = timezone.localdate()
        if not self.is_known:
            return ""
        if self.valid_until and self.valid_until < today:
            return gettext("was valid until %(day)s") % {"day": _day(self.valid_until)}
        if self.valid_from and self.valid_from > today:
            return gettext("valid from %(day)s") % {"day": _day(self.valid_from)}
        if self.due_on and self.due_on <= today:
            return gettext("checked on %(day)s, may be out of date") % {"day": _day(self.checked_on)}
        return ""

    @property
    def is_due(self) -> bool:
        """Whether staff have something to do: to establish it, or to look at its source again."""
        return not self.is_known or bool(self.caveat)

    @property
    def line(self) -> str:
        """All of it in plain words, as the search and a comparison read it."""
        said = f"{self.label}: {self.words()}" if self.label else self.words()
        return f"{said} ({self.caveat})" if self.caveat else said

    def markup(self, form: str = VALUE) -> SafeString:
        """Among other words: the value leads to its source."""
        if not self.is_known:
            return format_html('<span class="fact fact-empty">{}</span>', self.words(form))
        lang = format_html(' lang="{}"', self.lang) if self.lang else ""
        said = self.words(form)
        if self.source:
            said = format_html('<a href="{}"{}>{}</a>', self.source, lang, said)
        elif lang:
            said = format_html("<span{}>{}</span>", lang, said)
        caveat = format_html(' <span class="fact-caveat">({})</span>', self.caveat) if self.caveat else ""
        return format_html('<span class="fact">{}{}</span>', said, caveat)


NOT_PUBLIC = ShownFact(0, "")
"""Stands where a text shows a fact that nobody has approved, or that is gone."""

_once: ContextVar[list[Facts] | None] = ContextVar("facts-once", default=None)
"""Empty until somebody asks."""


def public() -> Facts:
    """All approved facts."""
    held = _once.get()
    if held is None:
        return remembered("facts", _find)
    if not held:
        held.append(remembered("facts", _find))
    return held[0]


@contextmanager
def asked_once() -> Iterator[None]:
    """For what reads many texts within a transaction that changes something public: there nothing is remembered."""
    if _once.get() is not None:
        yield
        return
    with holding(_once, []):
        yield


@contextmanager
def told(known: Facts) -> Iterator[None]:
    """Meanwhile facts read as in `known`: for whoever decides about versions that are not public."""
    with holding(_once, [known]):
        yield


def shown(pk: Any, language: str | None = None) -> ShownFact:
    """The fact `pk` in `language` (the reader's), else in the language that it has words in."""
    versions = public().get(int(pk)) if is_key(pk) else None
    return in_language(versions, language or get_language()) if versions else NOT_PUBLIC


def in_language(versions: dict[str, ShownFact], language: str | None) -> ShownFact:
    found = versions.get(language or "") or versions.get(settings.LANGUAGE_CODE)
    return found or next(iter(versions.values()), NOT_PUBLIC)


def due() -> list[ShownFact]:
    """What staff have to establish or to check again, in the words of the first language; the longest wait first."""
    found = [in_language(versions, settings.LANGUAGE_CODE) for versions in public().values()]
    return sorted((one for one in found if one.is_due), key=lambda one: (one.checked_on or date.max, one.key))


def next_change() -> datetime | None:
    """When what readers are told of some fact changes next although nobody changes it: at the beginning of a day."""
    today, days = timezone.localdate(), set()
    for versions in public().values():
        days |= {day for day in in_language(versions, settings.LANGUAGE_CODE).turns_on if day > today}
    return timezone.make_aware(datetime.combine(min(days), time())) if days else None


def turned_since(day: date) -> list[int]:
    """The numbers of the facts of which readers are told something else than on `day`, although nobody changed them."""
    today = timezone.localdate()
    return [
        pk
        for pk, versions in public().items()
        if any(day < turn <= today for turn in in_language(versions, settings.LANGUAGE_CODE).turns_on)
    ]


def _find() -> Facts:
    model: Any = apps.get_model("home", "Fact")
    return {
        fact.pk: fact.shown_versions() for fact in model.objects.filter(live=True).prefetch_related("words__locale")
    }


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or the last one that it has."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _day(day: date | None) -> str:
    return date_format(day, "j E Y") if day else ""
