"""The form of a body: a field to write in from the start, which leaves nothing behind where nobody wrote."""

import pytest
from django.test import Client

from news.models import NewsPage
from tests import factories
from tests.forms import add_address, edit_address, filled, send, streamfield, words

pytestmark = pytest.mark.django_db
NEWS = {"title": "Zebranie", "slug": "zebranie", "lead": "O czym.", "kind": "report"}


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.person(None))
    return client


def test_an_empty_body_is_a_text_to_write_in_and_nothing_is_kept_of_it(editor: Client) -> None:
    send(editor, add_address(NewsPage, factories.section("news")), {**NEWS, "body": streamfield([("text", words(""))])})
    draft = NewsPage.objects.get(slug="zebranie")
    assert list(draft.get_latest_revision_as_object().body) == []


def test_only_the_texts_without_words_are_left_out(editor: Client) -> None:
    quote = {"text": "Ławka.", "author": "Ola", "role": ""}
    body = streamfield([("text", words("")), ("quote", quote), ("text", words("<p>Dalej.</p>"))])
    send(editor, add_address(NewsPage, factories.section("news")), {**NEWS, "body": body})
    kept = NewsPage.objects.get(slug="zebranie").get_latest_revision_as_object().body
    assert [block.block_type for block in kept] == ["quote", "text"]


def test_looking_into_the_form_of_a_text_without_a_body_makes_no_version(editor: Client) -> None:
    page = factories.news()
    assert list(page.body) == []
    before = page.latest_revision_id
    address = edit_address(page)
    form = dict(filled(editor, address, {"body": streamfield([("text", words(""))])}).lists())
    editor.post(address, form)
    page.refresh_from_db()
    assert page.latest_revision_id == before
