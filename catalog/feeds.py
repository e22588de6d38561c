"""RSS and Atom of what changes in the handbook, one of each per language."""

import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.utils.html import escape
from django.utils.text import capfirst

from home import site_context, text
from home.feeds import AtomFeed, RssFeed

FEED_LENGTH = 30


class RssChangesFeed(Feed):
    """The newest changes, those of one page of changes."""

    feed_type = RssFeed
    feed_name = "rss"
    item_guid_is_permalink = False

    def __init__(self, page: Any) -> None:
        self.page = page
        self.site = site_context.for_language(page.language)
        self.language = page.language

    def title(self) -> str:
        return f"{self.page.title} – {self.site['name']}"

    def description(self) -> str:
        return self.page.lead or self.site["tagline"]

    def link(self) -> str:
        return self.page.full_url

    def feed_url(self) -> str:
        return f"{self.page.full_url}{self.feed_name}/"

    def items(self) -> Any:
        return self.page.changes[:FEED_LENGTH]

    def item_title(self, item: Any) -> str:
        return f"{item.page.title} ({item.kind_label})" if item.is_named else item.page.title

    def item_description(self, item: Any) -> str:
        # RSS and Atom of Django say that it is HTML.
        return escape(item.sentence or text.shorten(item.page.lead, 400) or capfirst(item.kind_label))

    def item_link(self, item: Any) -> str:
        return item.page.full_url

    def item_guid(self, item: Any) -> str:
        return f"urn:uuid:{item.page.translation_key}:{self.language}:{item.pk}"

    def item_pubdate(self, item: Any) -> datetime.datetime:
        return item.at

    item_updateddate = item_pubdate


class AtomChangesFeed(RssChangesFeed):
    feed_type = AtomFeed
    feed_name = "atom"
    subtitle = RssChangesFeed.description
