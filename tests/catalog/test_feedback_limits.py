"""Floods of answers end, whatever cache counts them, and never take their turn from those who write."""

import datetime

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from catalog import feedback_limits as limits
from catalog.models import ChapterFeedback
from tests import factories
from tests.reading import source

pytestmark = pytest.mark.django_db
WORDS = "Brakuje adresu, pod który wysłać wniosek."
NETWORK, DAY, CHAPTER = "Z Twojej sieci", "Dzisiaj przyszło tyle odpowiedzi", "Dzisiaj przyszło tyle odpowiedzi o tym"
DATABASE = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "site_cache"}


@pytest.fixture(scope="module")
def chapter_of_all(module_tree) -> int:
    return factories.chapter(title="Wniosek", slug="wniosek").pk


@pytest.fixture
def address(chapter_of_all: int, db) -> str:
    return f"/katalog/opinia/{chapter_of_all}/"


@pytest.fixture(params=["memory", "database"])
def a_cache(request, settings, db):
    if request.param == "database":
        settings.CACHES = {**settings.CACHES, "default": DATABASE}
        call_command("createcachetable", "site_cache")


def say(address: str, words: str = WORDS, helped: str = "no", sender: str = "203.0.113.9", **more):
    return Client().post(address, {"helped": helped, "words": words}, REMOTE_ADDR=sender, **more)


def at(monkeypatch, **time):
    moment = datetime.datetime(2026, 11, 30, 9, 0, tzinfo=datetime.UTC).replace(**time)
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_a_household_is_stopped_and_its_neighbours_are_not(a_cache, address, monkeypatch):
    at(monkeypatch)
    answers = [say(address, sender=f"2001:db8::{one:x}") for one in range(limits.MOST_AN_HOUR + 1)]
    assert [answer.status_code for answer in answers[-2:]] == [303, 429]
    assert NETWORK in source(answers[-1]) and WORDS in source(answers[-1])
    assert say(address, sender="2001:db8:0:1::1").status_code == 303


def test_many_networks_of_one_customer_are_one(address, monkeypatch):
    at(monkeypatch)
    answers = [say(address, sender=f"2001:db8:7:{one:x}::1") for one in range(limits.MOST_OF_A_SITE + 1)]
    assert [answer.status_code for answer in answers[-2:]] == [303, 429]
    assert say(address, sender="2001:db8:8::1").status_code == 303


@pytest.mark.parametrize(
    "sent",
    [
        {"words": ""},
        {"words": "x" * 5000},
        {"helped": "maybe"},
        {"headers": {"origin": "https://other.example"}},
    ],
)
def test_what_is_refused_counts_as_well(address, monkeypatch, sent):
    monkeypatch.setattr(limits, "MOST_AN_HOUR", 2)
    at(monkeypatch)
    assert 429 not in [say(address, **sent).status_code for _time in range(2)]
    assert say(address, **sent).status_code == 429


def test_the_next_hour_begins_whatever_was_tried_in_this_one(a_cache, address, monkeypatch):
    monkeypatch.setattr(limits, "MOST_AN_HOUR", 2)
    at(monkeypatch, minute=1)
    assert [say(address).status_code for _time in range(4)] == [303, 303, 429, 429]
    at(monkeypatch, minute=59)
    assert say(address).status_code == 429
    at(monkeypatch, hour=10)
    assert say(address).status_code == 303


def test_the_cache_in_the_database_keeps_a_count_until_its_hour_ends(settings, address):
    settings.CACHES = {**settings.CACHES, "default": DATABASE}
    call_command("createcachetable", "site_cache")
    begun = timezone.now().replace(microsecond=0)
    for _time in range(3):
        say(address)
    end = begun.replace(minute=0, second=0, tzinfo=None) + datetime.timedelta(hours=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT expires FROM site_cache WHERE cache_key LIKE '%feedback:%'")
        ends = [ends for (ends,) in cursor.fetchall()]
    assert len(ends) == 1
    found = ends[0] if isinstance(ends[0], datetime.datetime) else datetime.datetime.fromisoformat(ends[0])
    assert abs(found.replace(tzinfo=None) - end) < datetime.timedelta(minutes=2)


def test_the_address_itself_is_nowhere(address, monkeypatch):
    kept: list[str] = []
    monkeypatch.setattr(cache, "add", lambda key, *_values, **_more: kept.append(key) or True)
    say(address, sender="2001:db8:1:2::3")
    assert len(kept) == 2 and not any("2001" in key.replace(f"{timezone.now():%Y%m%d%H}", "") for key in kept)
    assert all(len(key.rpartition(":")[2]) == 64 for key in kept)


def test_pressing_yes_takes_the_words_from_nobody(address, monkeypatch):
    monkeypatch.setattr(limits, "YES_OF_ALL", 1)
    assert [say(address, "", "yes").status_code for _time in range(2)] == [303, 429]
    assert say(address).status_code == 303


def test_a_flood_about_one_chapter_leaves_the_others(address, monkeypatch):
    monkeypatch.setattr(limits, "WORDS_OF_A_CHAPTER", 1)
    answers = [say(address) for _time in range(2)]
    assert answers[-1].status_code == 429 and CHAPTER in source(answers[-1])
    other = factories.chapter(title="Drugi")
    assert say(f"/katalog/opinia/{other.pk}/").status_code == 303


def test_a_flood_from_everywhere_ends_with_the_day_and_says_so(address, monkeypatch):
    monkeypatch.setattr(limits, "WORDS_OF_ALL", 2)
    answers = [say(address, sender=f"203.0.113.{one}") for one in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    last = source(answers[-1])
    assert DAY in last and WORDS in last and NETWORK not in last
    ChapterFeedback.objects.update(day=factories.day(-1))
    assert say(address).status_code == 303


def test_no_single_network_takes_the_words_of_a_day_from_all():
    assert limits.MOST_OF_A_SITE * 24 < limits.WORDS_OF_ALL
