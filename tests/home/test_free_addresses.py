"""A second text of the same title gets the next free address; one that somebody typed is theirs to change."""

import pytest
from django.test import Client

from news.models import NewsPage
from tests import factories
from tests.forms import add_address, edit_address, send, streamfield

pytestmark = pytest.mark.django_db
NEWS: dict = {
    "title": "Śniadanie sąsiedzkie",
    "slug": "sniadanie-sasiedzkie",
    "lead": "O czym.",
    "kind": "report",
    "body": streamfield([]),
}


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.person(None))
    return client


def add(editor: Client, **values: str) -> None:
    send(editor, add_address(NewsPage, factories.section("news")), {**NEWS, **values})


def slugs() -> list[str]:
    return list(NewsPage.objects.order_by("pk").values_list("slug", flat=True))


def test_the_same_title_again_gets_a_number_and_keeps_it(editor: Client) -> None:
    """Autosave sends the address that it began with."""
    for _time in range(3):
        add(editor)
    numbered = ["sniadanie-sasiedzkie", "sniadanie-sasiedzkie-2", "sniadanie-sasiedzkie-3"]
    assert slugs() == numbered
    third = NewsPage.objects.last()
    send(editor, edit_address(third), {"slug": "sniadanie-sasiedzkie", "lead": "Inaczej.", "body": streamfield([])})
    assert slugs() == numbered


def test_an_address_that_was_typed_is_asked_for_again(editor: Client) -> None:
    add(editor, slug="sniadanie")
    add(editor, slug="sniadanie")
    assert slugs() == ["sniadanie"]


def test_a_public_page_is_not_moved_aside(editor: Client) -> None:
    factories.news(slug="sniadanie-sasiedzkie")
    public = factories.news(title=NEWS["title"], slug="inny")
    answer = send(editor, edit_address(public), {"slug": "sniadanie-sasiedzkie", "body": streamfield([])})
    assert "slug" in answer.context["form"].errors


def test_a_copy_begins_with_a_free_address(editor: Client) -> None:
    page = factories.news(slug="nabor")
    address = f"/admin/pages/{page.pk}/copy/"
    offered = editor.get(address).context["form"]["new_slug"].value()
    assert offered == "nabor-2"
    data = {"new_title": page.title, "new_slug": offered, "new_parent_page": page.get_parent().pk}
    editor.post(address, data)
    copy = NewsPage.objects.get(slug="nabor-2")
    assert not copy.live


def test_whoever_is_quicker_than_the_script_gets_an_address_too(editor: Client) -> None:
    """The field hides behind another tab, and is filled in a moment after the title."""
    add(editor, slug="")
    add(editor, slug="")
    assert slugs() == ["sniadanie-sasiedzkie", "sniadanie-sasiedzkie-2"]
