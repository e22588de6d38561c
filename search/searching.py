"""What screens call: a search with all that its results page shows, suggestions, and why a page is found."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from django.conf import settings
from django.core.paginator import Page as ResultsPage
from django.core.paginator import Paginator

from search import filtering, passages
from search.asking import Asked
from search.documents import Document
from search.explaining import explain
from search.index import DATE, RELEVANCE, Query, get_index
from search.public import public_pages, there_in_too
from search.querying import query_for
from search.results import Hit, Results
from search.suggesting import suggest

__all__ = ["explain", "search", "suggest"]

ON_A_PAGE = 10
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

    `filters`: name of a taxonomy (search.labels) → value, or "language" → another one than the reader's; other names
    and values are passed over. `number`: of the page of results, the nearest one for what is none; `size`: hits on it.
    """
    order = DATE if order == DATE else RELEVANCE
    chosen = filtering.chosen(filters or {})
    labels = frozenset(f"{name}:{value}" for name, value in chosen.items())
    searched = filtering.language_in(filters or {}, language)
    query = query_for(words, searched, labels, order)
    if query is None:
        return Results(words, _page(0, number, size), order=order)
    asked = Asked(words, query)
    pages = _page(asked.count, number, size)
    keys = asked.keys(pages.start_index() - 1 if asked.count else 0, size)
    others = _in_other_languages(words, query) if searched == language else []  # who chose one is offered no third
    counts = {other.language: get_index().count(other) for other in others}
    offered = [other for other in others if counts[other.language] and pages.number == 1]
    hits, elsewhere = _shown(asked, keys, _elsewhere(offered))
    pages.object_list = hits
    return Results(
        words=words,
        hits=pages,
        filters=filtering.Filtering(words, asked.query, chosen, language).filters(
            asked.found.labels, counts | {searched: asked.count}
        ),
        order=order,
        spelling=asked.spelling,
        is_any=asked.is_any,
        is_cut=asked.found.is_cut,
        elsewhere=elsewhere,
        nearest=asked.nearest if not asked.count else [],
    )


class _Paginator(Paginator):
    @cached_property
    def num_pages(self) -> int:
        return min(super().num_pages, MOST_PAGES)


def _page(count: int, number: str | int | None, size: int) -> ResultsPage:
    return _Paginator(range(count), size).get_page(number)


def _in_other_languages(words: str, query: Query) -> list[Query]:
    """The same words with the same filters."""
    codes = [code for code, _name in settings.LANGUAGES if code != query.language]
    return [other for code in codes if (other := query_for(words, code, query.labels))]


def _elsewhere(offered: Sequence[Query]) -> list[tuple[Query, int]]:
    """The best hits of each; more than are shown, as what exists in the reader's language mostly isn't."""
    most, index = 2 * MOST_ELSEWHERE, get_index()
    return [(query, key) for query in offered for key in index.find(query, 0, most, counts=False).keys]


def _shown(asked: Asked, keys: Sequence[int], elsewhere: list[tuple[Query, int]]) -> tuple[list[Hit], list[Hit]]:
    """Both kinds of hits: what isn't public any more, whatever the index knows, is left out."""
    every = [*keys, *(key for _query, key in elsewhere)]
    pages = public_pages(every)
    # Whoever typed words of the other language wants its pages, whatever there is in this one.
    is_answered = bool(keys) and not (asked.is_any or asked.spelling)
    others = [pages[key] for _query, key in elsewhere if key in pages]
    translated = there_in_too(others, asked.query.language) if is_answered else set()
    elsewhere = [(query, key) for query, key in elsewhere if key not in translated][:MOST_ELSEWHERE]
    documents = get_index().stored([key for key in pages if key not in translated])
    marked = set(asked.recommended)

    def hit(key: int, query: Query) -> Hit:
        page = pages[key]
        document = documents.get(key) or Document(key, query.language, page.title)
        passage, source = passages.passage(query, document, passages.MOST_READ // len(every))
        return Hit(page, passages.title(query, document), passage, source, key in marked)

    return (
        [hit(key, asked.query) for key in keys if key in pages],
        [hit(key, query) for query, key in elsewhere if key in pages],
    )
