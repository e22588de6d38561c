"""The index of what pages chose: it says what the public row says, and nothing else."""

import io

import pytest
from django.core.management import call_command
from django.db import connection

from coalition.models import MemberPage
from home.models import PageTerm
from home.places import PLACES
from news.models import NewsPage
from tests import factories

pytestmark = pytest.mark.django_db


def terms_of(page) -> set[tuple[str, str]]:
    return set(PageTerm.objects.filter(page=page).values_list("taxonomy", "key"))


def test_every_choice_of_a_page_is_indexed_and_a_district_with_its_city():
    page = factories.member(districts=["krakow-1", "wroclaw-nadodrze"], fields=["sport"])
    places = {("place", key) for key in ("krakow-1", "krakow", "wroclaw-nadodrze", "wroclaw")}
    assert terms_of(page) == {*places, ("field", "sport")}


def test_news_and_members_share_one_taxonomy_of_places():
    news, member = factories.news(regions=["krakow"]), factories.member(districts=["krakow-8"])
    assert set(PageTerm.objects.filter(taxonomy="place", key="krakow").values_list("page", flat=True)) == {
        news.pk,
        member.pk,
    }


def test_a_new_version_changes_nothing_before_it_is_public():
    page = factories.news(regions=["krakow"])
    page.regions = ["tarnow"]
    page.save_revision()
    assert terms_of(page) == {("place", "krakow")}
    factories.publish(page)
    assert terms_of(page) == {("place", "tarnow")}


def test_a_page_that_is_deleted_leaves_nothing():
    page = factories.news(regions=["krakow"])
    factories.remove(page)
    assert not PageTerm.objects.exists()


def test_a_command_puts_right_what_went_past_the_index():
    page = factories.news(regions=["krakow"])
    NewsPage.objects.filter(pk=page.pk).update(regions=["wroclaw"])
    said = io.StringIO()
    call_command("rebuild_terms_index", stdout=said)
    assert terms_of(page) == {("place", "wroclaw")}
    assert "2 entries" in said.getvalue()
    call_command("rebuild_terms_index", stdout=said)
    assert "0 entries" in said.getvalue()


def test_setup_site_fills_an_index_that_is_empty():
    page = factories.news(regions=["krakow"])
    PageTerm.objects.all().delete()
    call_command("setup_site", verbosity=0)
    assert terms_of(page) == {("place", "krakow")}


def test_a_code_that_is_the_beginning_of_another_finds_only_its_own():
    factories.member(title="Jedenastka", districts=["krakow-11"])
    first = factories.member(title="Jedynka", districts=["krakow-1"])
    assert list(MemberPage.objects.in_district("krakow-1")) == [first]


def test_pages_in_a_place_are_looked_up_in_an_index():
    found = PageTerm.objects.filter(taxonomy="place", key="krakow-8").values("page")
    plan = found.explain() if connection.vendor == "sqlite" else ""
    assert connection.vendor != "sqlite" or "USING COVERING INDEX" in plan


def test_counting_the_choices_of_many_pages_is_one_query(django_assert_num_queries):
    factories.copies(factories.news(regions=["krakow", "online"]), 9)
    published = NewsPage.objects.published()
    with django_assert_num_queries(1):
        assert published.count_terms() == {"place": {"krakow": 10, "online": 10}}


def test_keys_of_places_are_unique_and_every_parent_is_a_place():
    assert len(PLACES) == 9 + 18 + 48
    assert {place.parent for place in PLACES.values()} == {"", "krakow", "wroclaw"}
