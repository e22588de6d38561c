"""What screens call: a search with all that its results page shows, suggestions, and why a page is found."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.paginator import Page as ResultsPage
from django.core.paginator import Paginator
from django.utils import timezone
from wagtail.models import Page

from search import filtering, passages, recommendations
from search.documents import Document
from search.index import DATE, RELEVANCE, Found, Query, get_index
from search.querying import query_for
from search.ranking import ranked
from search.results import Hit, Results

ON_A_PAGE = 10
RANKED = 100
"""So many of the best hits are put into our own order; whoever reads on gets the index's."""
MOST_PAGES = 100
"""Of results that are shown; nobody reads on, but robots do."""
MOST_ELSEWHERE = 3
"""Hits in other languages that are offered."""


def search(
    words: str,
    language: str,
    *,
    filters: Mapping[str, str] | None = None,
    order: str = RELEVANCE,
    number: str | int | None = None,
    size: int = ON_A_PAGE,
) -> Results:
    """Public pages in `language` for `words`: any string.

    `filters`: name of a taxonomy (search.labels) → value; other names and values are passed over. `number`: of the
    page of results, the nearest one for what is none; `size`: hits on it.
    """
    order = DATE if order == DATE else RELEVANCE
    chosen = filtering.chosen(filters or {})
    labels = frozenset(f"{name}:{value}" for name, value in chosen.items())
    query = query_for(words, language, labels, order)
    if query is None:
        return Results(words, _page(0, number, size), order=order)
    asked = _Asked(words, query)
    pages = _page(asked.count, number, size)
    keys = asked.keys(pages.start_index() - 1 if asked.count else 0, size)
    hits, elsewhere = _shown(asked, keys, _elsewhere(words, language) if pages.number == 1 else [])
    pages.object_list = hits
    return Results(
        words=words,
        hits=pages,
        filters=filtering.filters(words, query, chosen, order, asked.found.labels),
        order=order,
        spelling=asked.spelling,
        is_any=asked.is_any,
        is_cut=asked.found.is_cut,
        elsewhere=elsewhere,
        nearest=[],
    )


class _Asked:
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
        public = set(_public().filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
        return [key for key in keys if key in public]

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


class _Paginator(Paginator):
    @cached_property
    def num_pages(self) -> int:
        return min(super().num_pages, MOST_PAGES)


def _page(count: int, number: str | int | None, size: int) -> ResultsPage:
    return _Paginator(range(count), size).get_page(number)


def _elsewhere(words: str, language: str) -> list[tuple[Query, int]]:
    """The best hits in other languages."""
    found: list[tuple[Query, int]] = []
    for other, _name in settings.LANGUAGES:
        query = query_for(words, other) if other != language else None
        if query:
            found += [(query, key) for key in _Asked(words, query).first[:MOST_ELSEWHERE]]
    return found[:MOST_ELSEWHERE]


def _shown(asked: _Asked, keys: Sequence[int], elsewhere: list[tuple[Query, int]]) -> tuple[list[Hit], list[Hit]]:
    """Both kinds of hits: what isn't public any more, whatever the index knows, is left out."""
    every = [*keys, *(key for _query, key in elsewhere)]
    pages = public_pages(every)
    documents = get_index().stored(list(pages))
    marked = set(asked.recommended)

    def hit(key: int, query: Query) -> Hit:
        page = pages[key]
        document = documents.get(key) or Document(key, query.language, page.title)
        passage, source = passages.passage(query, document)
        return Hit(page, passages.title(query, document), passage, source, key in marked)

    return (
        [hit(key, asked.query) for key in keys if key in pages],
        [hit(key, query) for query, key in elsewhere if key in pages],
    )


def public_pages(keys: Sequence[int]) -> dict[int, Page]:
    """Those of these pages that visitors may read, as their own types; a query for each type."""
    pages = _public().filter(pk__in=keys).specific().defer_streamfields()
    return {page.pk: page for page in pages} if keys else {}


def _public() -> Any:
    return Page.objects.live().public()
