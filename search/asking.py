"""A query with what it found, or what was found instead, best first."""

import re
from dataclasses import replace
from functools import cached_property

from django.utils import timezone

from search import recommendations
from search.index import DATE, RELEVANCE, Found, Query, get_index
from search.public import public
from search.querying import MOST_LETTERS, query_for
from search.ranking import Ranking
from search.spelling import spelling

RANKED = 100
"""So many of the best hits are put into our own order; whoever reads on gets the index's."""
MOST_NEAR = 6
"""Words that are offered where nothing was found."""
WORD = re.compile(r"[^\W\d_]{3,}")


def _find(query: Query) -> Found:
    return get_index().find(query, 0, RANKED)


def _is_nothing(found: Found) -> bool:
    return not found.count and not found.is_cut


def _count_everywhere(query: Query) -> int:
    """How many there are whatever is chosen in the filters."""
    return get_index().find(replace(query, labels=frozenset()), 0, 0).count


class Asked:
    """A query with what it found, or what was found instead.

    `spelling`: the words that were asked for instead, as one that was typed stands nowhere; `is_any`: no page has all
    of the words, and what was found has some.
    """

    spelling = ""
    is_any = False

    def __init__(self, words: str, query: Query) -> None:
        self.words, self.query = words, query
        self.found = _find(self.query)
        if _is_nothing(self.found) and not (query.labels and _count_everywhere(self.query)):
            self._mend()
        if _is_nothing(self.found) and not (query.labels and _count_everywhere(self.query)):
            self._take_some()

    def _mend(self) -> None:
        """What was typed stands nowhere: what it was meant to be."""
        language = self.query.language
        mended = spelling(language, get_index().version()).mended(self.words[:MOST_LETTERS])
        meant = query_for(mended, language, self.query.labels, self.query.order) if mended else None
        if meant:
            self.query, self.spelling = meant, mended
            self.found = _find(self.query)

    def _take_some(self) -> None:
        """No page has all of the words: those that have most of them."""
        groups = len(self.query.groups)
        for least in sorted({groups - 1, (groups + 1) // 2, 1} - {0, groups}, reverse=True):
            some = replace(self.query, least=least)
            if _count_everywhere(some):
                self.query, self.found, self.is_any = some, _find(some), True
                return

    @cached_property
    def nearest(self) -> list[str]:
        """Words of the site that look or begin like those that were typed; where these found nothing."""
        known = spelling(self.query.language, get_index().version())
        typed = WORD.findall(self.words[:MOST_LETTERS])
        return list(dict.fromkeys(near for word in typed for near in known.nearest(word, MOST_NEAR)))[:MOST_NEAR]

    @cached_property
    def recommended(self) -> list[int]:
        """What staff chose comes first; with a filter or by date, everything is where it belongs."""
        if self.query.labels or self.query.order == DATE:
            return []
        keys = recommendations.keys_for(self.words, self.query.language)
        shown = set(public().filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
        return [key for key in keys if key in shown]

    @property
    def ranking(self) -> Ranking:
        return Ranking(self.query, self.spelling or self.words, timezone.now())

    @cached_property
    def first(self) -> list[int]:
        """The best ones, in the order in which they are shown."""
        keys = list(self.found.keys)
        if self.query.order == RELEVANCE:
            documents = get_index().stored(keys, passages=False)
            keys = self.ranking.ranked([key for key in keys if key in documents], documents)
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
            later = get_index().find(self.query, begin, start + size - more, counts=False).keys
            keys += [key for key in later if key not in self.recommended]
        return keys
