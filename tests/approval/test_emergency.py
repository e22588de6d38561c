"""The emergency exit: loud, with a reason, and answered by somebody else."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry, WorkflowState

from approval import emergency, verification
from approval.models import Act, LedgerEntry
from approval.signals import decided
from approval.views.subjects import address
from home.models import SiteSettings
from tests.records import last
from tests.workflow import (
    APPROVED,
    SMUGGLED,
    draft_of,
    edit_url,
    form_of,
    fresh,
    in_an_hour,
    publish_properly,
    submit,
    take_step,
    what_visitors_see,
)

REASON = "Powódź: zbiórka odwołana, ludzie już jadą."
URGENT = "The gathering is cancelled because of the flood"


def publish(browser: Client, page: Any, reason: str = REASON, **changes: Any) -> Any:
    data = {"reason": reason, "revision": fresh(page).latest_revision_id, **changes}
    return browser.post(address("approval:emergency", page), data)


def answer(browser: Client, entry: LedgerEntry, how: str, *, follow: bool = False) -> Any:
    url = address("approval:answer", entry.instance, entry.pk)
    return browser.post(url, {"answer": how, "comment": "Read it"}, follow=follow)


def rewrite(browser: Client, page: Any, lead: str = URGENT) -> None:
    assert browser.post(edit_url(page), form_of(page, lead=lead)).status_code == 302
    assert fresh(page).get_latest_revision_as_object().lead == lead


@pytest.fixture
def urgent(live_page, koordynatorka) -> LedgerEntry:
    """A live page that koordynatorka rewrote and published in an emergency."""
    live_page.lead = URGENT
    live_page.save_revision(user=koordynatorka, log_action=True)
    emergency.publish(fresh(live_page), koordynatorka, REASON, live_page.latest_revision_id)
    return last(live_page)


def test_coordinator_publishes_the_newest_text_at_once_and_the_ledger_says_why(live_page, koordynatorka, client_as):
    rewrite(client_as(koordynatorka), live_page)
    assert publish(client_as(koordynatorka), live_page).status_code == 302
    urgent = last(live_page)
    assert URGENT in what_visitors_see(live_page)[1]
    assert (urgent.act, urgent.user, urgent.reason) == (Act.EMERGENCY, koordynatorka, REASON)
    assert urgent.revision_number == fresh(live_page).live_revision_id
    assert [person.user_id for person in urgent.contributors] == [koordynatorka.pk]
    assert urgent.approvals == []
    log = PageLogEntry.objects.get(page=live_page.pk, action="approval.emergency")
    assert log.user == koordynatorka
    assert log.comment == REASON


def test_every_decision_is_told_to_whoever_listens(live_page, koordynatorka, client_as):
    heard = []
    listener = lambda entry, **_signal: heard.append(entry.act)  # noqa: E731 (kept alive by its name)
    decided.connect(listener)
    try:
        rewrite(client_as(koordynatorka), live_page)
        publish(client_as(koordynatorka), live_page)
    finally:
        decided.disconnect(listener)
    assert heard == [Act.EMERGENCY]


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "pilne",
        "   pilne" + " " * 20,
        "x" * 19,
        "to" + " " * 30 + "pilne",
        "\u200b" * 25,
        "." * 25,
        "x" * 25,
        "pilne" * 5,
    ],
)
def test_a_reason_that_says_too_little_publishes_nothing(reason, draft, koordynatorka, client_as):
    assert publish(client_as(koordynatorka), draft, reason).status_code == 200
    assert not fresh(draft).live
    assert last(draft) is None


@pytest.mark.parametrize("who", ["autorka", "redaktorka", "tlumaczka"])
def test_people_without_the_permission_find_no_exit(who, draft, request, client_as):
    person = request.getfixturevalue(who)
    browser = client_as(person)
    assert publish(browser, draft).status_code == 302
    assert browser.get(address("approval:emergency", draft)).status_code == 302
    assert not fresh(draft).live
    assert b"action-emergency" not in browser.get(edit_url(draft)).content


def test_visitor_is_sent_to_the_login(draft):
    assert "/login/" in publish(Client(), draft)["Location"]
    assert not fresh(draft).live


def test_exit_publishes_only_the_version_that_was_shown(draft, koordynatorka, autorka, client_as):
    shown = draft.latest_revision_id
    draft.lead = "Changed meanwhile"
    draft.save_revision(user=autorka)
    publish(client_as(koordynatorka), draft, revision=shown)
    assert not fresh(draft).live


def test_the_version_that_was_shown_is_not_written_over_meanwhile(draft, koordynatorka, autorka, client_as):
    """Autosave writes over its own version, which keeps its number."""
    autosave = {"accept": "application/json"}
    client_as(autorka).post(edit_url(draft), form_of(draft, lead="What the coordinator sees"), headers=autosave)
    shown = fresh(draft).latest_revision_id
    client_as(koordynatorka).get(address("approval:emergency", draft))
    changed = form_of(draft, lead=SMUGGLED, overwrite_revision_id=str(shown))
    assert client_as(autorka).post(edit_url(draft), changed, headers=autosave).json()["success"]
    publish(client_as(koordynatorka), draft, revision=shown)
    assert not fresh(draft).live


def test_nothing_to_publish_is_said_and_not_done(live_page, koordynatorka, client_as):
    browser = client_as(koordynatorka)
    shown = browser.get(address("approval:emergency", live_page))
    assert b'name="reason"' not in shown.content
    publish(browser, live_page)
    assert last(live_page).act == Act.PUBLISHED


def test_running_review_ends_with_the_emergency(in_review, koordynatorka, client_as):
    state = in_review.current_workflow_state
    publish(client_as(koordynatorka), in_review)
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_CANCELLED
    assert APPROVED in what_visitors_see(in_review)[1]


def test_emergency_does_not_wait_for_a_time_and_withdraws_the_approved_one(scheduled, koordynator2, client_as):
    publish(client_as(koordynator2), scheduled)
    assert fresh(scheduled).live
    acts = list(LedgerEntry.objects.for_instance(scheduled).values_list("act", flat=True))
    assert acts == [Act.EMERGENCY, Act.WITHDRAWN, Act.SCHEDULED]


# --- The answer -----------------------------------------------------------------------------


def test_page_is_marked_until_somebody_independent_confirms(urgent, live_page, koordynatorka, koordynator2, client_as):
    browser = client_as(koordynator2)
    banner = address("approval:answer", live_page, urgent.pk)
    listing = reverse("wagtailadmin_explore", args=[live_page.get_parent().pk])
    assert banner in browser.get(edit_url(live_page)).content.decode()
    assert browser.get(listing).content.decode().count("newsroom-mark") == 1
    answer(browser, urgent, "confirm")
    confirmed = last(live_page)
    assert (confirmed.act, confirmed.user, confirmed.answered) == (Act.CONFIRMED, koordynator2, urgent)
    assert banner not in browser.get(edit_url(live_page)).content.decode()
    assert b"newsroom-mark" not in browser.get(listing).content


def test_who_published_it_cannot_confirm_it(urgent, live_page, koordynatorka, client_as):
    shown = client_as(koordynatorka).get(address("approval:answer", live_page, urgent.pk)).content.decode()
    assert 'value="confirm"' not in shown
    answer(client_as(koordynatorka), urgent, "confirm")
    assert last(live_page) == urgent


def test_who_wrote_it_cannot_confirm_it(live_page, koordynatorka, koordynator2, client_as):
    rewrite(client_as(koordynator2), live_page)
    publish(client_as(koordynatorka), live_page)
    answer(client_as(koordynator2), last(live_page), "confirm")
    assert last(live_page).act == Act.EMERGENCY


@pytest.mark.parametrize("who", ["autor2", "redaktorka", "tlumaczka"])
def test_who_approves_nothing_cannot_confirm_it(who, urgent, live_page, request, client_as):
    answer(client_as(request.getfixturevalue(who)), urgent, "confirm")
    assert last(live_page) == urgent


def test_two_emergencies_in_a_row_need_somebody_outside_both(urgent, live_page, koordynatorka, koordynator2, client_as):
    rewrite(client_as(koordynatorka), live_page, "A second urgent text")
    publish(client_as(koordynator2), live_page)
    second = last(live_page)
    answer(client_as(koordynatorka), second, "confirm")
    answer(client_as(koordynator2), second, "confirm")
    answer(client_as(koordynator2), urgent, "confirm")
    assert last(live_page) == second
    assert LedgerEntry.objects.for_instance(live_page).unconfirmed().count() == 2


def test_confirmed_text_is_approved_text_from_then_on(urgent, live_page, autorka, redaktorka, koordynator2, client_as):
    answer(client_as(koordynator2), urgent, "confirm")
    rewrite(client_as(autorka), live_page, "Next text")
    publish_properly(fresh(live_page), autorka, redaktorka, koordynator2)
    assert [person.user_id for person in last(live_page).contributors] == [autorka.pk]


def test_approved_version_comes_back_with_one_click(urgent, live_page, koordynator2, client_as):
    before = LedgerEntry.objects.for_instance(live_page).get(act=Act.PUBLISHED)
    answer(client_as(koordynator2), urgent, "put-back")
    page = fresh(live_page)
    back = last(live_page)
    assert APPROVED in what_visitors_see(page)[1]
    assert (back.act, back.user, back.answered, back.digest) == (Act.RESTORED, koordynator2, urgent, before.digest)
    assert [str(person) for person in back.named] == [str(person) for person in before.named]
    assert page.get_latest_revision_as_object().lead == URGENT, "the emergency text stays as a draft"
    assert not LedgerEntry.objects.unconfirmed().exists()


def test_first_publication_in_an_emergency_has_nothing_to_put_back(draft, koordynatorka, koordynator2, client_as):
    publish(client_as(koordynatorka), draft)
    said = answer(client_as(koordynator2), last(draft), "put-back", follow=True).content.decode()
    assert last(draft).act == Act.EMERGENCY
    assert 'class="error"' in said or "messages" in said
    client_as(koordynator2).post(reverse("wagtailadmin_pages:unpublish", args=[draft.pk]), {"reason": "Nie tak"})
    assert not fresh(draft).live
    assert not LedgerEntry.objects.unconfirmed().exists()


def test_answer_of_another_page_answers_nothing(urgent, draft, koordynator2, client_as):
    url = address("approval:answer", draft, urgent.pk)
    assert client_as(koordynator2).post(url, {"answer": "confirm"}).status_code == 404
    assert LedgerEntry.objects.unconfirmed().get() == urgent


def test_after_an_emergency_the_text_can_be_approved_in_the_ordinary_way(
    urgent, live_page, koordynatorka, redaktorka, koordynator2
):
    page = fresh(live_page)
    page.lead = "Corrected"
    page.save_revision(user=koordynatorka)
    submit(page, koordynatorka)
    take_step(page, redaktorka)
    take_step(page, koordynator2)
    assert last(live_page).act == Act.PUBLISHED
    assert not LedgerEntry.objects.unconfirmed().exists()


def test_emergency_text_with_a_time_in_the_future_goes_live_now(autorka, koordynatorka, client_as):
    page = draft_of(autorka, "Later", go_live_at=in_an_hour())
    publish(client_as(koordynatorka), page)
    assert what_visitors_see(fresh(page))[0] == 200


def test_text_of_an_operator_that_was_put_back_stands_as_it_did_before(koordynatorka, koordynator2, client_as):
    texts = SiteSettings.objects.get(locale__language_code="pl")
    texts.tagline = URGENT
    texts.save_revision(user=koordynatorka)
    assert publish(client_as(koordynatorka), texts).status_code == 302
    answer(client_as(koordynator2), last(texts), "put-back")
    assert last(texts).act == Act.RESTORED
    assert not list(verification.doubts([fresh(texts)]))


def test_where_nothing_was_public_before_the_answer_offers_to_take_the_page_down(
    in_review, koordynatorka, koordynator2, client_as
):
    publish(client_as(koordynatorka), in_review)
    page = client_as(koordynator2).get(address("approval:answer", in_review, last(in_review).pk)).content.decode()
    assert reverse("wagtailadmin_pages:unpublish", args=[in_review.pk]) in page


def test_nobody_is_asked_to_confirm_what_they_published(urgent, live_page, koordynatorka, koordynator2, client_as):
    for where in (reverse("wagtailadmin_home"), address("approval:answer", live_page, urgent.pk), edit_url(live_page)):
        assert "potwierd" in buttons_on(client_as(koordynator2).get(where)), where
        assert "potwierd" not in buttons_on(client_as(koordynatorka).get(where)), where


def buttons_on(answer: Any) -> str:
    """The words of everything that can be pressed, and what it sends."""
    pressable = re.findall(r"<(?:a|button)\b[^>]*>.*?</(?:a|button)>", answer.content.decode(), re.S)
    words = " ".join(
        re.sub(r"<[^>]+>", " ", each) + (" potwierd" if 'value="confirm"' in each else "") for each in pressable
    )
    return words.lower()


def test_whoever_worked_on_it_is_not_asked_either(live_page, koordynatorka, koordynator2, client_as):
    page = fresh(live_page)
    page.lead = URGENT
    page.save_revision(user=koordynator2)
    publish(client_as(koordynatorka), page)
    text = client_as(koordynator2).get(reverse("wagtailadmin_home")).content.decode()
    assert "dashboard-confirm" not in text


def test_whoever_published_is_led_to_the_page(draft, koordynatorka, client_as):
    browser = client_as(koordynatorka)
    text = browser.get(publish(browser, draft).url).content.decode()
    assert f'href="{fresh(draft).url}"' in text.split("</ul>")[0]
