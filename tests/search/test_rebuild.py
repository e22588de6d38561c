"""The index made anew: while the site serves, in parts, and as often as somebody likes."""

import io
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from wagtail.models import Page

from news.models import NewsPage
from operations.jobs import JOBS
from search import indexing
from search.index import get_index
from search.models import Entry
from tests import factories

pytestmark = pytest.mark.django_db


def rebuilt(*options: str) -> str:
    out = io.StringIO()
    call_command("rebuild_search_index", *options, stdout=out)
    return out.getvalue()


def titles() -> dict[int, str]:
    return {key: one.title for key, one in get_index().stored(list(get_index().keys())).items()}


def test_what_was_broken_off_goes_on_where_it_was(monkeypatch):
    pages = [factories.news(title=f"Wpis {number}") for number in range(3)]
    Entry.objects.update(analyser="another")
    monkeypatch.setattr(indexing, "AT_A_TIME", 1)

    def break_off(done: int, of: int) -> None:
        assert of == Entry.objects.count()
        if done == of - 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        indexing.rebuild(break_off)
    assert get_index().outdated() == 1
    Page.objects.filter(pk=pages[0].pk).update(title="Zmieniony za plecami")
    assert "2 entries written, 0 removed" in rebuilt()
    assert titles()[pages[0].pk] == "Zmieniony za plecami"
    assert "0 entries written" in rebuilt()
    assert f"{len(titles())} entries written" in rebuilt("--anew")


def test_each_night_what_is_missing_or_of_old_rules_is_written_and_what_is_gone_removed():
    missing, gone, old = (factories.news(title=title) for title in ("Brakuje", "Zniknie", "Dawne"))
    get_index().remove([missing.pk])
    Page.objects.filter(pk=gone.pk).update(live=False)
    Entry.objects.filter(pk=old.pk).update(analyser="another")
    assert "2 entries written, 1 removed" in rebuilt("--missing")
    assert not get_index().outdated()
    assert missing.pk in titles() and gone.pk not in titles()


def test_each_week_what_was_changed_behind_django_is_found():
    page = factories.news(title="Dawny tytuł")
    Page.objects.filter(pk=page.pk).update(title="Zmieniony za plecami")
    for job in JOBS:
        if job.command[0] == "rebuild_search_index":
            assert titles()[page.pk] == "Dawny tytuł"
            call_command(*job.command, verbosity=0)
    assert titles()[page.pk] == "Zmieniony za plecami"
    assert "0 entries written" in rebuilt()


def test_a_page_that_cant_be_indexed_holds_nothing_else_up(monkeypatch, caplog):
    before, broken, gone, behind = (factories.news(title=title) for title in ("Przed", "Zepsuty", "Zniknie", "Za nim"))
    entries = len(titles())
    Page.objects.filter(pk=gone.pk).update(live=False)
    Entry.objects.update(analyser="another")

    def subjects(page: Any) -> list[str]:
        if page.title.startswith("Zepsuty"):
            raise ValueError("a block of an older shape")
        return []

    monkeypatch.setattr(type(broken), "search_subjects", subjects)
    for options, written in ((["--missing"], entries - 2), ([], 0), (["--anew"], entries - 2)):
        out = io.StringIO()
        with pytest.raises(CommandError, match=rf": 1\. Their numbers: {broken.pk}$"):
            call_command("rebuild_search_index", *options, stdout=out)
        assert f"{written} entries written, {int('--missing' in options)} removed" in out.getvalue()
        assert f"Page {broken.pk} can't be indexed." in caplog.messages
        assert before.pk in titles() and behind.pk in titles() and gone.pk not in titles()

    get_index().remove(list(titles()))
    out = io.StringIO()
    call_command("setup_site", stdout=out)
    assert f"Their numbers: {broken.pk}\nThe site is set up." in out.getvalue()
    assert before.pk in titles() and behind.pk in titles() and broken.pk not in titles()


def test_what_is_published_without_the_index_is_found_after_the_command(monkeypatch, settings):
    def broken(_page: Any) -> list[str]:
        raise ValueError("a fault")

    with monkeypatch.context() as patch:
        patch.setattr(NewsPage, "search_subjects", broken)
        with pytest.raises(ValueError, match="a fault"):
            factories.news()
        settings.SEARCH_AUTO_UPDATE = False
        page = factories.news(title="Wyszedł mimo to")
    assert page.live and page.pk not in titles()
    rebuilt()
    assert page.pk in titles()


def test_an_index_that_is_empty_or_of_another_analyser_is_told_of(settings):
    def problems() -> list[str | None]:
        return [found.id for found in run_checks(tags=["search"], databases=["default"]) if found.id != "search.W003"]

    assert not problems()
    Entry.objects.update(analyser="another")
    assert problems() == ["search.W002"]
    get_index().remove(list(titles()))
    assert problems() == ["search.W001"]
    call_command("setup_site", verbosity=0)
    assert not problems() and titles()


def test_one_page_costs_the_same_few_queries_whatever_it_holds(django_assert_max_num_queries):
    page: Any = factories.news(title="Ławki", tags=["ławki", "skwery"], body=[("text", "<p>Skwer</p>")] * 20)
    Page.objects.filter(pk=page.pk).update(title="Inny tytuł")
    with django_assert_max_num_queries(24):
        assert indexing.update([page.pk]) == 1
