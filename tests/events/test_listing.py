"""The list of events: what comes, what was, and how accessible it is."""

import pytest
from django.utils import timezone

from events.models import EventPage
from home import listing
from tests import factories
from tests.reading import NBSP, source, titles

pytestmark = pytest.mark.django_db
ADDRESS = "/wydarzenia/"


class TestFilters:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def items(cls, tree):
        factories.event(
            title="Debata",
            start=factories.moment(9),
            kind="debate",
            step_free="yes",
            captions="yes",
            district="krakow-8",
        )
        factories.event(title="Szkolenie", start=factories.moment(2), kind="training", step_free="yes", captions="no")
        factories.event(title="Gala", start=factories.moment(-9), kind="gala", step_free="unknown")
        factories.event(
            title="Wizyta", start=factories.moment(-2), kind="study-visit", captions="yes", district="wroclaw-nadodrze"
        )
        factories.event(title="Szkic", live=False)

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", ["Szkolenie", "Debata"]),
            ("when=archive", ["Wizyta", "Gala"]),
            ("kind=debate", ["Debata"]),
            ("access=step_free", ["Szkolenie", "Debata"]),
            ("access=step_free&access=captions", ["Debata"]),
            ("access=lift", []),
            ("when=archive&access=captions", ["Wizyta"]),
            ("when=archive&kind=debate", []),
            ("kind=debate&access=captions", ["Debata"]),
            ("district=krakow-8", ["Debata"]),
            ("district=krakow", ["Debata"]),
            ("district=wroclaw-nadodrze", []),
            ("when=archive&district=wroclaw", ["Wizyta"]),
        ],
    )
    def test_each_filter_narrows_the_list(self, client, query, expected):
        assert titles(client.get(f"{ADDRESS}?{query}")) == expected

    @pytest.mark.parametrize(
        "query",
        [
            "when=yesterday",
            "kind=party",
            "district=berlin",
            "access=pk",
            "access=title__startswith",
            "page=0",
            "access=",
        ],
    )
    def test_odd_values_are_ignored(self, client, query):
        assert titles(client.get(f"{ADDRESS}?{query}")) == ["Szkolenie", "Debata"]

    def test_filters_stay_in_the_archive(self, client):
        filters = client.get(f"{ADDRESS}?when=archive&kind=gala").context["filters"]
        assert filters.selected[0].remove_url == "?when=archive"
        assert filters.clear_url == "?when=archive"

    def test_the_home_page_shows_what_comes_next(self, client):
        section = factories.section("events")
        assert [event.title for event in section.get_items(limit=1)] == ["Szkolenie"]


def test_a_page_far_down_the_archive_shows_what_is_left(client, monkeypatch):
    monkeypatch.setattr(listing, "MARK_EVERY", 12)
    factories.copies(factories.event(start=factories.moment(-3)), 24)
    oldest = factories.event(title="Gala", start=factories.moment(-9))
    assert titles(client.get(f"{ADDRESS}?when=archive&page=3"))[-1] == oldest.title


def test_the_page_and_the_filter_name_the_district(client):
    page = factories.event(district="krakow-8")
    assert "VIII Dębniki" in source(client.get(page.url)).replace("\xa0", " ")
    assert "VIII Dębniki (1)" in source(client.get(ADDRESS)).replace("\xa0", " ")


def test_an_event_is_upcoming_until_it_ends():
    now = timezone.now()
    begun = factories.event(start=now - timezone.timedelta(hours=1), end=now + timezone.timedelta(hours=1))
    over = factories.event(start=now - timezone.timedelta(hours=2), end=now - timezone.timedelta(seconds=1))
    assert list(EventPage.objects.upcoming()) == [begun]
    assert list(EventPage.objects.past()) == [over]


def test_the_page_tells_every_accessibility_fact_also_the_unknown_ones(client):
    page = factories.event(step_free="yes", lift="no")
    shown = source(client.get(page.url)).lower()
    for fact in page.accessibility_facts:
        assert str(fact.label).lower().replace(NBSP, " ") in shown, fact.name
    assert {fact.value for fact in page.accessibility_facts} == {"yes", "no", "unknown"}
