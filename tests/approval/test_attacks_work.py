"""Attacks with nonsense and with masses: no crash, no decision by accident, no work without end."""

import pytest
from django.urls import reverse

from approval.diff.comparison import ComparisonBudget, between, words
from news.models import NewsPage
from tests.approval.attacks import press_in_editor, state_of
from tests.workflow import (
    create_url,
    edit_url,
    form_of,
    new_form,
    news_index,
    refused_politely,
)

pytestmark = pytest.mark.django_db

# --- Nonsense ---------------------------------------------------------------------------------

NONSENSE = (
    "{",
    "[]",
    "1",
    '"x"',
    '{"user": 1}',
    '{"action_name": "approve"}',
    '{"task_state": 3}',
    '{"shown": []}',
    '{"comment": ""}',
    '{"comment": "%s"}' % ("x" * 3000),
)


@pytest.mark.parametrize("words_sent", NONSENSE)
def test_a_decision_in_the_editor_with_nonsense_for_words(client_as, koordynatorka, in_approval, words_sent):
    before = state_of(in_approval).pk
    answer = press_in_editor(
        client_as(koordynatorka), in_approval, "reject", **{"workflow-action-extra-data": words_sent}
    )
    assert refused_politely(answer)
    assert state_of(in_approval).pk == before, "nothing is returned without words"


@pytest.mark.parametrize(
    "name", ("approval:emergency", "approval:publication_time", "newsroom:restore", "approval:needed_by")
)
def test_texts_with_impossible_numbers(client_as, koordynatorka, name):
    """All of them look for their text in one place (approval/views/subjects.py), so one of them tries every number."""
    numbers = ("x", "1_5F", "9" * 40, "-1", "²")
    browser, page, texts = client_as(koordynatorka), ("wagtailcore", "page"), ("home", "sitesettings")
    places = [(*model, key) for model in (page, texts) for key in (numbers if name == "approval:emergency" else "x")]
    for place in (*places, ("home", "user", "1"), ("approval", "gatedmixin", "1")):
        url = reverse(name, args=place)
        assert browser.get(url).status_code == 404, place
        assert browser.post(url, {"reason": "x" * 30}).status_code == 404, place


@pytest.mark.parametrize("name", ("approval:ledger", "newsroom:archive"))
@pytest.mark.parametrize(
    "filters",
    (
        {"p": "9" * 30},
        {"p": "-1"},
        {"title": "x" * 50_000},
        {"title": "%_\\"},
        {"person": "9" * 50},
        {"type": "9" * 30},
        {"at_from": "0001-01-01"},
        {"at_to": "9999-12-31"},
        {"at_from": "9999-99-99"},
        {"ordering": "user__password"},
        {"export": "exe"},
    ),
)
def test_reports_asked_nonsense(client_as, koordynatorka, live_page, name, filters):
    assert client_as(koordynatorka).get(reverse(name), filters).status_code == 200


def test_a_page_that_starts_before_all_time(client_as, autorka):
    form = new_form(go_live_at="0001-01-01 00:00")
    assert refused_politely(client_as(autorka).post(create_url(news_index()), form))


@pytest.mark.parametrize("number", ("x", "9" * 30, "9" * 5000, "-1"))
def test_autosave_over_a_version_with_an_impossible_number(client_as, autorka, draft, number):
    answer = client_as(autorka).post(edit_url(draft), form_of(draft, overwrite_revision_id=number))
    assert refused_politely(answer)


@pytest.mark.parametrize("number", ("x", "9" * 30, "9" * 5000, "²"))
def test_a_decision_about_a_version_with_an_impossible_number(client_as, koordynatorka, in_approval, number):
    url = reverse("newsroom:decide", args=[state_of(in_approval).pk])
    answer = client_as(koordynatorka).post(url, {"action": "approve", "shown": number}, follow=True)
    assert answer.status_code == 200
    assert state_of(in_approval).status == "in_progress"


# --- Masses -----------------------------------------------------------------------------------


def test_a_monotonous_paragraph_is_compared_in_time():
    """Whoever writes “tak tak tak…” ten thousand times keeps no approver waiting."""
    old = "tak " * 10_000
    new = "tak nie " * 5_000
    parts = list(words(old, new, ComparisonBudget()))
    assert "".join(part.text for part in parts if part.kind != "added") == old
    assert "".join(part.text for part in parts if part.kind != "removed") == new


def test_a_book_that_was_rewritten_is_compared_in_time(autorka):
    before, after = (
        NewsPage(title="Book", body=[("text", "".join(f"<p>{word}{number} {word}</p>" for number in range(3000)))])
        for word in ("stare ", "nowe ")
    )
    rows = [row for section in between(before, after) for row in section.rows]
    assert sum(row.kind in ("added", "changed") for row in rows) == 3000


def test_one_word_in_a_long_paragraph_stays_one_word():
    old = " ".join(f"słowo{number % 50} i" for number in range(1000))
    new = old.replace("słowo25 i słowo26", "słowo25 lub słowo26", 1)
    parts = [part for part in words(old, new, ComparisonBudget()) if part.kind != "same"]
    assert [(part.kind, part.text) for part in parts] == [("removed", "i"), ("added", "lub")]
