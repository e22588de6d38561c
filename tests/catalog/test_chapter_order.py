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
    client.post(reverse("chapter_position", args=[second.pk]) + "?position=0")
    assert listed_titles() == ["Dalej", "Początek"]


def test_the_list_leads_there(listed) -> None:
    rows, answer = listed(COORDINATORS, "")
    assert rows == []
    assert document(answer).xpath(f"//a[contains(@href, '{IN_ORDER}')]")


@pytest.mark.parametrize(("moved", "position", "becomes"), [(0, 1, "BAC"), (0, 2, "BCA"), (2, 0, "CAB"), (2, 1, "ACB")])
def test_a_place_in_the_list_is_one_among_the_chapters(client: Client, two_chapters, moved, position, becomes) -> None:
    """The pages that every handbook has stand among its chapters, wherever somebody has put them."""
    chapters = [factories.chapter(title=title) for title in "ABC"]
    beside = factories.section("catalog").get_children().not_type(ChapterPage).first()
    beside.move(chapters[1], pos="left")
    client.force_login(factories.person(COORDINATORS))
    client.post(reverse("chapter_position", args=[chapters[moved].pk]) + f"?position={2 + position}")
    assert "".join(title for title in listed_titles() if title in "ABC") == becomes


def test_pages_between_the_chapters_take_no_number(client: Client, two_chapters) -> None:
    front = factories.section("catalog")
    for page in front.get_children().not_type(ChapterPage):
        page.move(ChapterPage.objects.get(title="Dalej"), pos="left")
    numbers = [(page.title, page.number) for page in factories.section("catalog").chapters]
    assert numbers == [("Początek", 1), ("Dalej", 2)]
    assert factories.section("catalog").chapters[0].next.title == "Dalej"


@pytest.mark.parametrize("role", [AUTHORS, LANGUAGE_EDITORS])
def test_nobody_else_does(client: Client, listed, role: Role) -> None:
    rows, answer = listed(role)
    assert rows == []
    assert not document(answer).xpath("//a[normalize-space()='Zmień kolejność']")
    second = ChapterPage.objects.get(title="Dalej")
    client.post(reverse("chapter_position", args=[second.pk]) + "?position=0")
    assert listed_titles() == ["Początek", "Dalej"]


def test_looking_at_the_order_changes_nothing(client: Client, listed) -> None:
    listed(COORDINATORS)
    second = ChapterPage.objects.get(title="Dalej")
    answer = client.get(reverse("chapter_position", args=[second.pk]) + "?position=0")
    assert answer.status_code == 405
    assert listed_titles() == ["Początek", "Dalej"]


def listed_titles() -> list[str]:
    pages = ChapterPage.objects.filter(locale__language_code="pl").in_order()
    return list(pages.values_list("title", flat=True))
