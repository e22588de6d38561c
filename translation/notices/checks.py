"""The checks, in the order in which their notices stand: each looks at one segment, and names what it finds."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from translation import glossary
from translation.notices import figures
from translation.notices.base import Notice, TranslatedSegment
from translation.notices.names import Vocabulary


class Check:
    """`key` stays, as what was put away is known by it; `label` is what its notices are called."""

    key: ClassVar[str]
    label: ClassVar[Any]  # translated when it is shown

    def __init__(self, vocabulary: Vocabulary) -> None:
        """`vocabulary`: what is known of names."""
        self.vocabulary = vocabulary

    def find(self, unit: TranslatedSegment) -> Iterator[Notice]:
        raise NotImplementedError


def _differ(check: Check, missing: Iterable[str], surplus: Iterable[str]) -> Iterator[Notice]:
    """One notice that names everything that stands in one language alone."""
    theirs, mine = ", ".join(missing), ", ".join(surplus)
    said = [_("only in the original: %(named)s") % {"named": theirs}] if theirs else []
    said += [_("only in the translation: %(named)s") % {"named": mine}] if mine else []
    if said:
        yield Notice(check.key, str(check.label), "; ".join(said), f"{theirs} | {mine}")


class NumbersCheck(Check):
    key = "numbers"
    label = gettext_lazy("Numbers")

    def find(self, unit: TranslatedSegment) -> Iterator[Notice]:
        if found := figures.to_compare(unit):
            theirs, mine = found
            yield from _differ(self, _counts(theirs, mine), _counts(mine, theirs))


def _counts(wanted: figures.Figures, given: figures.Figures) -> Iterator[str]:
    """Numbers of one text that the other has neither in figures nor in letters, nor as full hours."""
    for number in sorted(wanted.numbers - given.numbers):
        if int(number) not in given.words and int(number) * 60 not in given.times:
            yield f"{number:f}"


class DatesCheck(Check):
    key = "dates"
    label = gettext_lazy("Dates and times")

    def find(self, unit: TranslatedSegment) -> Iterator[Notice]:
        if found := figures.to_compare(unit):
            theirs, mine = found
            yield from _differ(self, _when(theirs, mine), _when(mine, theirs))


def _when(wanted: figures.Figures, given: figures.Figures) -> Iterator[str]:
    """Days, months and hours of one text that the other hasn't."""
    yield from (f"{day}.{month:02}" for day, month in sorted(wanted.dates - given.dates))
    months = wanted.months - given.months - given.perhaps - {month for _day, month in given.dates}
    yield from (f"{month:02}" for month in sorted(months))
    for time in sorted(wanted.times - given.times):
        if time % 60 or time // 60 not in given.numbers:
            yield f"{time // 60:02}:{time % 60:02}"


class NamesCheck(Check):
    key = "names"
    label = gettext_lazy("Names")

    def find(self, unit: TranslatedSegment) -> Iterator[Notice]:
        yield from _differ(self, *self.vocabulary.unmatched(unit.original_words, unit.words))


class LinksCheck(Check):
    key = "links"
    label = gettext_lazy("Links")

    def find(self, unit: TranslatedSegment) -> Iterator[Notice]:
        theirs, mine = (_addresses(words) for words in (unit.original_words, unit.words))
        yield from _differ(self, sorted(theirs - mine), sorted(mine - theirs))


def _addresses(text: str) -> set[str]:
    return {found[0].rstrip(".,;:!?)”").casefold() for found in figures.ADDRESS.finditer(text)}


class EndingCheck(Check):
    key = "ending"
    label = gettext_lazy("Punctuation at the end")
    CLOSING = re.compile(r"[\s)\]}”\"’»«]+$")
    ABBREVIATION = re.compile(r"(?:\b(?:r|itd|itp|in|zł|godz|nr|ul|tys|etc|Ltd|No|a\.m|p\.m|[A-Z])\.)$")

    def find(self, unit: TranslatedSegment) -> Iterator[Notice]:
        theirs, mine = (self._sign(words) for words in (unit.original_words, unit.words))
        if theirs is None or mine is None or theirs == mine:
            return
        if theirs and mine:
            said = _("the original ends with “%(wanted)s”, the translation with “%(given)s”")
        else:
            said = (
                _("the original ends with “%(wanted)s”") if theirs else _("only the translation ends with “%(given)s”")
            )
        yield Notice(self.key, str(self.label), said % {"wanted": theirs, "given": mine}, f"{theirs} | {mine}")

    def _sign(self, text: str) -> str | None:
        """The sign with which a text ends, "" for none, None where a point may belong to an abbreviation."""
        text = self.CLOSING.sub("", text)
        if self.ABBREVIATION.search(text):
            return None
        end = text[-1:]
        return "…" if text.endswith("...") else end if end in ".!?:;,…" else ""


class GlossaryCheck(Check):
    key = "glossary"
    label = gettext_lazy("Glossary")

    def find(self, unit: TranslatedSegment) -> Iterator[Notice]:
        unused = glossary.unused_in(unit.original_words, unit.words, unit.target)
        named = ", ".join(f"{found.words} – {found.term}" for found in unused)
        if named:
            yield Notice(
                self.key, str(self.label), _("agreed words that are not used: %(named)s") % {"named": named}, named
            )


CHECKS = (NumbersCheck, DatesCheck, NamesCheck, LinksCheck, EndingCheck, GlossaryCheck)
