"""Chapters are put in order where they are listed, by whoever may change what visitors meet."""

import pytest
from django.test import Client
from django.urls import reverse

from approval.roles import AUTHORS, COORDINATORS, LANGUAGE_EDITORS, Role
from catalog.models import ChapterPage
from tests import factories
from tests.reading import document

pytestmark = pytest.mark.django_db
IN_ORDER = "?ordering=ord"


@pytest.fixture(scope="module")
def two_chapters(module_tree: None) -> None:
    first, second = factories.chapter(title="Początek"), factories.chapter(title="Dalej")
    factories.translated(first, title="The beginning")
    factories.translated(second, title="On")


@pytest.fixture
def listed(two_chapters: None, client: Client):
    """`listed(role)`: the rows of the list in order, as (title, number to drag); and the answer."""

    def act(role: Role, query: str = IN_ORDER):
        client.force_login(factories.person(role))
        answer = client.get(f"/admin/catalog/{query}")
        rows = document(answer).xpath("//tr[@data-w-orderable-item-id]")
        return [row.get("data-w-orderable-item-label") for row in rows], answer

    return act


def test_a_coordinator_drags_the_chapters_of_the_polish_handbook(client: Client, listed) -> None:
    rows, _answer = listed(COORDINATORS)
    assert rows == ["Początek", "Dalej"]
    second = ChapterPage.objects.get(title="Dalej")
    client.post(reverse("wagtailadmin_pages:set_page_position", args=[second.pk]) + "?position=0")
    assert listed_titles() == ["Dalej", "Początek"]


def test_the_list_leads_there(listed) -> None:
    rows, answer = listed(COORDINATORS, "")
    assert rows == []
    assert document(answer).xpath(f"//a[contains(@href, '{IN_ORDER}')]")


@pytest.mark.parametrize("role", [AUTHORS, LANGUAGE_EDITORS])
def test_nobody_else_does(client: Client, listed, role: Role) -> None:
    rows, answer = listed(role)
    assert rows == []
    assert not document(answer).xpath("//a[normalize-space()='Zmień kolejność']")
    second = ChapterPage.objects.get(title="Dalej")
    client.post(reverse("wagtailadmin_pages:set_page_position", args=[second.pk]) + "?position=0")
    assert listed_titles() == ["Początek", "Dalej"]


def test_looking_at_the_order_changes_nothing(client: Client, listed) -> None:
    listed(COORDINATORS)
    second = ChapterPage.objects.get(title="Dalej")
    answer = client.get(reverse("wagtailadmin_pages:set_page_position", args=[second.pk]) + "?position=0")
    assert answer.status_code == 405
    assert listed_titles() == ["Początek", "Dalej"]


def listed_titles() -> list[str]:
    pages = ChapterPage.objects.filter(locale__language_code="pl").in_order()
    return list(pages.values_list("title", flat=True))
