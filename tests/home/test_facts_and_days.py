"""What the days do to facts: they become valid, run out, have to be checked again, and nobody changes anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import checks
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.translation import override

from home import cache, facts, page_cache
from home.facts import ShownFact
from home.models import Fact
from operations.jobs import JOBS
from search.index import get_index
from tests import factories
from tests.home.test_facts import SAID, page_with, words_in

pytestmark = pytest.mark.django_db
SEARCHES = True
FAR = (date.max, date.max - timedelta(days=1), date(2101, 1, 1))


@contextmanager
def known(**fields: Any) -> Iterator[None]:
    """Nothing is public but one fact with these days."""
    with facts.told({1: {"pl": ShownFact(1, "one", value="10", language="pl", **fields)}}):
        yield


@contextmanager
def in_days(number: int) -> Iterator[None]:
    later = timezone.localdate() + timedelta(days=number)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "localdate", lambda: later)
        yield


# --- Days that no calendar goes beyond


@pytest.mark.parametrize("day", FAR)
@pytest.mark.parametrize("field", ["valid_from", "valid_until"])
def test_a_day_after_this_century_is_refused_beside_its_field(field, day):
    with override("en"), pytest.raises(ValidationError, match="2100"):
        factories.fact(**SAID, **{field: day})
    factories.fact(**SAID, **{field: date(2100, 12, 31)})


@pytest.mark.parametrize("day", FAR)
@pytest.mark.parametrize("field", ["valid_from", "valid_until", "checked_on"])
def test_a_day_without_a_next_one_that_is_in_the_database_already_keeps_nobody_from_a_page(field, day):
    fact = factories.fact(**SAID)
    page = page_with(fact)
    Fact.objects.filter(pk=fact.pk).update(**{field: day})
    cache.raise_now()
    assert "10" in words_in(page)
    page_cache.content_generation()


def test_the_last_day_of_the_calendar_brings_no_change():
    with known(valid_until=date.max):
        assert facts.next_change() is None


def test_the_day_after_the_last_valid_one_is_the_next_to_bring_a_change():
    last = timezone.localdate() + timedelta(days=3)
    with known(valid_until=last):
        assert timezone.localdate(facts.next_change()) == last + timedelta(days=1)


def test_one_that_can_not_say_when_pages_change_keeps_nobody_from_what_the_others_know(monkeypatch, caplog):
    soon = timezone.now() + timedelta(hours=1)

    def fails() -> datetime:
        raise OverflowError("date value out of range")

    monkeypatch.setattr(page_cache, "moments", [fails, lambda: None, lambda: soon])
    assert page_cache._next_moment() == int(soon.timestamp()) + 1
    assert "fails can't say when pages change next" in caplog.text


# --- What the search tells of them


def told_by_the_search(page: Any) -> str:
    return str(get_index().stored([page.pk])[page.pk])


@pytest.mark.parametrize(
    ("fields", "before", "after"),
    [
        ({"valid_until": 1}, "", "was valid until"),
        ({"valid_from": 2}, "valid from", ""),
        ({"checked_on": -364}, "", "may be out of date"),
    ],
)
def test_the_night_brings_to_the_search_what_readers_are_told_since_then(fields, before, after):
    days = {field: timezone.localdate() + timedelta(days=days) for field, days in fields.items()}
    page = page_with(factories.fact(**SAID, **days), language="en")
    assert (before or "ten") in told_by_the_search(page)
    for missed in (0, 5):
        with in_days(3 + missed):
            call_command("index_turned_facts", verbosity=0)
        words = told_by_the_search(page)
        assert (after or "ten") in words
        assert not before or before not in words


def test_a_night_on_which_no_fact_turned_writes_nothing(capsys):
    page_with(factories.fact(**SAID, valid_until=timezone.localdate() + timedelta(days=30)))
    call_command("index_turned_facts")
    assert "0 entries written" in capsys.readouterr().out


def test_a_page_that_can_not_be_indexed_is_named_and_holds_no_other_up(monkeypatch):
    fact = factories.fact(**SAID, valid_until=timezone.localdate())
    broken, other = (page_with(fact, title=title, language="en") for title in ("Broken", "Other"))
    subjects = type(broken).search_subjects

    def fails(page: Any) -> Any:
        if page.title == "Broken":
            raise ValueError("a block of an older shape")
        return subjects(page)

    monkeypatch.setattr(type(broken), "search_subjects", fails)
    with in_days(1), pytest.raises(CommandError, match=str(broken.pk)):
        call_command("index_turned_facts")
    assert "was valid until" in told_by_the_search(other)


def test_it_is_done_each_night():
    assert [job.every for job in JOBS if job.command == ("index_turned_facts",)] == [timedelta(days=1)]


# --- How long a check is good for


@pytest.mark.parametrize(("months", "found"), [(0, 1), (-1, 1), (121, 1), (120_000, 1), (1, 0), (120, 0)])
def test_months_that_make_no_sense_are_named_before_the_site_starts(settings, months, found):
    settings.FACT_CHECK_MONTHS = months
    said = checks.run_checks(tags=["facts"])
    assert [one.id for one in said] == ["home.E002"] * found
    assert all(str(months) in one.msg for one in said)
