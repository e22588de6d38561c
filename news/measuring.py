"""Many generated news, to measure with: generated words in the structure of real ones."""

from collections.abc import Callable
from datetime import timedelta
from itertools import cycle

from django.utils import timezone
from wagtail.models import Locale

from approval import publish_guard
from home.places import REGIONS
from news.models import NewsIndexPage, NewsKind, NewsPage

PARAGRAPH = "<p>Ten wpis powstał automatycznie, żeby zmierzyć szybkość serwisu. Numer {}.</p>" * 6
EVERY = 200  # items between two lines of progress


def add_news(count: int, say: Callable[[str], None]) -> None:
    """Fill the index of the default language up to `count` generated items."""
    index = NewsIndexPage.objects.get(locale=Locale.get_default())
    there = NewsPage.objects.child_of(index).filter(slug__startswith="pomiar-").count()
    kinds, regions = cycle(NewsKind.values), cycle(key for key, _name in REGIONS)
    for number in range(there + 1, count + 1):
        page = NewsPage(
            title=f"Wpis pomiarowy numer {number}",
            slug=f"pomiar-{number}",
            lead="Wpis, który istnieje tylko po to, żeby coś zmierzyć.",
            kind=next(kinds),
            regions=[next(regions)],
            date=timezone.localdate() - timedelta(days=100 + number % 1000),
            body=[("text", PARAGRAPH.format(*[number] * 6))],
            locale=index.locale,
            live=False,
        )
        with publish_guard.trusted_command("load_demo --pages"):
            index.add_child(instance=page)
            page.save_revision().publish()
        if number % EVERY == 0:
            say(f"Generated news: {number} of {count}")
