"""Who looks after a chapter: said at once, seen in the list and on the dashboard once it is overdue."""

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from approval.roles import AUTHORS, COORDINATORS, LANGUAGE_EDITORS
from catalog.models import ChapterCare, ChapterPage
from tests import factories
from tests.reading import admin_source, document

pytestmark = pytest.mark.django_db


@pytest.fixture
def chapter() -> ChapterPage:
    return factories.chapter(title="Wniosek")


def address(page: ChapterPage) -> str:
    return reverse("chapter_care", args=[page.pk])


def test_whoever_may_change_a_chapter_says_so_and_no_version_is_made(client, chapter):
    keeper = factories.person(AUTHORS)
    client.force_login(factories.person(LANGUAGE_EDITORS))
    client.post(address(chapter), {"keeper": keeper.pk, "review_by": factories.day(30).isoformat()})
    care = ChapterCare.objects.get(page=chapter)
    assert (care.keeper, care.review_by) == (keeper, factories.day(30))
    assert ChapterPage.objects.get(pk=chapter.pk).latest_revision_id == chapter.latest_revision_id


def test_one_press_notes_that_somebody_has_read_it(client, chapter):
    ChapterCare.objects.create(page=chapter, review_by=factories.day(-1))
    client.force_login(factories.person(COORDINATORS))
    client.post(address(chapter), {"keeper": "", "review_by": factories.day(-1).isoformat(), "has_read": "1"})
    assert ChapterCare.objects.get().review_by == factories.day(180)


def test_two_who_say_it_first_at_once_are_both_heard(client, chapter):
    """The other one is done after this form has looked, and before it is saved."""

    def other_one_saves(**_which) -> None:
        post_init.disconnect(other_one_saves, sender=ChapterCare)
        ChapterCare.objects.create(page=chapter, review_by=factories.day(5))

    client.force_login(factories.person(COORDINATORS))
    post_init.connect(other_one_saves, sender=ChapterCare)
    answer = client.post(address(chapter), {"review_by": factories.day(30).isoformat()})
    assert answer.status_code == 302
    assert ChapterCare.objects.get().review_by == factories.day(30)


@pytest.mark.parametrize("typed", ["wczoraj", "2026-02-30"])
def test_a_day_that_is_none_is_asked_for_again(client, chapter, typed):
    client.force_login(factories.person(COORDINATORS))
    answer = client.post(address(chapter), {"review_by": typed})
    assert document(answer).xpath("//*[contains(@class, 'error-message')]")
    assert not ChapterCare.objects.exists()


def test_nobody_else_does(client, chapter):
    client.force_login(factories.person(AUTHORS))
    client.post(address(chapter), {"review_by": "2030-01-01"})
    assert not ChapterCare.objects.exists()


def test_what_is_overdue_stands_on_the_dashboard_of_who_looks_after_it_and_in_the_list(client, chapter):
    keeper, other = factories.person(AUTHORS), factories.person(AUTHORS)
    ChapterCare.objects.create(page=chapter, keeper=keeper, review_by=factories.day(-1))
    quiet = factories.chapter(title="Jeszcze świeży")
    ChapterCare.objects.create(page=quiet, keeper=keeper, review_by=factories.day(0))

    def panel(person):
        browser = Client()
        browser.force_login(person)
        found = document(browser.get("/admin/")).xpath("//section[@aria-labelledby='dashboard-review']")
        return [title.text_content() for one in found for title in one.xpath(".//a[@class='dashboard__title']")]

    assert panel(keeper) == panel(factories.person(COORDINATORS)) == ["Wniosek"]
    assert panel(other) == []
    client.force_login(factories.person(COORDINATORS))
    shown = admin_source(client.get("/admin/catalog/?care=overdue"))
    assert "Wniosek" in shown and "Zofia Przykładowa" in shown and "Jeszcze świeży" not in shown


def test_a_chapter_that_nobody_can_read_is_not_overdue():
    draft = factories.chapter(live=False)
    ChapterCare.objects.create(page=draft, review_by=factories.day(-1))
    assert not ChapterCare.objects.overdue()


def test_the_list_costs_the_same_for_many(client, chapter):
    client.force_login(factories.person(COORDINATORS))
    costs = []
    for _round in range(2):
        client.get("/admin/catalog/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/admin/catalog/")
        costs.append(len(asked))
        for _number in range(5):
            page = factories.chapter()
            ChapterCare.objects.create(page=page, keeper=factories.person(AUTHORS), review_by=factories.day(-1))
    assert costs[0] == costs[1], costs
