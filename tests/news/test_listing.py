"""The list of news: filters by link, odd addresses, pages."""

import datetime
import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from home import listing
from home.listing import PAGE_SIZE, paginate
from home.models import listing_page
from news.models import NewsPage
from tests import factories
from tests.reading import titles

pytestmark = pytest.mark.django_db
ADDRESS = "/aktualnosci/"
OFFSET = re.compile(r"OFFSET (\d+)")


class TestFilters:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def items(cls, tree):
        def add(title, day, **fields):
            tags = fields.pop("tags", [])
            page = factories.news(title=title, date=datetime.date.fromisoformat(day), **fields)
            page.tags.add(*tags)
            factories.publish(page)

        add("Gala", "2025-06-02", kind="gala", regions=["krakow", "wroclaw"], tags=["sojusznicy"])
        add("Szkolenie", "2025-05-02", kind="training", regions=["krakow-metro"], tags=["wolontariat"])
        add("Raport", "2024-11-02", kind="report", regions=["krakow"], tags=["wolontariat", "sojusznicy"])
        add("Nabór", "2024-10-02", kind="training", regions=[])
        factories.news(title="Szkic", kind="gala", live=False)

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", ["Gala", "Szkolenie", "Raport", "Nabór"]),
            ("kind=training", ["Szkolenie", "Nabór"]),
            ("region=krakow", ["Gala", "Raport"]),
            ("region=krakow-metro", ["Szkolenie"]),
            ("region=wroclaw", ["Gala"]),
            ("tag=wolontariat", ["Szkolenie", "Raport"]),
            ("year=2024", ["Raport", "Nabór"]),
            ("kind=training&year=2025", ["Szkolenie"]),
            ("region=krakow&tag=sojusznicy&year=2024&kind=report", ["Raport"]),
            ("kind=gala&year=2024", []),
        ],
    )
    def test_each_filter_narrows_the_list(self, client, query, expected):
        assert titles(client.get(f"{ADDRESS}?{query}")) == expected

    @pytest.mark.parametrize(
        "query",
        [
            "kind=no-such-kind",
            "region=krakow,wroclaw",
            "year=rok",
            "year=99999999999999999999",
            "year=2025'%20OR%201=1",
            "tag=%00",
            "tag=<script>",
            "kind=&region=&tag=&year=",
            "page=abc",
            "page=-1",
            "nonsense=1&kind[]=gala",
            "kind=%FF%FE",
        ],
    )
    def test_odd_values_are_ignored(self, client, query):
        assert len(titles(client.get(f"{ADDRESS}?{query}"))) == 4

    def test_of_two_values_for_one_question_the_first_counts(self, client):
        assert titles(client.get(f"{ADDRESS}?kind=gala&kind=report")) == ["Gala"]

    def test_the_form_offers_only_what_is_there_with_its_number(self, client):
        fields = client.get(ADDRESS).context["filters"].fields
        offered = {field.name: {option.value: option.count for option in field.options} for field in fields}
        assert offered["kind"] == {"training": 2, "report": 1, "gala": 1}
        assert offered["region"] == {"krakow": 2, "krakow-metro": 1, "wroclaw": 1}
        assert offered["tag"] == {"sojusznicy": 2, "wolontariat": 2}
        assert list(offered["year"]) == ["2025", "2024"]

    def test_each_chosen_filter_can_be_taken_off_by_link(self, client):
        filters = client.get(f"{ADDRESS}?kind=training&year=2025").context["filters"]
        assert [(one.label, one.remove_url) for one in filters.selected] == [
            ("szkolenie", "?year=2025"),
            ("2025", "?kind=training"),
        ]

    def test_a_filtered_list_asks_search_engines_to_pass_by(self, client):
        assert '<meta name="robots" content="noindex' in client.get(f"{ADDRESS}?kind=gala").content.decode()
        assert '<meta name="robots"' not in client.get(ADDRESS).content.decode()

    def test_an_empty_result_offers_the_way_back(self, client):
        page = client.get(f"{ADDRESS}?kind=gala&year=2024")
        assert titles(page) == []
        assert f'href="{page.context["filters"].clear_url}"' in page.content.decode()

    def test_what_a_visitor_wrote_in_the_address_is_not_printed(self, client):
        assert "<script>x" not in client.get(f"{ADDRESS}?tag=<script>x").content.decode()


class TestPages:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def items(cls, tree):
        first = factories.news(title="Wiadomość 0", date=factories.day(), kind="report")
        for number, page in enumerate(factories.copies(first, PAGE_SIZE + 2), 1):
            NewsPage.objects.filter(pk=page.pk).update(title=f"Wiadomość {number}", date=factories.day(-number))

    def test_the_second_page_has_the_rest(self, client):
        assert titles(client.get(f"{ADDRESS}?page=2")) == [f"Wiadomość {number}" for number in (12, 13, 14)]

    @pytest.mark.parametrize("number", ["3", "999", "99999999999999999999"])
    def test_beyond_the_end_stands_the_last_page(self, client, number):
        assert len(titles(client.get(f"{ADDRESS}?page={number}"))) == 3

    def test_page_links_keep_the_filters(self, client):
        page = client.get(f"{ADDRESS}?kind=report&page=2")
        assert [link.url for link in page.context["page_links"]] == ["?kind=report", "?kind=report&page=2"]

    def test_the_second_page_is_a_page_of_its_own_for_search_engines(self, client):
        page = client.get(f"{ADDRESS}?page=2").content.decode()
        assert f'<link rel="canonical" href="http://localhost:8000{ADDRESS}?page=2">' in page


def test_of_combined_filters_nothing_is_remembered(client, monkeypatch):
    """Else a robot that follows all of them would fill the cache."""
    factories.copies(factories.news(kind="gala", regions=["krakow"]), 24)
    names = []

    def remembered(name, build):
        names.append(name)
        return build()

    monkeypatch.setattr(listing_page, "remembered", remembered)
    assert len(titles(client.get(f"{ADDRESS}?kind=gala&region=krakow&page=3"))) == 1
    assert client.get(f"{ADDRESS}?kind=gala&region=krakow").context["list_key"] is None, "no part of it is kept"
    assert not any(name.startswith("count:") for name in names)
    assert client.get(f"{ADDRESS}?kind=gala").context["list_key"]
    assert any(name.startswith("count:") for name in names)
    assert client.get(f"{ADDRESS}?kind=gala&page=2").context["list_key"] is None, "nor is each of its pages"


def test_a_page_of_a_list_is_put_in_order_by_keys_alone():
    """The rows of thousands of items carry their bodies: only those of the page itself are fetched."""
    for _number in range(3):
        factories.news()
    items = NewsPage.objects.published().newest_first()
    with CaptureQueriesContext(connection) as asked:
        found = list(paginate(items, QueryDict("page=2"), 2).object_list)
    assert found == list(items)[2:]
    rows = asked.captured_queries[-1]["sql"]
    assert rows.rindex("LIMIT") < rows.rindex(")"), "the limit belongs to the inner query, which knows no body"


@pytest.mark.parametrize("order", [("-date", "-pk"), ("date", "pk"), ("-date", "pk"), ("kind",)])
def test_pages_far_down_begin_at_a_remembered_row_and_miss_none(monkeypatch, order):
    """News of the same day stand on both sides of such a row."""
    monkeypatch.setattr(listing, "MARK_EVERY", 6)
    factories.copies(factories.news(date=factories.day(-1)), 11)
    factories.copies(factories.news(date=factories.day(-2)), 10)
    items = NewsPage.objects.published().order_by(*order)
    kept: dict = {}

    def remember(name, find):
        kept[name] = found = kept[name] if name in kept else find()
        return found

    with CaptureQueriesContext(connection) as asked:
        pages = [list(paginate(items, QueryDict(f"page={number}"), 2, remember)) for number in range(1, 13)]
    shown = [page for rows in pages for page in rows]
    assert len(shown) == 23
    assert shown == list(items) or order == ("kind",), "of equal ones a database may change the order"
    offsets = [int(found[1]) for query in asked.captured_queries for found in OFFSET.finditer(query["sql"])]
    assert max(offsets) == (22 if order == ("kind",) else 4)
    kept["marks"] = []  # made when there was less
    assert len(list(paginate(items, QueryDict("page=12"), 2, remember))) == len(pages[-1])
