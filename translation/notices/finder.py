"""All notices of one translation, without those that somebody has put away."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from translation import memory
from translation.models import DismissedNotice
from translation.notices.base import Notice, TranslatedSegment
from translation.notices.checks import CHECKS, Check
from translation.notices.names import Vocabulary
from translation.segments import Segment
from translation.suggestions import TranslationMemory

KEPT_FOR = 24 * 60 * 60  # seconds; another state of the memory has another key
TWO_WAYS = "two-ways"
LONGEST = 80


class NoticeFinder:
    """For the translation `page` of `original`, with what `known` was approved elsewhere."""

    def __init__(self, original: Any, page: Any, known: TranslationMemory) -> None:
        self.original, self.page, self.known = original, page, known
        self.languages = original.locale.language_code, page.locale.language_code

    def find(self, said: Iterable[tuple[Segment, str]]) -> dict[str, list[Notice]]:
        """The notices of each segment that was translated, by its path."""
        units = [TranslatedSegment(segment, words, *self.languages) for segment, words in said]
        others: dict[str, dict[str, str]] = defaultdict(dict)
        for unit in units:
            others[unit.original_words].setdefault(unit.words, unit.segment.label)
        found = {}
        for unit in units:
            notices = [notice for check in self.checks for notice in check.find(unit)]
            notices += self._said_otherwise(unit, others[unit.original_words])
            found[unit.segment.path] = [one for one in notices if one.fingerprint_at(unit) not in self.dismissed]
        return found

    @cached_property
    def checks(self) -> list[Check]:
        return [check(self._vocabulary) for check in CHECKS]

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        key = ":".join(("translation-vocabulary", *self.languages, *map(str, self.known.state)))
        found = cache.get(key)
        if found is None:
            found = Vocabulary.learnt(self.known.pairs())
            cache.set(key, found, KEPT_FOR)
        return found

    @cached_property
    def dismissed(self) -> set[str]:
        return put_away(self.page)

    def _said_otherwise(self, unit: TranslatedSegment, here: dict[str, str]) -> list[Notice]:
        """The same words of an original, translated otherwise: on this page, else where that was approved."""
        elsewhere = [memory.plain(data) for data in self.known.said_elsewhere(unit.original_words, self.page)]
        others = [words for words in here if words != unit.words]
        if not others and elsewhere and unit.words not in elsewhere:
            others = elsewhere
        if not others:
            return []
        other = others[0] if len(others[0]) <= LONGEST else f"{others[0][:LONGEST]}…"
        said = _("the same words are translated otherwise elsewhere: “%(words)s”") % {"words": other}
        return [Notice(TWO_WAYS, _("Two translations"), said, other)]


def put_away(page: Any) -> set[str]:
    """By which the notices of the translation `page` are known that somebody has put away."""
    return set(DismissedNotice.objects.filter(page=page.pk).values_list("fingerprint", flat=True))
