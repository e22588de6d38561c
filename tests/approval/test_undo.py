"""Undo: the text that was public before comes back at once, by one coordinator, and nothing else does."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from approval import archive, emergency, ledger_words, verification
from approval.models import Act, LedgerEntry
from approval.undo import version_before
from approval.views.subjects import address, decision_address
from home.models import SiteSettings
from tests.approval.release_scene import Pair, together
from tests.approval.scene import crew, published
from tests.records import last
from tests.workflow import (
    APPROVED,
    SMUGGLED,
    draft_of,
    edit_url,
    fresh,
    in_an_hour,
    publish_properly,
    refused_politely,
    shown_to_visitors,
    submit,
    take_step,
    what_visitors_see,
)

SECOND = "The second text, which has a mistake"
THIRD = "The third text, which waits for others"


@pytest.fixture(scope="module")
def page_of_all(module_tree) -> Any:
    author, reviewer, approver, _translator = crew()
    page = published("Two texts")
    page.lead = SECOND
    page.save_revision(user=author)
    return publish_properly(page, author, reviewer, approver)


@pytest.fixture
def page(page_of_all, db) -> Any:
    """Two texts of it were approved, one after the other."""
    return fresh(page_of_all)


def undo(browser: Client, page: Any, *, follow: bool = False, **changes: Any) -> Any:
    before = version_before(fresh(page))
    data = {"before": before.pk if before else "", "reason": "\x00Zły termin", **changes}
    return browser.post(address("approval:undo", page), data, follow=follow)


def test_the_text_before_is_public_again_and_the_record_says_who_and_why(page, koordynator2, client_as):
    browser = client_as(koordynator2)
    first = LedgerEntry.objects.for_instance(page).order_by("pk").first()
    shown = browser.get(address("approval:undo", page)).content.decode()
    assert APPROVED in shown and SECOND in shown, "what changes is shown first"
    said = undo(browser, page, follow=True).content.decode()
    assert f'href="{fresh(page).url}"' in said
    assert APPROVED in what_visitors_see(page)[1]
    entry = last(page)
    assert (entry.act, entry.user, entry.reason, entry.answered) == (Act.RESTORED, koordynator2, "Zły termin", first)
    assert [str(person) for person in entry.named] == [str(person) for person in first.named]
    assert not list(verification.doubts([fresh(page)]))


def test_the_other_language_of_a_pair_stays_and_is_named(
    page, autorka, tlumaczka, redaktorka, koordynatorka, koordynator2, client_as
):
    page.lead = "The third text, which went live with the other language"
    page.save_revision(user=autorka)
    english = draft_of(tlumaczka, "In English", language="en", translation_key=page.translation_key)
    release = together(page, autorka)
    Pair(page, english, release, autorka, tlumaczka, redaktorka, koordynatorka).approve(fresh(page))
    publish_properly(english, tlumaczka, redaktorka, koordynatorka)
    browser = client_as(koordynator2)
    shown = browser.get(address("approval:undo", page)).content.decode()
    assert f'<a href="{fresh(english).url}">In English</a>' in shown
    undo(browser, page)
    assert SECOND in what_visitors_see(page)[1]
    assert fresh(english).live
    entry = last(page)
    assert entry.release_number == release.pk
    with translation.override("en"):
        assert "Its other language stayed as it was" in ledger_words.sentence(entry)
    assert not list(verification.doubts([fresh(page), fresh(english)]))
    page = fresh(page)
    page.lead = THIRD
    page.save_revision(user=autorka)
    page.get_workflow().start(page, autorka)
    take_step(page, redaktorka, "reject", comment="Popraw")
    together(page, autorka)
    shown = browser.get(address("approval:undo", page))
    assert shown.context["ends_release"] and not shown.context["is_in_progress"], "it was returned"


def test_the_editor_goes_on_with_what_visitors_see(page, koordynator2, autorka, redaktorka, koordynatorka, client_as):
    undo(client_as(koordynator2), page)
    page = fresh(page)
    assert page.get_latest_revision_as_object().lead == APPROVED
    assert not page.has_unpublished_changes
    page.lead = "Third"
    page.save_revision(user=autorka)
    publish_properly(page, autorka, redaktorka, koordynator2)  # who put it back has written nothing
    assert last(page).act == Act.PUBLISHED
    assert not list(verification.doubts([fresh(page)]))


def test_a_draft_that_somebody_works_on_stays_in_its_workflow_and_is_read_again_beside_what_is_public(
    page, autorka, redaktorka, koordynatorka, koordynator2, client_as
):
    page.lead = THIRD
    page.save_revision(user=autorka)
    submit(page, autorka)
    take_step(page, redaktorka)
    step = page.current_workflow_task_state
    decider = client_as(koordynatorka)
    seen = decider.get(decision_address(step))
    browser = client_as(koordynator2)
    assert browser.get(address("approval:undo", page)).context["is_in_progress"]
    undo(browser, page)
    page = fresh(page)
    assert APPROVED in what_visitors_see(page)[1]
    assert page.get_latest_revision_as_object().lead == THIRD
    assert page.has_unpublished_changes
    assert page.current_workflow_task_state == step, "nobody has to send it again"
    said = seen.context["form"].initial | {"action": "approve"}
    decider.post(decision_address(step), said)
    assert APPROVED in what_visitors_see(page)[1], "with that on the screen, it would have changed something else"
    again = decider.get(decision_address(step))
    assert "look" not in again.context["since_choices"], "what she read since is not what is public now"
    assert any(event.kind == "yes" for event in again.context["timeline"].events)
    said["times"] = again.context["form"].initial["times"]
    decider.post(decision_address(step), said)
    assert APPROVED in what_visitors_see(page)[1], "the reviewer compared it with another text"
    take_step(fresh(page), redaktorka)
    assert THIRD in what_visitors_see(page)[1]
    assert not list(verification.doubts([fresh(page)]))


def test_what_is_approved_for_a_time_loses_its_approval_and_that_is_written_down(
    page, autorka, redaktorka, koordynatorka, koordynator2, client_as
):
    page.lead, page.go_live_at = "For later", in_an_hour()
    page.save_revision(user=autorka)
    publish_properly(page, autorka, redaktorka, koordynatorka)
    undo(client_as(koordynator2), page)
    assert [entry.act for entry in LedgerEntry.objects.for_instance(page)[:3]] == [
        Act.RESTORED,
        Act.WITHDRAWN,
        Act.SCHEDULED,
    ]


def test_undo_can_be_undone(page, koordynator2, client_as):
    undo(client_as(koordynator2), page)
    undo(client_as(koordynator2), page)
    assert SECOND in what_visitors_see(page)[1]


def test_site_settings_have_the_same_way_back(autorka, redaktorka, koordynatorka, koordynator2, client_as):
    texts = SiteSettings.objects.get(locale__language_code="pl")
    before = texts.tagline
    texts.tagline = SECOND
    texts.save_revision(user=autorka)
    publish_properly(texts, autorka, redaktorka, koordynatorka)
    browser = client_as(koordynator2)
    assert (
        address("approval:undo", texts)
        in browser.get(reverse(SiteSettings.snippet_viewset.get_url_name("edit"), args=[texts.pk])).content.decode()
    )
    undo(browser, texts)
    assert fresh(texts).tagline == before
    assert not fresh(texts).has_unpublished_changes
    assert not list(verification.doubts([fresh(texts)]))


# --- What it refuses ------------------------------------------------------------------------------


def test_only_coordinators_undo(page, autorka, redaktorka, tlumaczka, client_as):
    seen = shown_to_visitors()
    for person in (autorka, redaktorka, tlumaczka):
        browser = client_as(person)
        assert refused_politely(browser.get(address("approval:undo", page)))
        undo(browser, page)
        assert shown_to_visitors() == seen, person
        assert b"action-undo" not in browser.get(edit_url(page)).content, person


def test_looking_changes_nothing(page, koordynator2, client_as):
    seen = shown_to_visitors()
    client_as(koordynator2).get(address("approval:undo", page), {"before": version_before(page).pk})
    assert shown_to_visitors() == seen


def test_only_the_version_that_was_on_the_screen_comes_back(page, autorka, redaktorka, koordynatorka, client_as):
    shown = version_before(page).pk
    page.lead = "Third"
    page.save_revision(user=autorka)
    publish_properly(page, autorka, redaktorka, koordynatorka)
    for number in (shown, "", "x", "9" * 5000, LedgerEntry.objects.exclude(object_id=str(page.pk)).first().pk):
        undo(client_as(koordynatorka), page, before=number)
        assert "Third" in what_visitors_see(page)[1]


def test_a_draft_and_an_unanswered_emergency_never_come_back(page, koordynatorka, koordynator2, client_as):
    page.lead = SMUGGLED
    page.save_revision(user=koordynatorka)
    emergency.publish(page, koordynatorka, "Powódź: zbiórka odwołana, ludzie już jadą.", page.latest_revision_id)
    browser = client_as(koordynator2)
    page = fresh(page)
    answer = address("approval:answer", page, emergency.unconfirmed(page).pk)
    assert answer in browser.get(address("approval:undo", page)).content.decode()
    undo(browser, page)
    assert SMUGGLED in what_visitors_see(page)[1], "it has a way of its own"
    emergency.put_back(emergency.unconfirmed(page), koordynator2)
    assert version_before(fresh(page)).digest == LedgerEntry.objects.for_instance(page).order_by("pk").first().digest


def test_what_was_taken_down_stays_down(page, koordynatorka, koordynator2, client_as):
    with archive.with_reason("Nieprawda"):
        page.unpublish(user=koordynatorka)
    undo(client_as(koordynator2), page)
    assert not fresh(page).live
    archive.restore(fresh(page), koordynatorka)
    assert version_before(fresh(page)) is None
    shown = client_as(koordynator2).get(address("approval:undo", page)).content.decode()
    assert 'name="before"' not in shown


def test_a_page_that_had_one_text_offers_no_undo(page, autorka, redaktorka, koordynatorka, koordynator2, client_as):
    once = publish_properly(draft_of(autorka, "Once"), autorka, redaktorka, koordynatorka)
    browser = client_as(koordynator2)
    listing = browser.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).content.decode()
    assert address("approval:undo", page) in listing
    assert address("approval:undo", page) in browser.get(edit_url(page)).content.decode()
    for seen in (listing, browser.get(edit_url(once)).content.decode()):
        assert address("approval:undo", once) not in seen
