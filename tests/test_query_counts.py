"""What a page costs, however many items there are: the number of queries, counted for 200 and explained.

Warm is a page that somebody has read since the last change: name, menu, footer, locales, the site, the front pages of
the sections and all that they list, the parts that are not open to all, the street, how long lists are and the numbers
in the filters come from the cache then. What every page asks: the content generation; what isn't the front of a
section, itself and its translations.
"""

from collections.abc import Sequence
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from home.models import SiteImage
from tests import factories

pytestmark = pytest.mark.django_db

COSTS = {
    # Of a first reader and of all later ones. Later, it is known what the home page and lists say: the content
    # generation is all that is asked. The first pays for menu, footer, filters, lengths and rows, however many; and
    # whether any fact grows old today, as pages change then.
    "/": (32, 1),
    "/en/": (34, 1),  # what isn't translated
    "/aktualnosci/": (28, 1),
    "/en/news/": (30, 1),
    "/wydarzenia/": (28, 1),
    "/wydarzenia/?when=archive": (28, 1),
    "/katalog/": (32, 1),  # one for all chapters, the newest changes, and what stands beside (one for each kind)
    "/en/catalogue/": (
        35,
        1,
    ),  # and the Polish front page with its chapters: for the numbers, and what isn't translated
    "/koalicja/": (26, 1),
    "/en/coalition/": (27, 1),
    "/sitemap.xml": (4, 1),
    "/aktualnosci/rss/": (23, 5),
    "/aktualnosci/atom/": (23, 5),
    "/wydarzenia.ics": (19, 6),
}
# Of a text that nobody has asked for lately; else three.
ITEMS = {
    "/aktualnosci/przyklad/": 6,  # generation, page, translations, picture, topics, files
    "/wydarzenia/przyklad/": 4,
    "/katalog/przyklad/": 5,  # generation, page, translations, chapters, what changed
    "/koalicja/przyklad/": 3,
}
PICTURE = {"lead_image_alt": factories.ALT}
SECTIONS = ("news", "events", "catalog", "coalition")
every_item = pytest.mark.parametrize(("address", "number"), ITEMS.items())
every_listing = pytest.mark.parametrize(("address", "number"), COSTS.items())


def create_missing(count: int) -> None:
    """So many items in every section, in both languages, with all that a row can show."""
    item = factories.news(
        title="Przykład",
        slug="przyklad",
        regions=["krakow", "online"],
        lead_image=factories.image(),
        date=factories.day(-1),
        **PICTURE,
    )
    item.tags.add("sąsiedzi")
    factories.publish(item)
    english = factories.translated(item, slug="example", title="Example")
    factories.copies(english, count - 1, translating=factories.copies(item, count - 1))
    house = factories.venue()
    for start in (factories.moment(7), factories.moment(-7)):
        event = factories.event(
            title="Przykład",
            slug="przyklad" if start > timezone.now() else "dawny-przyklad",
            start=start,
            step_free="yes",
            venue=house,
            lead_image=item.lead_image,
            **PICTURE,
        )
        factories.copies(event, count - 1)
    for page in (
        factories.chapter(title="Przykład", slug="przyklad"),
        factories.member(title="Przykład", slug="przyklad", districts=["krakow-1", "krakow-2"], fields=["sport"]),
    ):
        english = factories.translated(page, slug="example")
        factories.copies(english, count - 1, translating=factories.copies(page, count - 1))
    for language in ("pl", "en"):
        home = factories.home(language)
        home.body = [("listing", {"section": key, "heading": "", "count": 4}) for key in SECTIONS]
        factories.publish(home)


def look_at(*addresses: str) -> None:
    """Makes the sizes of the pictures there, and lets the process learn what it asks once."""
    ContentType.objects.get_for_models(*apps.get_models())
    for address in addresses:
        assert Client().get(address).status_code == 200


@pytest.fixture
def no_text_is_remembered(settings) -> None:
    settings.CACHES = {**settings.CACHES, "texts": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


def queries(client, address: str) -> list[str]:
    """What a warm page asks."""
    return first_and_later_queries(client, address)[1]


def first_and_later_queries(client, address: str) -> tuple[list[str], list[str]]:
    """What a page asks when nothing is remembered yet, and when all is."""
    cache.clear()
    answers = []
    for _reader in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        answers.append([query["sql"] for query in asked.captured_queries])
    return answers[0], answers[1]


class TestTwoHundredItems:
    """What a list and an item in it cost: as much as a few of them, as no row asks for anything."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def items(cls, tree):
        create_missing(200)
        look_at("/", "/aktualnosci/", "/aktualnosci/rss/", "/wydarzenia/", *ITEMS)

    @every_listing
    def test_a_list_costs(self, client, address, number):
        asked = first_and_later_queries(client, address)
        assert tuple(map(len, asked)) == number, "\n\n".join("\n".join(one) for one in asked)

    def test_a_part_of_the_sitemap_costs_three(self, client):
        part = client.get("/sitemap.xml").content.decode().partition("<loc>")[2].partition("</loc>")[0]
        asked = queries(client, part)  # generation, home pages, all pages with their translations
        assert len(asked) == 3, "\n".join(asked)

    @every_item
    @pytest.mark.usefixtures("no_text_is_remembered")
    def test_an_item_among_them_costs(self, client, address, number):
        asked = queries(client, address)
        assert len(asked) == number, "\n".join(asked)

    @pytest.mark.parametrize("address", ITEMS)
    def test_a_text_that_was_asked_for_costs_three(self, client, address):
        asked = queries(client, address)  # generation, page, translations
        assert len(asked) == 3, "\n".join(asked)

    def test_a_page_far_down_costs_its_rows_and_their_pictures(self, client):
        asked = queries(client, "/aktualnosci/?page=4000&kind=report")
        assert len(asked) == 3, "\n".join(asked)


def body(pages: Sequence[Page]) -> list[tuple[str, Any]]:
    """Blocks of every kind that refers to something, one of each for each page, led in by words that link."""
    made = []
    for page in pages:
        picture, file = factories.image(), factories.document()
        figure = {"image": {"image": picture, "decorative": False, "alt_text": factories.ALT}, "caption": ""}
        link = f'<a linktype="page" id="{page.pk}">dalej</a> <a linktype="document" id="{file.pk}">plik</a>'
        made += [
            ("text", f"<p>{link}</p>"),
            ("callout", {"tone": "tip", "title": "Rada", "text": f"<p>{link}</p>"}),
            ("button", {"label": "Dalej", "page": page, "address": ""}),
            ("cards", [{"title": "Karta", "text": "", "page": page, "address": ""}]),
            ("image", figure),
            ("gallery", [figure]),
            ("video", {"url": "https://vimeo.com/1", "title": "Film", "length": "", "transcript": page}),
            ("documents", [file]),
        ]
    return made


@pytest.mark.usefixtures("no_text_is_remembered")
class TestBodies:
    """Whatever a body refers to costs three or four queries: pages, pictures with their sizes, files.

    Twelve of each, as a query for each of them would show.
    """

    @pytest.fixture(scope="class")
    @classmethod
    def referred(cls, tree):
        return [factories.standard_page() for _number in range(12)]

    @pytest.fixture(scope="class")
    @classmethod
    def blocks(cls, referred):
        """With pictures whose sizes were made before, as those of a page that went live."""
        made = body(referred)
        page = factories.news(body=made)
        look_at(page.url)
        factories.remove(page)
        return made

    @pytest.mark.parametrize(
        ("make", "bare"),
        [(factories.news, 5), (factories.event, 3), (factories.chapter, 5), (factories.member, 3)],
    )
    def test_a_body_costs_four_more_than_none(self, client, make, bare, blocks):
        page = make(title="Z blokami", slug="z-blokami", body=blocks)
        asked = queries(client, page.url)
        assert len(asked) == bare + 4, "\n".join(asked)

    def test_in_another_language_one_more_for_the_translations(self, client, referred, blocks):
        for page in referred[:6]:
            factories.translated(page, slug=f"translated-{page.pk}")
        page = factories.news(language="en", slug="with-blocks", body=blocks)
        asked = queries(client, page.url)
        assert len(asked) == 5 + 4 + 1, "\n".join(asked)

    def test_the_reading_time_of_the_chapters_costs_nothing(self, client, blocks):
        factories.chapter(title="Z blokami", body=blocks)
        first, _later = first_and_later_queries(client, "/katalog/")
        assert len(first) == COSTS["/katalog/"][0], "\n".join(first)

    def test_links_on_the_home_page_cost_one(self, client, referred):
        links = [{"label": "Pytanie", "page": page, "address": ""} for page in referred[:6]]
        words = [("text", f'<p><a linktype="page" id="{page.pk}">dalej</a></p>') for page in referred]
        home = factories.home()
        factories.publish(home)
        without, _later = first_and_later_queries(client, "/")
        home.body = [("bells", {"heading": "Dzwonki", "intro": "", "items": links}), *words]
        factories.publish(home)
        asked, _later = first_and_later_queries(client, "/")
        assert len(asked) == len(without) + 1, "\n".join(asked)


def test_one_picture_twice_has_each_time_its_own_description(client):
    """Found together, and yet not the same: the size of a picture asks the picture for its description."""
    picture = factories.image()
    words = ["Mural na podwórku.", "Ten sam mural z bliska."]
    pictures = [SiteImage.objects.get(pk=picture.pk) for _word in words]
    figures = [
        ("image", {"image": {"image": one, "decorative": False, "alt_text": alt}})
        for one, alt in zip(pictures, words, strict=True)
    ]
    page = factories.news(body=figures)
    content = client.get(page.url).content.decode()
    assert [alt for alt in words if f'alt="{alt}"' in content] == words
