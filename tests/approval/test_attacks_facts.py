"""Attacks on facts: a public one shows on many pages in two languages, so nobody changes it alone, and none goes."""

from typing import Any

import pytest
from django.urls import reverse

from approval import emergency, file_protection, verification
from approval.models import Act, LedgerEntry
from approval.publish_guard import NotApprovedError
from home.models import Fact, FactWords
from tests import factories
from tests.home.test_facts import SAID, body_with
from tests.workflow import (
    SMUGGLED,
    fresh,
    nothing_changes_for_visitors,
    refused_politely,
    submit,
    take_step,
)

pytestmark = pytest.mark.django_db
EVERYBODY = ("autorka", "redaktorka", "koordynatorka", "tlumaczka", "admin")


def url(name: str, *args: Any) -> str:
    return reverse(Fact.snippet_viewset.get_url_name(name), args=args)


def form(fact: Fact, **changes: str) -> dict[str, str]:
    """The editor's form with what `fact` says."""
    rows = list(fact.words.all())
    values = {
        "words-TOTAL_FORMS": str(len(rows)),
        "words-INITIAL_FORMS": str(len(rows)),
        "words-MIN_NUM_FORMS": "0",
        "words-MAX_NUM_FORMS": "1000",
        "key": fact.key,
        "source": fact.source,
        "checked_on": str(fact.checked_on or ""),
        "checked_by": fact.checked_by,
        "valid_from": "",
        "valid_until": "",
        "months": "",
    }
    for number, row in enumerate(rows):
        values |= {
            f"words-{number}-id": str(row.pk),
            f"words-{number}-locale": str(row.locale_id),
            **{f"words-{number}-{name}": getattr(row, name) for name in ("label", "value", "sentence", "note")},
            f"words-{number}-source_name": row.source_name,
            f"words-{number}-DELETE": "",
        }
    return {**values, **changes}


@pytest.fixture(scope="module")
def rows(module_tree: Any) -> tuple[Fact, Any]:
    fact = factories.fact(**SAID)
    return fact, factories.standard_page(body=body_with(fact))


@pytest.fixture
def fact(rows: Any) -> Fact:
    return fresh(rows[0])


@pytest.fixture
def page(rows: Any) -> Any:
    """It stands there."""
    return fresh(rows[1])


def with_value(fact: Fact, value: str) -> Fact:
    draft = fact.latest_revision.as_object()
    words = list(draft.words.all())
    for one in words:
        one.value = value
    draft.words = words
    return draft


def test_a_public_fact_edited_and_published(client_as, pages, page, fact):
    with nothing_changes_for_visitors(page):
        for who in EVERYBODY:
            for action in ({"action-publish": "1"}, {}):
                changes = {"words-0-value": f"{SMUGGLED} {who}", "words-1-value": SMUGGLED, **action}
                assert refused_politely(client_as(pages(who)).post(url("edit", fact.pk), form(fact, **changes))), who
    proposed = fresh(fact).get_latest_revision_as_object()
    assert SMUGGLED in next(iter(proposed.words.all())).value, "the draft is there, and shows nowhere"


def test_a_fact_taken_away_from_a_public_page(client_as, pages, page, fact):
    bulk = reverse("wagtail_bulk_action", args=["home", "fact", "delete"])
    with nothing_changes_for_visitors(page):
        for who in EVERYBODY:
            for address in (url("unpublish", fact.pk), url("delete", fact.pk), f"{bulk}?id={fact.pk}&next=/admin/"):
                assert refused_politely(client_as(pages(who)).get(address)), (who, address)
                assert refused_politely(client_as(pages(who)).post(address)), (who, address)
                assert fresh(fact).live, (who, address)


def test_a_fact_that_stands_nowhere_is_taken_down_by_a_coordinator_alone(client_as, pages):
    alone = factories.fact(**SAID)
    for who in ("autorka", "redaktorka", "tlumaczka", "koordynatorka"):
        assert fresh(alone).live, who
        client_as(pages(who)).post(url("unpublish", alone.pk), {"reason": "Nieaktualny."})
    assert not fresh(alone).live
    entry = LedgerEntry.objects.for_instance(alone).get(act=Act.TAKEN_DOWN)
    assert (entry.user, entry.reason) == (pages("koordynatorka"), "Nieaktualny.")


def test_a_fact_approved_by_whoever_wrote_it(client_as, koordynatorka, redaktorka, page, fact):
    with_value(fact, SMUGGLED).save_revision(user=koordynatorka)
    submit(fresh(fact), koordynatorka)
    take_step(fresh(fact), redaktorka)
    state = fresh(fact).current_workflow_task_state
    with nothing_changes_for_visitors(page):
        browser = client_as(koordynatorka)
        assert refused_politely(browser.post(url("workflow_action", fact.pk, "approve", state.pk)))
        assert refused_politely(browser.post(reverse("newsroom:decide", args=[state.pk]), {"action": "approve"}))


def test_a_fact_saved_in_a_shell(page, fact):
    with nothing_changes_for_visitors(page), pytest.raises(NotApprovedError):
        with_value(fact, SMUGGLED).save()


def test_the_words_of_a_fact_written_past_it_in_the_database_are_noticed(fact):
    FactWords.objects.filter(fact=fact).update(value=SMUGGLED)
    assert [doubt.instance for doubt in verification.doubts([fresh(fact)])] == [fact]


def test_a_page_smuggles_in_a_fact_that_nobody_approved(autorka, redaktorka, koordynatorka, page):
    draft = factories.fact(live=False, pl={"label": SMUGGLED}, en={"label": SMUGGLED})
    page.body = body_with(draft)
    page.save_revision(user=autorka)
    with nothing_changes_for_visitors(page):
        submit(page, autorka)
        take_step(page, redaktorka)
        with pytest.raises(Exception, match=SMUGGLED):
            take_step(page, koordynatorka)
        with pytest.raises(Exception, match=SMUGGLED):
            emergency.publish(
                fresh(page), koordynatorka, "Zarządzenie jest od dziś inne.", fresh(page).latest_revision_id
            )


def test_a_translator_proposes_words_and_somebody_else_approves(client_as, tlumaczka, redaktorka, koordynatorka, fact):
    english = next(n for n, row in enumerate(fact.words.all()) if row.locale.language_code == "en")
    sent = form(fact, **{f"words-{english}-sentence": "at least ten", "action-submit": "1"})
    client_as(tlumaczka).post(url("edit", fact.pk), sent)
    take_step(fresh(fact), redaktorka)
    take_step(fresh(fact), koordynatorka)
    assert {row.sentence for row in fresh(fact).words.all()} == {"", "at least ten"}


def test_a_fact_without_its_source_is_not_sent_and_says_why(client_as, autorka):
    draft = factories.fact(live=False, pl={"label": "Kworum"}, en={"label": "Quorum"})
    sent = form(draft, **{"words-0-value": "5", "words-1-value": "5", "action-submit": "1"})
    client_as(autorka).post(url("edit", draft.pk), sent)
    assert fresh(draft).current_workflow_state is None
    sent |= {"source": "https://bip.example/", "checked_on": "2026-01-05", "checked_by": "Anna"}
    client_as(autorka).post(url("edit", draft.pk), sent)
    assert fresh(draft).current_workflow_state is not None


def test_a_fact_whose_text_is_approved_while_somebody_looks_where_it_stands(
    monkeypatch, autorka, redaktorka, koordynatorka
):
    """No longer waiting and not yet public: between two looks it would be nowhere."""
    fact = factories.fact(**SAID)
    text = factories.standard_page(body=body_with(fact), live=False)
    submit(text, autorka)
    take_step(text, redaktorka)
    look = file_protection._public

    def looks_and_then_it_is_approved(thing: Any) -> Any:
        found = list(look(thing))
        take_step(text, koordynatorka)
        return found

    monkeypatch.setattr(file_protection, "_public", looks_and_then_it_is_approved)
    assert [place.title for place in file_protection.places(fact)] == [text.title]
    assert fresh(text).live
