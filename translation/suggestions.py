"""What the translation memory offers for a segment: the words for the same original first, then for similar ones.

A process reads the memory once, and again when something was learnt (`TranslationMemory.state`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from heapq import nlargest
from html import escape
from typing import Any
from uuid import UUID

from django.db import models
from rapidfuzz import fuzz, process
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from approval.diff import comparison
from translation import checks
from translation.memory import APPROVED, fragment, plain
from translation.segments import Segment

LIKE = 75
"""Share of common signs, in percent, from which the words for another segment are worth reading."""
MOST = 3
LONG = 300
"""Signs from which a text is compared only with those that have most words in common with it, and with how many.

Sign by sign, 2,000 long paragraphs take half a second; all short ones take a few milliseconds.
"""
NEAREST = 40

State = tuple[int, int | None, Any]


@dataclass(frozen=True)
class Suggestion:
    """Words that were approved. `text`: as they fit in the field. `percent`: 100 for the same words in the original.

    `difference`: from the words that they were approved for to those that stand here, where these differ.
    """

    text: str
    percent: int
    difference: tuple[comparison.DifferencePart, ...] = ()


class Pairs:
    """What was approved in one language for words in another, by plain words; nobody changes it."""

    def __init__(self, rows: Any) -> None:
        self.said: dict[str, dict[str, set[UUID]]] = {}
        """Words of originals → what translations say for them, the newest first → the keys of their pages."""
        found = rows.order_by("-updated_at", "-pk").values_list("translation_of__data", "data", "context__object_id")
        for data, said, key in found:
            self.said.setdefault(plain(data), {}).setdefault(said, set()).add(key)
        self.originals = list(self.said)
        self._long = [(words, frozenset(words.split())) for words in self.originals if len(words) > LONG * LIKE / 125]

    def near(self, words: str) -> list[str]:
        """Originals among which are those that are like `words`: few enough to compare them sign by sign."""
        if len(words) <= LONG:
            return self.originals
        wanted = set(words.split())
        common = ((len(wanted & theirs), original) for original, theirs in self._long)
        return [original for shared, original in nlargest(NEAREST, common) if shared]


@lru_cache(maxsize=4)
def _read(source: int, target: int, _state: State) -> Pairs:
    """`_state`: of the memory, when it was asked; what was read for an earlier one is of no use any more."""
    return Pairs(_rows_of(source, target))


def _rows_of(source: int, target: int) -> Any:
    return StringTranslation.objects.filter(
        locale=target, translation_of__locale=source, tool_name=APPROVED, has_error=False
    )


class TranslationMemory:
    """What was approved in `target` for words in `source`: one query while nothing new was learnt, else one more."""

    def __init__(self, source: Locale, target: Locale) -> None:
        self.source, self.target = source.pk, target.pk

    @cached_property
    def state(self) -> State:
        """Differs after everything that was learnt since: how many pairs there are, the last one, the newest hour."""
        found = _rows_of(self.source, self.target).aggregate(
            number=models.Count("pk"), last=models.Max("pk"), newest=models.Max("updated_at")
        )
        return found["number"], found["last"], found["newest"] and found["newest"].timestamp()

    @cached_property
    def _pairs(self) -> Pairs:
        return _read(self.source, self.target, self.state)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Plain words of originals, each with those of a translation."""
        yield from ((words, plain(data)) for words, said in self._pairs.said.items() for data in said)

    def said_elsewhere(self, words: str, page: Any) -> list[str]:
        """What was approved on other pages than `page` for just these plain `words`, the newest first."""
        return [data for data, keys in self._pairs.said.get(words, {}).items() if keys != {page.translation_key}]

    def suggestions(self, segment: Segment, known: str = "") -> list[Suggestion]:
        """The nearest, exact ones first; none that says what is `known` already."""
        if segment.kind not in ("text", "markup"):
            return []
        words = plain(fragment(segment))
        found: dict[str, Suggestion] = {}
        for near, likeness, _index in process.extract(
            words, self._pairs.near(words), scorer=fuzz.ratio, score_cutoff=LIKE, limit=2 * MOST
        ):
            is_same = near == words
            for data in self._pairs.said[near]:
                text = fitting(segment, data)
                if text and text != known and text not in found and len(found) < MOST:
                    difference = () if is_same else tuple(comparison.words(near, words))
                    found[text] = Suggestion(text, 100 if is_same else min(int(likeness), 99), difference)
        return list(found.values())


def fitting(segment: Segment, data: str) -> str:
    """Words of the memory as they can stand for `segment`; "" if they can't.

    Links and emphasis are taken over where the segment has the same; a link leads where the segment's own does.
    """
    if segment.kind == "markup" and not checks.markup_problem(segment, data):
        return data
    words = plain(data)
    if segment.limit and len(words) > segment.limit:
        return ""
    return escape(words, quote=False) if segment.kind == "markup" else words
