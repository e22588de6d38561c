"""A draft is saved as it is; what is missing is asked when the text is sent, and once more when it is decided on."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, rich_text

from approval import digest, validation
from approval.validation import InvalidError
from news.models import NewsPage
from tests import factories
from tests.forms import SUBMIT, streamfield
from tests.workflow import (
    create_url,
    draft_of,
    edit_url,
    form_of,
    fresh,
    in_an_hour,
    new_form,
    news_index,
    publish_properly,
    submit,
    take_step,
)

SCRIPT = {"accept": "application/json"}
AN_IMAGE = {"image": {"image": "", "alt_text": ""}, "caption": ""}
A_BUTTON = {"label": "Zapisz się", "page": "", "address": ""}


@pytest.fixture
def editor(client_as, autorka):
    return client_as(autorka)


def test_news_without_a_text_is_not_sent(draft, editor):
    empty = {"body": [("text", rich_text("<p> </p>"))]}
    assert editor.post(edit_url(draft), form_with(draft, **empty), headers=SCRIPT).json()["success"]
    answer = editor.post(edit_url(draft), form_with(draft, **empty, **SUBMIT))
    assert list(answer.context["form"].errors) == ["body"]
    assert not fresh(draft).workflow_in_progress


def form_with(page: NewsPage, **changes: Any) -> dict[str, Any]:
    """The form of `page`, where a body is given as blocks."""
    body = changes.pop("body", None)
    data = form_of(page, **changes)
    return data | nested_form_data({"body": streamfield(body)}) if body else data


def unfinished(case: str) -> dict[str, Any]:
    return {
        "picture": {"lead_image": factories.image().pk, "lead_image_alt": ""},
        "block": {"body": [("image", AN_IMAGE)]},
        "link": {"body": [("button", A_BUTTON)]},
    }[case]


def test_a_draft_is_saved_before_it_is_finished_and_what_is_missing_is_asked_when_it_is_sent(draft, editor):
    to_come = (timezone.localdate() + timedelta(days=3)).isoformat()
    typed = {"title": "", "lead": "Typed so far", "kind": "", "date": to_come, "funding": "other", "funder": ""}
    typed |= {**unfinished("picture"), "body": [("image", AN_IMAGE), ("button", A_BUTTON)]}
    assert editor.post(edit_url(draft), form_with(draft, **typed), headers=SCRIPT).json()["success"]
    assert fresh(draft).get_latest_revision_as_object().lead == "Typed so far"
    errors = editor.post(edit_url(draft), form_with(draft, **typed, **SUBMIT)).context["form"].errors
    assert set(errors) == {"title", "lead_image_alt", "funder", "kind", "date", "body"}
    assert set(errors.as_data()["body"][0].block_errors) == {0, 1}
    assert not fresh(draft).workflow_in_progress


@pytest.mark.parametrize(
    ("case", "words"), [("picture", "Opis alternatywny"), ("block", "Obraz"), ("link", "Przycisk")]
)
def test_what_a_reviewer_took_away_is_asked_when_it_is_decided_on(client_as, redaktorka, in_review, case, words):
    client_as(redaktorka).post(edit_url(in_review), form_with(in_review, **unfinished(case)), headers=SCRIPT)
    newest = fresh(in_review).latest_revision
    assert words in validation.words(validation.obstacles(newest))
    with pytest.raises(InvalidError):
        take_step(in_review, redaktorka, shown=newest.pk)


def test_a_lead_that_is_too_long_is_kept_whole_and_asked_about_when_it_is_sent(draft, editor, client_as, redaktorka):
    long = "a" * 401
    assert editor.post(edit_url(draft), form_of(draft, lead=long), headers=SCRIPT).json()["success"]
    assert fresh(draft).get_latest_revision_as_object().lead == long
    assert "maxlength" not in re.search(r"<textarea[^>]*id_lead[^>]*>", editor.get(edit_url(draft)).content.decode())[0]
    answer = editor.post(edit_url(draft), form_of(draft, lead=long, **SUBMIT))
    assert list(answer.context["form"].errors) == ["lead"]
    assert "401" in validation.words(validation.obstacles(fresh(draft).latest_revision))


def test_a_new_page_without_a_title_is_kept_and_gets_the_address_of_its_title_later(editor):
    made = editor.post(create_url(news_index()), new_form(title="", slug=""), headers=SCRIPT).json()
    other = editor.post(create_url(news_index()), new_form(title="", slug=""), headers=SCRIPT).json()
    assert made["success"]
    assert other["success"]
    page = NewsPage.objects.get(pk=made["pk"])
    assert page.title == ""
    for screen in (reverse("wagtailadmin_explore", args=[news_index().pk]), reverse("wagtailadmin_home")):
        assert re.search(r"\((bez tytułu|no title)\)", editor.get(screen).content.decode())
    editor.post(edit_url(page), form_of(page, title="Święto ulicy"), headers=SCRIPT)
    assert fresh(page).slug == "swieto-ulicy"
    assert editor.get(edit_url(NewsPage.objects.get(pk=other["pk"]))).status_code == 200


def test_the_header_of_a_public_page_says_that_a_newer_version_waits(live_page, editor):
    newer = re.compile("newer version, not public yet|nowsza wersja, jeszcze niewidoczna")
    assert not newer.search(editor.get(edit_url(live_page)).content.decode())
    editor.post(edit_url(live_page), form_of(live_page, lead="Newer"), headers=SCRIPT)
    assert newer.search(editor.get(edit_url(live_page)).content.decode())


# --- Dates that have come -------------------------------------------------------------------------


@pytest.fixture
def over(autorka, redaktorka, koordynatorka, monkeypatch) -> NewsPage:
    """Was public until its end date came."""
    page = draft_of(autorka, "Over", expire_at=in_an_hour())
    publish_properly(page, autorka, redaktorka, koordynatorka)
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("publish_scheduled")
    return fresh(page)


def test_an_end_date_that_was_carried_out_is_asked_no_more(over, editor):
    assert over.expired
    answer = editor.post(edit_url(over), form_of(over, lead="Once more", expire_at=over.expire_at, **SUBMIT))
    assert answer.status_code == 302
    assert fresh(over).workflow_in_progress
    assert fresh(over).get_latest_revision_as_object().expire_at is None


@pytest.fixture
def too_late(draft, autorka) -> NewsPage:
    """Was never public, and its end date has come."""
    draft.expire_at = timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=5)
    draft.save_revision(user=autorka)
    return draft


def test_an_end_date_that_came_too_early_is_asked_when_the_text_is_sent(too_late, editor):
    answers = []
    for button in ({}, SUBMIT):
        form = form_of(too_late, lead="Still written", expire_at=too_late.expire_at, **button)
        answers.append(editor.post(edit_url(too_late), form))
    assert answers[0].status_code == 302
    assert list(answers[1].context["form"].errors) == ["expire_at"]


def test_a_new_end_date_in_the_past_is_refused_at_once(draft, editor):
    form = form_of(draft, expire_at=timezone.now() - timedelta(minutes=5))
    assert editor.post(edit_url(draft), form, headers=SCRIPT).json()["error_code"] == "validation_error"


def test_a_text_in_order_goes_the_whole_way(draft, editor, autorka, redaktorka, koordynatorka):
    body = [("image", {"image": {"image": factories.image().pk, "alt_text": "Mural"}, "caption": ""})]
    assert editor.post(edit_url(draft), form_with(draft, body=body)).status_code == 302
    assert publish_properly(draft, autorka, redaktorka, koordynatorka).live
    assert submit(fresh(draft), autorka)


def test_a_table_that_says_nothing_of_its_header_has_its_first_row_for_one():
    table = NewsPage.body.field.stream_block.child_blocks["table"]
    assert table.clean({"data": [["Dzień", "Co"]], "table_caption": ""})["first_row_is_table_header"] is True


def test_the_order_of_topics_and_choices_is_no_change(draft, editor, autorka):
    text = draft.get_latest_revision_as_object()
    text.regions = ["wroclaw", "krakow"]
    text.tags.add(*["zażółć", "gęślą", "jaźń", "raz", "dwa", "trzy", "cztery", "pięć"])
    text.save_revision(user=autorka)
    names = [tag.name for tag in text.tags.all()]
    assert editor.post(
        edit_url(draft), form_of(fresh(draft), lead="Other", tags=", ".join(names), regions=["krakow", "wroclaw"])
    )
    text.lead = "Other"
    assert digest.digest_of(fresh(draft).get_latest_revision_as_object()) == digest.digest_of(text)
