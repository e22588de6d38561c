"""A page costs the same for 2 items and for 200: the number of queries, counted on a warm page and explained.

Warm: not the first time that somebody asks. Name, menu, footer, locales and the street come from the cache then.
What every page asks: which site is meant, which language the address is in, root, home and page on the way down
(one each, so one less for the home page), the page's restrictions (two), its ancestors and its translations.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db

COSTS = {
    # Address and page 7 (one more in English), four sections, the members' districts, and what each teaser lists.
    "/": 22,
    "/en/": 24,
    # Address and page 8, facets 3, number of results, translations, ancestors, rows, their pictures.
    "/aktualnosci/": 15,
    "/en/news/": 16,
    "/wydarzenia/": 14,  # the facets are one query here; both tabs show a number
    "/wydarzenia/?when=archive": 14,
    "/katalog/": 15,
    "/en/catalogue/": 20,  # and the Polish chapters: for the numbers, and for what isn't translated
    "/koalicja/": 17,
    "/en/coalition/": 18,
    "/sitemap.xml": 22,  # one for each page type and language
    "/aktualnosci/rss/": 9,
    "/aktualnosci/atom/": 9,
    "/wydarzenia.ics": 5,
    "/szukaj/?q=Przykład": 8,  # language, restrictions, number, hits, and one for each of the four types found
}
ITEMS = {
    "/aktualnosci/przyklad/": 19,
    "/wydarzenia/przyklad/": 15,
    "/katalog/przyklad/": 15,
    "/koalicja/przyklad/": 11,
}
PICTURE = {"lead_image_alt": factories.ALT}
SECTIONS = ("news", "events", "catalog", "coalition")
every_item = pytest.mark.parametrize(("address", "most"), ITEMS.items())
every_listing = pytest.mark.parametrize(("address", "number"), COSTS.items())


def plant(count: int) -> None:
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
    for start in (factories.moment(7), factories.moment(-7)):
        event = factories.event(
            title="Przykład",
            slug="przyklad" if start > timezone.now() else "dawny-przyklad",
            start=start,
            step_free="yes",
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


class TestTwoItems:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def items(cls, tree):
        plant(2)

    @every_listing
    def test_two_items_cost(self, client, address, number):
        asked = queries(client, address)
        assert len(asked) == number, "\n".join(asked)

    @every_item
    def test_an_item_among_them_costs_no_more_than(self, client, address, most):
        asked = queries(client, address)
        assert len(asked) <= most, "\n".join(asked)


class TestTwoHundredItems:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def items(cls, tree):
        plant(200)

    @every_listing
    def test_two_hundred_items_cost_the_same(self, client, address, number):
        asked = queries(client, address)
        assert len(asked) == number, "\n".join(asked)

    @every_item
    def test_an_item_among_them_costs_no_more_than(self, client, address, most):
        asked = queries(client, address)
        assert len(asked) <= most, "\n".join(asked)
