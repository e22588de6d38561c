"""Lists by name follow the alphabet, on every database and across pages."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page

from coalition.districts import DISTRICTS
from coalition.models import CoalitionIndexPage, MemberPage
from home.alphabet import LATIN, PLACES, SILENT, Alphabetical, sort_key
from tests import factories
from tests.reading import document, words

POLISH = """Akacja; Azyl; Ąkacja; Cebula; Czas; „Czyn” Fundacja; Ćma; Echo; Ezop; Ęgrzyn; Lato; Luz; Łan; Łąka; Mak;
Nuta; Ńuta; Okno; Osa; Ósemka; Sad; Szopa; Ścieżka; Świat; Tama; Zebra; Zupa; Źrebak; Źródło; Żaba; Żyto"""
UKRAINIAN = "Азов; Громада; Ґанок; Дім; Європа; Жито; Зірка; Ирій; Іскра; Їжак; Йод; Київ; Яблуко"


def names(text: str) -> list[str]:
    return [name.strip() for name in text.split(";")]


def shuffled(text: str) -> list[str]:
    return random.Random(7).sample(names(text), len(names(text)))


@pytest.mark.parametrize("alphabet", [POLISH, UKRAINIAN])
def test_names_follow_the_alphabet(alphabet):
    assert sorted(shuffled(alphabet), key=sort_key) == names(alphabet)


def test_a_letter_of_its_own_decides_before_the_letters_after_it():
    assert sorted(["łąka", "lżej", "lz", "Łan", "luz"], key=sort_key) == ["luz", "lz", "lżej", "Łan", "łąka"]


def test_the_osiedla_stand_in_the_order_of_the_alphabet():
    osiedla = [district.name for district in DISTRICTS.values() if district.city == "wroclaw"]
    assert osiedla == sorted(osiedla, key=sort_key)


@pytest.mark.django_db
class TestInTheDatabase:
    @pytest.mark.parametrize("alphabet", [POLISH, UKRAINIAN])
    def test_members_follow_the_alphabet(self, alphabet):
        for name in shuffled(alphabet):
            factories.member(title=name)
        assert [member.title for member in MemberPage.objects.by_name()] == names(alphabet)

    def test_pages_of_the_list_go_on_where_the_one_before_ended(self, client, monkeypatch):
        monkeypatch.setattr(CoalitionIndexPage, "page_size", 10)
        for name in shuffled(POLISH):
            factories.member(title=name)
        shown = []
        for number in (1, 2, 3, 4):
            page = document(client.get(f"/koalicja/?page={number}"))
            shown += [words(link) for link in page.xpath("//li[@class='member-row']//h3/a")]
        assert shown == names(POLISH)

    def test_the_database_makes_the_same_key_as_python(self):
        page = factories.home()
        title = "Ω ß 7 – " + "".join(PLACES) + SILENT
        Page.objects.filter(pk=page.pk).update(title=title)
        assert Page.objects.values_list(Alphabetical("title"), flat=True).get(pk=page.pk) == sort_key(title)

    def test_topics_follow_the_alphabet(self, client):
        page = factories.news()
        page.tags.add("łąki", "zieleń", "ludzie", "ćwiczenia", "czas", "żywność")
        factories.publish(page)
        expected = ["czas", "ćwiczenia", "ludzie", "łąki", "zieleń", "żywność"]
        listing = document(client.get("/aktualnosci/"))
        options = [words(option) for option in listing.xpath("//select[@name='tag']/option[@value!='']")]
        assert [option.split(" (")[0] for option in options] == expected
        shown = document(client.get(page.url))
        assert [words(tag) for tag in shown.xpath("//ul[@class='tags']//a")] == expected


@given(st.text(LATIN, max_size=20), st.text(LATIN, max_size=20))
def test_small_and_large_letters_are_the_same(one, other):
    assert sort_key(one) == sort_key(one.upper())
    assert sort_key(f"{one}ł{other}") > sort_key(f"{one}l{other}")
