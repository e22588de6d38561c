"""Every text passes one door on its way into the database, however it comes."""

import contextlib
import unicodedata
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import models
from django.db.models.signals import pre_save
from taggit.models import Tag
from wagtail.models import Comment
from wagtail.test.utils.form_data import streamfield

from approval import publish_guard
from approval.cleaning_signals import models_with_words
from approval.field_cleaning import _text_fields
from approval.models import GatedMixin
from approval.roles import AUTHORS
from home.models import SiteSettings
from news.models import NewsPage
from tests import factories, forms
from tests.reading import source

pytestmark = pytest.mark.django_db
DIRTY = "Z\u0301ródła\x0bi\u00a0 ławki\u202e\ufffe"
LINE = "Źródła i ławki"
TEXT = "Źródła\ni\u00a0 ławki"


def body(words: str) -> list[dict[str, Any]]:
    """Blocks in blocks, with words of one line, of several lines, of markup, and in a table."""
    cards = [{"type": "item", "value": {"title": words, "text": f"<p>{words}</p>"}, "id": "b" * 8}]
    table = {"data": [[words, "x"]], "first_row_is_table_header": True, "table_caption": words}
    return [
        {"type": "text", "value": f"<p>{words}</p>", "id": "a" * 8},
        {"type": "quote", "value": {"text": words, "author": words, "role": ""}, "id": "c" * 8},
        {"type": "accordion", "value": cards, "id": "d" * 8},
        {"type": "table", "value": table, "id": "e" * 8},
    ]


def write(client: Any, button: dict[str, str], *each: dict[str, Any]) -> list[Any]:
    """What an author is answered who fills in a new page with `each` of these, one after the other."""
    client.force_login(factories.person(AUTHORS))
    address = forms.add_address(NewsPage, factories.section("news"))
    given = {
        "title": "Ławki",
        "slug": "lawki",
        "kind": "report",
        "date": factories.day().isoformat(),
        "body": streamfield([("quote", {"text": "Zaczęło się od ławki.", "author": "", "role": ""})]),
    }
    form = forms.shown(client.get(address))
    filled = [forms.filled_in(form, {**given, **values, **button}) for values in each]
    return [client.post(address, dict(data.lists())) for data in filled]


@pytest.mark.parametrize("button", [{}, forms.SUBMIT], ids=["saved", "sent"])
def test_what_is_typed_in_a_form_is_cleaned(client, button) -> None:
    quote = {"text": DIRTY, "author": DIRTY, "role": ""}
    blocks = streamfield([("quote", quote), ("text", forms.words(f"<p>{DIRTY}</p>"))])
    write(client, button, {"title": DIRTY, "lead": DIRTY, "body": blocks})
    draft = NewsPage.objects.get().get_latest_revision_as_object()
    assert draft.title == NewsPage.objects.get().title == LINE
    assert draft.lead == TEXT
    assert draft.body[0].value["author"] == LINE
    assert draft.body[0].value["text"] == TEXT
    assert "Źródła" in draft.body[1].value.source
    assert "\x0b" not in draft.body[1].value.source


def test_a_title_of_signs_that_nobody_sees_is_no_title(client) -> None:
    [answer] = write(client, {}, {"title": "\u200b\u202e"})
    assert answer.status_code == 200
    assert not NewsPage.objects.exists()


def test_u_0000_is_refused_in_words(client) -> None:
    quote = {"text": "a\x00b", "author": "a\x00b", "role": ""}
    answers = write(
        client,
        {},
        {"title": "a\x00b"},
        {"lead": "a\x00b"},
        {"tags": "a\x00b"},
        {"body": streamfield([("quote", quote)])},
    )
    for answer in answers:
        assert answer.status_code == 200
        assert "error" in source(answer)
    assert not NewsPage.objects.exists()


@pytest.mark.parametrize("live", [False, True], ids=["draft", "live"])
def test_what_a_command_makes_is_cleaned(live) -> None:
    page = factories.standard_page(title=DIRTY, lead=DIRTY, body=body(DIRTY), live=live)
    for text in (page, page.get_latest_revision_as_object()):
        assert text.title == LINE
        assert text.lead == TEXT
        assert [one["id"] for one in text.body.get_prep_value()] == [each * 8 for each in "acde"]
        stored = str(text.body.get_prep_value())
        assert not set(stored) & set("\u202e\ufffe\u0301")
        assert "\\x0b" not in stored
        assert text.body[1].value["author"] == LINE
        assert text.body[3].value["data"][0][0] == TEXT


def test_what_a_file_or_another_editor_brings_is_cleaned_unvalidated() -> None:
    page = factories.standard_page(live=False)
    page.title, page.body = DIRTY, body(DIRTY)
    page.save_revision(clean=False)
    draft = page.get_latest_revision_as_object()
    assert draft.title == LINE
    assert draft.body[1].value["author"] == LINE


def test_what_was_approved_goes_live_sign_for_sign() -> None:
    page = factories.standard_page(live=False)
    revision = page.save_revision()
    revision.content["lead"] = DIRTY
    revision.save()
    with publish_guard.trusted_command("tests"):
        revision.publish()
    page.refresh_from_db()
    assert page.lead == DIRTY
    call_command("verify_approvals")


def test_site_settings_are_cleaned() -> None:
    site = SiteSettings.objects.first()
    site.tagline = DIRTY
    site.save_revision()
    assert site.get_latest_revision_as_object().tagline == LINE


def test_files_people_topics_and_remarks_are_cleaned() -> None:
    assert factories.image(title=DIRTY, credit=DIRTY).credit == LINE
    assert factories.document(title=DIRTY).title == LINE
    person = factories.person(AUTHORS)
    person.first_name = DIRTY
    person.save()
    assert person.first_name == LINE
    assert Tag.objects.create(name=DIRTY).name == LINE
    page = factories.standard_page()
    remark = Comment.objects.create(page=page, user=person, text=DIRTY, contentpath="lead")
    assert remark.text == TEXT


def test_a_text_that_is_clean_stays_the_same_object() -> None:
    page = factories.standard_page(title=LINE, body=body(LINE))
    kept = page.body
    page.clean_fields()
    assert page.body is kept


@pytest.mark.parametrize("model", models_with_words(), ids=lambda model: model._meta.label)
def test_no_model_has_a_text_that_is_not_cleaned(model) -> None:
    """A new model of this project is cleaned without a line of code: this notices one that isn't."""
    instance = model()
    texts = [field for field, _clean in _text_fields(model) if isinstance(field, models.CharField | models.TextField)]
    for field in texts:
        setattr(instance, field.attname, DIRTY)
    if issubclass(model, GatedMixin):
        assert model.clean_fields is GatedMixin.clean_fields
        with contextlib.suppress(ValidationError):  # the rest of the instance is empty
            instance.clean_fields()
    else:
        pre_save.send(sender=model, instance=instance, raw=False, using="default", update_fields=None)
    for field in texts:
        value = getattr(instance, field.attname)
        assert "\x0b" not in value, field
        assert unicodedata.is_normalized("NFC", value), field
