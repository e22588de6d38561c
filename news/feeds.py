"""RSS and Atom of the news, one of each per language."""

import datetime

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Enclosure
from django.utils.html import escape

from home import seo, site_context, text
from home.feeds import AtomFeed, RssFeed

FEED_LENGTH = 30
IMAGE_FILTER = "width-1200|format-jpeg"


class RssNewsFeed(Feed):
    """The newest news of one index page."""

    feed_type = RssFeed

    def __init__(self, index_page):
        self.page = index_page
        self.site = site_context.for_language(index_page.language)
        self.language = index_page.language

    def title(self) -> str:
        return f"{self.page.title} – {self.site['name']}"

    def description(self) -> str:
        return self.page.lead or self.page.search_description or self.site["tagline"]

    def link(self) -> str:
        return self.page.full_url

    def feed_url(self) -> str:
        return f"{self.page.full_url}{self.feed_name}/"

    feed_name = "rss"

    def items(self):
        return self.page.get_items(limit=FEED_LENGTH)

    def item_title(self, item) -> str:
        return item.title

    def item_description(self, item) -> str:
        return escape(text.shorten(item.lead, 400))  # RSS and Atom of Django say that it is HTML

    def item_link(self, item) -> str:
        return item.full_url

    def item_guid(self, item) -> str:
        return f"urn:uuid:{item.translation_key}:{self.language}"

    item_guid_is_permalink = False

    def item_pubdate(self, item) -> datetime.datetime:
        # A news item carries a day; at noon it is that day in every time zone of its readers.
        return timezone.make_aware(datetime.datetime.combine(item.date, datetime.time(12)))

    def item_updateddate(self, item) -> datetime.datetime:
        return max(item.last_published_at or self.item_pubdate(item), self.item_pubdate(item))

    def item_categories(self, item) -> list[str]:
        return [item.kind_label, *item.region_labels]

    def item_enclosures(self, item) -> list[Enclosure]:
        rendition = item.lead_image and item.lead_image.get_usable_rendition(IMAGE_FILTER)
        if not rendition:
            return []
        try:
            size = rendition.file.size
        except OSError:  # the file is lost: the news is not
            return []
        return [Enclosure(seo.absolute(rendition.url), str(size), "image/jpeg")]


class AtomNewsFeed(RssNewsFeed):
    feed_type = AtomFeed
    feed_name = "atom"
    subtitle = RssNewsFeed.description
