"""What the translation memory offers for a segment: the words for the same original first, then for similar ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
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


@dataclass(frozen=True)
class Suggestion:
    """Words that were approved. `text`: as they fit in the field. `percent`: 100 for the same words in the original.

    `difference`: from the words that they were approved for to those that stand here, where these differ.
    """

    text: str
    percent: int
    difference: tuple[comparison.DifferencePart, ...] = ()


class TranslationMemory:
    """What was approved in `target` for words in `source`: read once, in one query."""

    def __init__(self, source: Locale, target: Locale) -> None:
        self.source, self.target = source, target

    @cached_property
    def _rows(self) -> Any:
        return StringTranslation.objects.filter(
            locale=self.target, translation_of__locale=self.source, tool_name=APPROVED, has_error=False
        )

    @cached_property
    def state(self) -> tuple[int, Any]:
        """Differs after everything that was learnt since: how many pairs there are, and when the newest came."""
        found = self._rows.aggregate(models.Count("pk"), models.Max("updated_at"))
        return found["pk__count"], found["updated_at__max"] and found["updated_at__max"].timestamp()

    @cached_property
    def _said(self) -> dict[str, dict[str, set[UUID]]]:
        """Words of originals → what translations say for them, the newest first → the keys of their pages."""
        rows = self._rows.order_by("-updated_at", "-pk")
        found: dict[str, dict[str, set[UUID]]] = {}
        for data, said, key in rows.values_list("translation_of__data", "data", "context__object_id"):
            found.setdefault(plain(data), {}).setdefault(said, set()).add(key)
        return found

    @cached_property
    def _words(self) -> list[str]:
        return list(self._said)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Plain words of originals, each with those of a translation."""
        yield from ((words, plain(data)) for words, said in self._said.items() for data in said)

    def said_elsewhere(self, words: str, page: Any) -> list[str]:
        """What was approved on other pages than `page` for just these plain `words`, the newest first."""
        return [data for data, keys in self._said.get(words, {}).items() if keys != {page.translation_key}]

    def suggestions(self, segment: Segment, known: str = "") -> list[Suggestion]:
        """The nearest, exact ones first; none that says what is `known` already."""
        if segment.kind not in ("text", "markup"):
            return []
        words = plain(fragment(segment))
        found: dict[str, Suggestion] = {}
        for near, likeness, _index in process.extract(
            words, self._words, scorer=fuzz.ratio, score_cutoff=LIKE, limit=2 * MOST
        ):
            is_same = near == words
            for data in self._said[near]:
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
