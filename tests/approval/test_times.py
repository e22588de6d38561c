"""The time of a text belongs to whoever approves it, too: set, moved and taken away without writing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation
from wagtail.models import PageLogEntry

from approval import ledger_words, times, verification
from approval.contributors import contributors
from approval.models import Act, LedgerEntry
from approval.views.subjects import address, decision_address
from tests.approval.attacks import state_of as step
from tests.records import last, told
from tests.workflow import draft_of, fresh, publish_properly, shown_to_visitors, submit, take_step, what_visitors_see

LATER = timezone.now().replace(microsecond=0) + timedelta(days=30)


@pytest.fixture
def at(monkeypatch) -> Any:
    """Sets the clock."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


def set_time(browser: Client, page: Any, go_live_at: Any = LATER, expire_at: Any = "") -> Any:
    said = {
        name: value.isoformat() if value else ""
        for name, value in {"go_live_at": go_live_at, "expire_at": expire_at}.items()
    }
    return browser.post(decision_address(step(page)), {"action": "times", **said})


def approve(browser: Client, page: Any, *, follow: bool = False, **more: Any) -> Any:
    data = {"action": "approve", "shown": fresh(page).latest_revision_id, "comment": "", **more}
    return browser.post(decision_address(step(page)), data, follow=follow)


def move(browser: Client, page: Any, go_live_at: Any = "", **more: Any) -> Any:
    when = go_live_at.isoformat() if go_live_at else ""
    waiting = fresh(page).scheduled_revision
    said = {"action": "move", "revision": waiting.pk if waiting else "", "go_live_at": when, **more}
    return browser.post(address("approval:publication_time", page), said)


def test_whoever_approves_sets_the_time_and_is_no_author(in_approval, autorka, koordynator2, client_as, at):
    browser = client_as(koordynator2)
    before = fresh(in_approval).latest_revision_id
    set_time(browser, in_approval, LATER, LATER + timedelta(days=7))
    page = fresh(in_approval)
    assert page.latest_revision_id == before
    assert set(contributors(page)) == {autorka.pk}
    log = PageLogEntry.objects.filter(page=page.pk, action="approval.time").get()
    assert log.user == koordynator2
    approve(browser, page)
    entry = last(page)
    assert (entry.act, entry.due) == (Act.SCHEDULED, LATER)
    assert not fresh(page).live
    assert not list(verification.doubts([fresh(page)]))
    at(LATER + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert what_visitors_see(page)[0] == 200
    at(LATER + timedelta(days=7, minutes=1))
    call_command("publish_scheduled")
    assert what_visitors_see(page)[0] == 404


def test_the_time_that_the_author_chose_can_be_taken_away(autorka, redaktorka, koordynatorka, client_as):
    page = draft_of(autorka, "Later", go_live_at=LATER)
    submit(page, autorka)
    take_step(page, redaktorka)
    set_time(client_as(koordynatorka), page, "")
    approve(client_as(koordynatorka), page)
    assert what_visitors_see(page)[0] == 200


def test_one_step_sets_the_morning_of_a_working_day(in_approval, koordynatorka, client_as):
    browser = client_as(koordynatorka)
    for moment in times.suggestions():
        assert moment.isoformat() in browser.get(decision_address(step(in_approval))).content.decode()
        set_time(browser, in_approval, moment)
        assert times.planned(fresh(in_approval).get_latest_revision())["go_live_at"] == moment


def test_no_holiday_and_no_weekend_is_suggested(at):
    at(datetime(2026, 12, 23, 15, tzinfo=UTC))
    assert [timezone.localtime(moment).strftime("%d.%m %H:%M") for moment in times.suggestions()] == [
        "28.12 08:00",
        "29.12 08:00",
        "30.12 08:00",
    ]


def test_eight_o_clock_is_eight_o_clock_on_both_sides_of_the_clock_change(at):
    at(datetime(2027, 3, 25, 15, tzinfo=UTC))
    assert {timezone.localtime(moment).hour for moment in times.suggestions()} == {8}


def test_nobody_publishes_at_once_what_they_saw_with_a_time(in_approval, koordynatorka, koordynator2, client_as):
    set_time(client_as(koordynatorka), in_approval)
    seen = times.fingerprint(fresh(in_approval).get_latest_revision())
    set_time(client_as(koordynatorka), in_approval, "")
    said = approve(client_as(koordynator2), in_approval, follow=True, times=seen)
    assert step(in_approval) is not None and not fresh(in_approval).live
    assert said.status_code == 200
    approve(client_as(koordynator2), in_approval, times=times.fingerprint(fresh(in_approval).get_latest_revision()))
    assert fresh(in_approval).live


def test_two_texts_at_one_minute(in_approval, autorka, redaktorka, koordynatorka, client_as, at):
    other = draft_of(autorka, "Other")
    submit(other, autorka)
    take_step(other, redaktorka)
    browser = client_as(koordynatorka)
    for page in (in_approval, other):
        set_time(browser, page)
        approve(browser, page)
    at(LATER + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert fresh(in_approval).live and fresh(other).live


# --- Afterwards -----------------------------------------------------------------------------------


def test_the_time_of_what_is_approved_is_moved_without_a_new_approval(scheduled, koordynator2, client_as, at):
    before = last(scheduled)
    move(client_as(koordynator2), scheduled, LATER)
    entry = last(scheduled)
    assert (entry.act, entry.due, entry.user, entry.answered) == (Act.SCHEDULED, LATER, koordynator2, before)
    assert [str(one) for one in entry.named] == [str(one) for one in before.named]
    assert not list(verification.doubts([fresh(scheduled)]))
    at(before.due + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert not fresh(scheduled).live
    at(LATER + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert fresh(scheduled).live
    assert not list(verification.doubts([fresh(scheduled)]))


def test_it_can_go_live_now(scheduled, koordynator2, client_as):
    move(client_as(koordynator2), scheduled, now="1")
    assert what_visitors_see(scheduled)[0] == 200
    assert last(scheduled).act == Act.PUBLISHED
    assert not list(verification.doubts([fresh(scheduled)]))
    moved = LedgerEntry.objects.for_instance(scheduled).filter(act=Act.SCHEDULED).first()
    with translation.override("en"):
        assert ledger_words.sentence(moved) == f"{koordynator2.name} had it published at once."
        assert ledger_words.sentence(last(scheduled)) == "Published after approval.", "not by itself"
    assert told("published-early") and not (told("due") | told("moved"))


# --- What is refused ------------------------------------------------------------------------------


def test_nobody_else_sets_or_moves_a_time(in_approval, scheduled, autorka, redaktorka, tlumaczka, client_as):
    before, seen = times.fingerprint(fresh(in_approval).get_latest_revision()), shown_to_visitors()
    for person in (autorka, redaktorka, tlumaczka):
        browser = client_as(person)
        set_time(browser, in_approval)
        move(browser, scheduled, LATER)
        move(browser, scheduled, now="1")
        assert times.fingerprint(fresh(in_approval).get_latest_revision()) == before, person
        assert last(scheduled).due < LATER, person
        assert shown_to_visitors() == seen, person


def test_who_wrote_it_moves_no_time(koordynatorka, redaktorka, koordynator2, client_as):
    page = draft_of(koordynatorka, "Own", go_live_at=LATER)
    publish_properly(page, koordynatorka, redaktorka, koordynator2)
    move(client_as(koordynatorka), page, now="1")
    assert not fresh(page).live
    own = draft_of(koordynatorka, "Other own")
    submit(own, koordynatorka)
    take_step(own, redaktorka)
    set_time(client_as(koordynatorka), own)
    assert times.planned(fresh(own).get_latest_revision())["go_live_at"] is None


def test_the_step_before_sets_no_time(in_review, redaktorka, client_as):
    set_time(client_as(redaktorka), in_review)
    assert times.planned(fresh(in_review).get_latest_revision())["go_live_at"] is None


@pytest.mark.parametrize(
    "typed",
    [
        {"go_live_at": "2020-01-07T08:00"},
        {"go_live_at": "2027-03-28T02:30"},
        {"go_live_at": "9999-01-01T08:00"},
        {"go_live_at": "wtorek"},
        {"go_live_at": (LATER + timedelta(days=1)).isoformat(), "expire_at": LATER.isoformat()},
    ],
    ids=["over", "skipped by the clocks", "too far", "no time", "ends first"],
)
def test_a_time_that_is_none_is_refused_beside_its_field(typed, in_approval, scheduled, koordynator2, client_as):
    browser = client_as(koordynator2)
    places = [(decision_address(step(in_approval)), "times")]
    if "expire_at" not in typed:
        places.append((address("approval:publication_time", scheduled), "move"))
    for url, action in places:
        answer = browser.post(url, {"action": action, **typed})
        assert answer.status_code == 200
        assert answer.content.decode().count('class="error-message"') == 1
    assert times.planned(fresh(in_approval).get_latest_revision())["go_live_at"] is None
    assert last(scheduled).act == Act.SCHEDULED and last(scheduled).answered is None


def test_an_empty_form_publishes_nothing_at_once(scheduled, koordynator2, client_as):
    move(client_as(koordynator2), scheduled)
    assert not fresh(scheduled).live


def test_looking_sets_nothing(in_approval, koordynator2, client_as):
    client_as(koordynator2).get(
        decision_address(step(in_approval)), {"action": "times", "go_live_at": LATER.isoformat()}
    )
    assert times.planned(fresh(in_approval).get_latest_revision())["go_live_at"] is None
