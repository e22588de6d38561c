"""What visitors see of the search: the results, and what is suggested while they type."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from home import locales
from home.listing import PageLink, Selected, page_links
from home.models import ItemPage
from search import statistics
from search.filtering import LANGUAGE
from search.index import DATE, RELEVANCE
from search.querying import MOST_LETTERS
from search.results import Choice, Results
from search.searching import search, suggest

MOST_SUGGESTIONS = 8
SUGGESTIONS_LAST = 60  # seconds


class ResultsLinks:
    """Where the links on a page of `Results` lead."""

    def __init__(self, results: Results) -> None:
        self.results = results
        self.chosen = {
            one.name: (choice.value, choice.label, choice.query)
            for one in results.filters
            for choice in one.choices
            if choice.is_chosen
        }

    def address(self, **changes: Any) -> str:
        """The address of these results with `changes` to its parameters; None takes one off."""
        values = {name: value for name, (value, _label, _query) in self.chosen.items()}
        order = None if self.results.order == RELEVANCE else self.results.order
        asked = {"q": self.results.words, **values, "order": order, **changes}
        return "?" + urlencode({name: value for name, value in asked.items() if value is not None})

    @property
    def selected(self) -> list[Selected]:
        return [Selected(label, f"?{query}") for _value, label, query in self.chosen.values()]

    @property
    def clear_url(self) -> str:
        return self.address(**dict.fromkeys(self.chosen))

    @property
    def orders(self) -> dict[str, str]:
        """The address of each order."""
        return {RELEVANCE: self.address(order=None), DATE: self.address(order=DATE)}

    @property
    def feeds(self) -> list[dict[str, str]]:
        """Name, type and address of the feeds of these results."""
        query, words = self.address(order=None), self.results.words
        return [
            {"title": f"{name}: {words}", "type": f"application/{kind}+xml", "url": reverse(f"search_{kind}") + query}
            for name, kind in (("RSS", "rss"), ("Atom", "atom"))
        ]

    @cached_property
    def page_links(self) -> list[PageLink]:
        return page_links(self.results.hits, self)

    @property
    def most_shown(self) -> int:
        """How many results can be read, page by page, where that isn't all of them; else 0."""
        pages = self.results.hits.paginator
        shown = pages.num_pages * pages.per_page
        return shown if shown < pages.count else 0

    @property
    def other_languages(self) -> list[Choice]:
        """Which lead to all results in each."""
        return [one for filter in self.results.filters if filter.name == LANGUAGE for one in filter.choices]

    @property
    def nearest(self) -> list[tuple[str, str]]:
        """Words that are offered, with their addresses: in the language that is searched, without other filters."""
        others = dict.fromkeys(self.chosen.keys() - {LANGUAGE})
        return [(word, self.address(q=word, **others)) for word in self.results.nearest]

    @property
    def spelling(self) -> list[tuple[str, bool]]:
        """The words that were looked for instead, each with whether it was typed otherwise."""
        typed = set(self.results.words.lower().split())
        return [(word, word.lower() not in typed) for word in self.results.spelling.split()]

    @property
    def spelling_url(self) -> str:
        return self.address(q=self.results.spelling)


def words_of(request: HttpRequest) -> str:
    """What somebody looks for, cleaned (site_config.middleware)."""
    return request.GET.get("q", "").strip()


def place(pages: Iterable[Any]) -> None:
    """Say to `pages` what is above each of them, by one query for all."""
    pages = list(pages)
    step = Page.steplen
    paths = {page.path[:end] for page in pages for end in range(2 * step, len(page.path), step)}
    above = {page.path: page for page in Page.objects.filter(path__in=paths).specific(defer=True)} if paths else {}
    for page in pages:
        way = [above[path] for end in range(2 * step, len(page.path), step) if (path := page.path[:end]) in above]
        page.breadcrumbs = [one for one in way if one.live]
        if isinstance(page, ItemPage) and way:
            page.index_page = way[-1]


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Pages of the current language for the words asked for; without words, what one may ask for."""
    asked = words_of(request)
    context: dict[str, Any] = {"query": asked[:MOST_LETTERS], "limit": MOST_LETTERS}
    if asked:
        found = search(
            asked[:MOST_LETTERS],
            get_language(),
            filters=request.GET.dict(),
            order=DATE if request.GET.get("order") == DATE else RELEVANCE,
            number=request.GET.get("page"),
        )
        place(hit.page for hit in (*found.hits, *found.elsewhere))
        links = ResultsLinks(found)
        if found.hits.number == 1 and not links.chosen and not found.is_cut:
            has_all = not (found.spelling or found.is_any)
            count = found.hits.paginator.count if has_all else 0
            statistics.note(found.words, get_language(), count, request.headers.get("User-Agent", ""))
        context |= {"results": found, "links": links, "is_shortened": len(asked) > MOST_LETTERS}
    return render(request, "search/results.html", context)


@require_safe
@cache_control(public=True, max_age=SUGGESTIONS_LAST)
def suggestions(request: HttpRequest) -> JsonResponse:
    """Titles for what somebody has begun to type, and how many they are in words."""
    beginning = words_of(request)[:MOST_LETTERS]
    found = suggest(beginning, get_language(), MOST_SUGGESTIONS)
    said = ngettext("%(number)s suggestion", "%(number)s suggestions", len(found)) % {"number": len(found)}
    lines = [{"text": one.text, "url": one.url, "lang": one.lang, "note": locales.note(one.lang)} for one in found]
    return JsonResponse({"suggestions": lines, "status": said if found else ""})
