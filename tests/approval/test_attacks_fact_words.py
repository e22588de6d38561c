"""Attacks on facts by whoever translates them, and by a new value under the date of an old check."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from home.models import Fact
from tests import factories
from tests.approval.test_attacks_facts import form, url
from tests.home.test_facts import SAID
from tests.workflow import SMUGGLED, fresh

pytestmark = pytest.mark.django_db
COMMON = ("key", "source", "checked_on", "checked_by", "months", "valid_from", "valid_until")


@pytest.fixture
def fact(module_tree: Any) -> Fact:
    return factories.fact("members", **{**SAID, "checked_on": timezone.localdate() - timedelta(days=90)})


def row_of(fact: Fact, language: str) -> int:
    return next(n for n, row in enumerate(fact.words.all()) if row.locale.language_code == language)


def said(fact: Fact) -> dict[str, str]:
    newest = fresh(fact).get_latest_revision_as_object()
    return {row.locale.language_code: row.label for row in newest.words.all()}


def test_a_translator_changes_the_words_of_the_translation_alone(client_as, tlumaczka, fact):
    before = fact.get_latest_revision_as_object()
    polish, english = row_of(fact, "pl"), row_of(fact, "en")
    attack = {"key": "inny", "source": "https://evil.example/", "checked_by": "Ktoś", "checked_on": "2026-01-01",
              "months": "7", "valid_from": "2026-01-01", "valid_until": "2026-01-02",
              f"words-{polish}-label": SMUGGLED, f"words-{polish}-value": SMUGGLED,
              f"words-{english}-label": "Said anew"}  # fmt: skip
    client_as(tlumaczka).post(url("edit", fact.pk), form(fact, **attack))
    after = fresh(fact).get_latest_revision_as_object()
    assert {name: getattr(after, name) for name in COMMON} == {name: getattr(before, name) for name in COMMON}
    assert said(fact)["en"] == "Said anew"
    assert said(fact)["pl"] == next(row.label for row in before.words.all() if row.locale.language_code == "pl")


def test_a_translator_takes_no_original_words_away_and_adds_none(client_as, tlumaczka, fact):
    before, polish = said(fact), row_of(fact, "pl")
    locale = form(fact)[f"words-{polish}-locale"]
    more = {"words-TOTAL_FORMS": "3", "words-2-id": "", "words-2-locale": locale, "words-2-label": SMUGGLED,
            "words-2-value": SMUGGLED, "words-2-sentence": "", "words-2-note": "",
            "words-2-source_name": ""}  # fmt: skip
    other = {f"words-{row_of(fact, 'en')}-locale": locale, f"words-{polish}-DELETE": "on"}
    for attack in ({f"words-{polish}-DELETE": "on"}, more, other):
        client_as(tlumaczka).post(url("edit", fact.pk), form(fact, **attack))
        assert said(fact) == before, attack


def test_an_author_changes_all_of_it(client_as, autorka, fact):
    client_as(autorka).post(url("edit", fact.pk), form(fact, checked_by="Ktoś Inny"))
    assert fresh(fact).get_latest_revision_as_object().checked_by == "Ktoś Inny"


def test_a_new_value_asks_when_it_was_read(client_as, autorka, fact):
    sent = {"words-0-value": "15", "words-1-value": "15", "action-submit": "1"}
    answer = client_as(autorka).post(url("edit", fact.pk), form(fact, **sent))
    assert answer.context["form"].errors["checked_on"]
    assert not fresh(fact).workflow_in_progress
    client_as(autorka).post(url("edit", fact.pk), form(fact, **sent, checked_on=str(timezone.localdate())))
    assert fresh(fact).workflow_in_progress


def test_other_words_for_the_same_value_need_no_new_day(client_as, autorka, fact):
    client_as(autorka).post(url("edit", fact.pk), form(fact, **{"words-0-label": "Ilu", "action-submit": "1"}))
    assert fresh(fact).workflow_in_progress


def test_whoever_decides_reads_that_the_other_language_keeps_its_value(client_as, autorka, redaktorka, fact):
    sent = {"words-0-value": "15", "checked_on": str(timezone.localdate()), "action-submit": "1"}
    client_as(autorka).post(url("edit", fact.pk), form(fact, **sent))
    state = fresh(fact).current_workflow_task_state
    shown = client_as(redaktorka).get(reverse("newsroom:decide", args=[state.pk])).content.decode()
    assert "(angielski)" in shown
    newest = fresh(fact).get_latest_revision_as_object()
    assert len(list(newest.find_doubts())) == 1, "the day is a new one"


def test_whoever_decides_reads_that_nobody_read_the_source_again(autorka, fact):
    draft = fact.get_latest_revision_as_object()
    words = list(draft.words.all())
    for one in words:
        one.value = SMUGGLED
    draft.words = words
    assert len(list(draft.find_doubts())) == 1
