"""Many generated news, to measure with: generated words in the structure of real ones."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from taggit.models import Tag
from wagtail.models import Locale

from home.cache import raise_generation
from home.demo.bulk import add_children, add_versions
from home.models import SiteImage
from home.places import REGIONS
from news.models import NewsIndexPage, NewsKind, NewsPage, NewsPageTag

PARAGRAPH = "<p>Ten wpis powstał automatycznie, żeby zmierzyć szybkość serwisu. Numer {}.</p>" * 6
AT_A_TIME = 1000
DAYS = 20 * 365  # over which they are spread, however many


def add_news(count: int, say: Callable[[str], None]) -> None:
    """Fill the index of the default language up to `count` generated items, with topics and pictures of the demo."""
    index = NewsIndexPage.objects.get(locale=Locale.get_default())
    there = NewsPage.objects.child_of(index).filter(slug__startswith="pomiar-").count()
    topics = list(Tag.objects.order_by("pk").values_list("pk", flat=True))
    pictures = list(SiteImage.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(there + 1, count + 1, AT_A_TIME):
        numbers = range(start, min(start + AT_A_TIME, count + 1))
        pages: list[Any] = [_page(number, pictures) for number in numbers]
        add_children(index, pages)
        for page, number in zip(pages, numbers, strict=True):
            page.attachment_items = []
            page.tagged_items = [NewsPageTag(tag_id=topics[number % len(topics)])] if topics else []
        NewsPageTag.objects.bulk_create(tag for page in pages for tag in page.tagged_items.all())
        add_versions(pages, "load_demo")
        say(f"Generated news: {numbers[-1]} of {count}")
    raise_generation()


def _page(number: int, pictures: list[int]) -> NewsPage:
    now = timezone.now()
    return NewsPage(
        title=f"Wpis pomiarowy numer {number}",
        slug=f"pomiar-{number}",
        lead="Wpis, który istnieje tylko po to, żeby coś zmierzyć.",
        kind=NewsKind.values[number % len(NewsKind.values)],
        regions=[REGIONS[number % len(REGIONS)][0]],
        date=timezone.localdate() - timedelta(days=100 + number * 7919 % DAYS),
        body=[("text", PARAGRAPH.format(*[number] * 6))],
        lead_image_id=pictures[number % len(pictures)] if pictures else None,
        first_published_at=now,
        last_published_at=now,
    )
