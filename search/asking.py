"""A query with what it found, or what was found instead, best first."""

from dataclasses import replace
from functools import cached_property

from django.utils import timezone

from search import recommendations
from search.index import DATE, RELEVANCE, Found, Query, get_index
from search.public import public
from search.ranking import ranked

RANKED = 100
"""So many of the best hits are put into our own order; whoever reads on gets the index's."""


class Asked:
    """A query with what it found, or what was found instead."""

    spelling = ""
    is_any = False

    def __init__(self, words: str, query: Query) -> None:
        self.words, self.query = words, query
        self.found: Found = get_index().find(query, 0, RANKED)
        if not self.found.count and not self.found.is_cut and len(query.groups) > 1 and not query.labels:
            self._some()

    def _some(self) -> None:
        """No page has all of the words: those that have most of them."""
        groups = len(self.query.groups)
        for least in sorted({groups - 1, (groups + 1) // 2, 1}, reverse=True):
            query = replace(self.query, least=least)
            found = get_index().find(query, 0, RANKED)
            if found.count:
                self.query, self.found, self.is_any = query, found, True
                return

    @cached_property
    def recommended(self) -> list[int]:
        """What staff chose comes first; with a filter or by date, everything is where it belongs."""
        if self.query.labels or self.query.order == DATE:
            return []
        keys = recommendations.keys_for(self.words, self.query.language)
        shown = set(public().filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
        return [key for key in keys if key in shown]

    @cached_property
    def first(self) -> list[int]:
        """The best ones, in the order in which they are shown."""
        keys = list(self.found.keys)
        if self.query.order == RELEVANCE:
            documents = get_index().stored(keys, passages=False)
            keys = ranked(self.query, keys, documents, timezone.now())
        return [*self.recommended, *(key for key in keys if key not in self.recommended)]

    @property
    def count(self) -> int:
        return self.found.count + len(self.first) - len(self.found.keys)

    def keys(self, start: int, size: int) -> list[int]:
        """Of the hits from `start` on."""
        keys = self.first[start : start + size]
        if start + size > len(self.first) < self.count:
            more = len(self.first) - len(self.found.keys)
            begin = max(start, len(self.first)) - more
            later = get_index().find(self.query, begin, start + size - more).keys
            keys += [key for key in later if key not in self.recommended]
        return keys
