"""A page costs the same for 2 items and for 200: the number of queries, counted on a warm page and explained.

Warm: not the first time that somebody asks. Name, menu, footer, locales, the site, the front pages of the sections,
the parts that are not open to all, the street, the places of events, how long lists are and the numbers in the filters
come from the cache then. What every page asks: the content generation, the pages on the way down (one for all of them,
so none for the home page), the page itself, and its translations.
"""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from home.models import SiteImage
from tests import factories

pytestmark = pytest.mark.django_db

COSTS = {
    # Generation, page, translations, and what each teaser lists; in English what isn't translated as well.
    "/": 9,
    "/en/": 11,
    # Generation, way, page, translations, rows, their pictures.
    "/aktualnosci/": 6,
    "/aktualnosci/?page=4000&kind=report": 6,
    "/en/news/": 6,
    "/wydarzenia/": 6,  # no pictures, but which event is over next
    "/wydarzenia/?when=archive": 6,
    "/katalog/": 5,  # one for all chapters; their reading time asks for nothing
    "/en/catalogue/": 7,  # and the Polish front page with its chapters: for the numbers, and what isn't translated
    "/koalicja/": 6,
    "/en/coalition/": 6,
    "/sitemap.xml": 1,
    "/aktualnosci/rss/": 5,
    "/aktualnosci/atom/": 5,
    "/wydarzenia.ics": 6,
    "/szukaj/?q=Przykład": 9,  # generation, language, restrictions, number, hits, one for each of four types
}
ITEMS = {
    "/aktualnosci/przyklad/": 12,
    "/wydarzenia/przyklad/": 7,
    "/katalog/przyklad/": 7,
    "/koalicja/przyklad/": 6,
}
PICTURE = {"lead_image_alt": factories.ALT}
SECTIONS = ("news", "events", "catalog", "coalition")
every_item = pytest.mark.parametrize(("address", "most"), ITEMS.items())
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


def queries(client, address: str) -> list[str]:
    """What a warm page asks."""
    for _warming in range(2):
        assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return [query["sql"] for query in asked.captured_queries]


class Costs:
    """What a list and an item in it cost, however many there are."""

    @every_listing
    def test_a_list_costs(self, client, address, number):
        asked = queries(client, address)
        assert len(asked) == number, "\n".join(asked)

    def test_a_part_of_the_sitemap_costs_three(self, client):
        part = client.get("/sitemap.xml").content.decode().partition("<loc>")[2].partition("</loc>")[0]
        asked = queries(client, part)  # generation, home pages, all pages with their translations
        assert len(asked) == 3, "\n".join(asked)

    @every_item
    def test_an_item_among_them_costs_no_more_than(self, client, address, most):
        asked = queries(client, address)
        assert len(asked) <= most, "\n".join(asked)


class TestTwoItems(Costs):
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def items(cls, tree):
        create_missing(2)


class TestTwoHundredItems(Costs):
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def items(cls, tree):
        create_missing(200)


def body(count: int, pages: Sequence[Page], fill: Callable[[], Any]) -> list[tuple[str, Any]]:
    """Blocks of every kind that refers to something, `count` of each, led in by words that link."""
    made = []
    for page in pages[:count]:
        picture, file = fill(), factories.document()
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


@pytest.mark.parametrize("count", [1, 12])
class TestBodies:
    """Whatever a body refers to costs three or four queries: pages, pictures with their sizes, files."""

    @pytest.fixture
    def referred(self, db):
        return [factories.standard_page() for _number in range(12)]

    @pytest.fixture
    def sized(self):
        """Pictures whose sizes were made before, as those of a page that went live."""
        return factories.image

    @pytest.mark.parametrize(
        ("make", "bare"),
        [(factories.news, 8), (factories.event, 4), (factories.chapter, 6), (factories.member, 4)],
    )
    def test_a_body_costs_four_more_than_none(self, client, count, make, bare, referred, sized):
        page = make(title="Z blokami", slug="z-blokami", body=body(count, referred, sized))
        asked = queries(client, page.url)
        assert len(asked) == bare + 4, "\n".join(asked)

    def test_in_another_language_one_more_for_the_translations(self, client, count, referred, sized):
        for page in referred[:6]:
            factories.translated(page, slug=f"translated-{page.pk}")
        page = factories.news(language="en", slug="with-blocks", body=body(count, referred, sized))
        asked = queries(client, page.url)
        assert len(asked) == 8 + 4 + 1, "\n".join(asked)

    def test_the_reading_time_of_the_chapters_costs_nothing(self, client, count, referred, sized):
        factories.chapter(title="Z blokami", body=body(count, referred, sized))
        asked = queries(client, "/katalog/")
        assert len(asked) == COSTS["/katalog/"], "\n".join(asked)

    def test_links_on_the_home_page_cost_one(self, client, count, referred):
        links = [{"label": "Pytanie", "page": page, "address": ""} for page in referred[: min(count, 6)]]
        words = [("text", f'<p><a linktype="page" id="{page.pk}">dalej</a></p>') for page in referred[:count]]
        home = factories.home()
        factories.publish(home)
        without = queries(client, "/")
        home.body = [("bells", {"heading": "Dzwonki", "intro": "", "items": links}), *words]
        factories.publish(home)
        asked = queries(client, "/")
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
