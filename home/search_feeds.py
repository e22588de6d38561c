"""What is new of what somebody looks for, as RSS and Atom: the results with their filters, newest first."""

from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import SyndicationFeed
from django.utils.html import escape
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from home import search_page, seo, site_context
from home.feeds import AtomFeed, RssFeed
from search.index import DATE
from search.querying import MOST_LETTERS
from search.results import Hit
from search.searching import search

FEED_LENGTH = 20
FEED_LASTS = 900  # seconds


@method_decorator([require_safe, cache_control(public=True, max_age=FEED_LASTS)], name="__call__")
class RssSearchFeed(Feed):
    """The newest results of one query."""

    feed_type: type[SyndicationFeed] = RssFeed

    def get_object(self, request: HttpRequest) -> dict[str, Any]:
        words = search_page.words_of(request)[:MOST_LETTERS]
        site = site_context.for_language(get_language())
        if not words:
            return {"words": "", "hits": [], "address": "", "site": site}
        found = search(words, get_language(), filters=request.GET.dict(), order=DATE, number=None, size=FEED_LENGTH)
        search_page.place(hit.page for hit in found.hits)
        address = search_page.ResultsLinks(found).address(order=None)
        return {"words": words, "hits": list(found.hits), "address": address, "site": site}

    def title(self, asked: dict[str, Any]) -> str:
        return gettext("Search results: %(query)s") % {"query": asked["words"]} + f" – {asked['site']['name']}"

    def description(self, asked: dict[str, Any]) -> str:
        return asked["site"]["tagline"]

    def link(self, asked: dict[str, Any]) -> str:
        return seo.absolute(reverse("search") + asked["address"] + (f"&order={DATE}" if asked["address"] else ""))

    def feed_url(self, asked: dict[str, Any]) -> str:
        return seo.absolute(reverse(self.address_name) + asked["address"])

    address_name = "search_rss"

    def items(self, asked: dict[str, Any]) -> list[Hit]:
        return asked["hits"]

    def item_title(self, item: Hit) -> str:
        return item.page.title

    def item_description(self, item: Hit) -> str:
        return escape("".join(piece.text for piece in item.passage))  # RSS and Atom of Django say that it is HTML

    def item_link(self, item: Hit) -> str:
        return item.page.full_url

    def item_guid(self, item: Hit) -> str:
        return f"urn:uuid:{item.page.translation_key}:{item.page.language}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Hit) -> Any:
        return item.page.first_published_at

    def item_updateddate(self, item: Hit) -> Any:
        return item.page.last_published_at

    def item_categories(self, item: Hit) -> list[str]:
        return [label for label in (item.page.section_label,) if label]


class AtomSearchFeed(RssSearchFeed):
    feed_type = AtomFeed
    address_name = "search_atom"
    subtitle = RssSearchFeed.description
