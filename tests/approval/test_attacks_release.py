"""What was tried to get a text out by way of its other language."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from approval import releases, verification
from approval.models import Act, LedgerEntry, Release, ReleaseItem
from approval.refusals import RefusedError
from approval.views.subjects import address, decision_address
from tests.approval.attacks import press, press_in_editor
from tests.approval.release_scene import Pair, together, two_drafts
from tests.approval.scene import crew
from tests.workflow import (
    SMUGGLED,
    draft_of,
    edit_url,
    form_of,
    fresh,
    in_an_hour,
    nothing_changes_for_visitors,
    publish_properly,
    refused_politely,
    submit,
    take_step,
)


def typed(time: Any) -> str:
    return timezone.localtime(time).strftime("%Y-%m-%dT%H:%M")


def saves_the_form(page: Any, **changes: Any) -> tuple[str, dict[str, Any]]:
    return address("approval:together", page), {"when": "ready", "rule": "wait", "action": "save", **changes}


def test_a_coordinator_who_wrote_one_half_approves_neither_it_nor_both(
    autorka, koordynatorka, koordynator2, redaktorka, client_as
):
    polish, english = two_drafts(autorka, koordynatorka)
    together(polish, koordynatorka)
    for page, author in ((polish, autorka), (english, koordynatorka)):
        submit(page, author)
        take_step(page, redaktorka)
    take_step(polish, koordynatorka)
    press(client_as(koordynatorka), english)
    assert not fresh(polish).live
    take_step(english, koordynator2)
    assert fresh(polish).live


def test_whoever_wrote_one_text_reads_where_both_stand_and_gets_no_further(autorka, autor2, client_as):
    polish, english = two_drafts(autorka, autor2)
    browser, release = client_as(autor2), together(polish, autorka)
    shown = browser.get(address("approval:together", polish)).content.decode()
    assert polish.title in shown and edit_url(english) in shown
    assert edit_url(polish) not in shown and 'name="when"' not in shown and 'value="withdraw"' not in shown
    for action in ("save", "withdraw"):
        changes = {"action": action, "when": "time", "publish_at": typed(in_an_hour())}
        assert refused_politely(browser.post(*saves_the_form(polish, **changes)))
    after = Release.objects.open().get()
    assert (after, after.publish_at) == (release, None)


def test_a_coordinator_who_wrote_what_is_approved_moves_no_time_by_way_of_the_other(
    koordynatorka, koordynator2, tlumaczka, redaktorka, client_as
):
    """The time of an approved text belongs to those who approve it, on whichever of both the button stands."""
    polish, english = two_drafts(koordynatorka, tlumaczka)
    together(polish, koordynatorka, in_an_hour())
    Pair(polish, english, None, koordynatorka, tlumaczka, redaktorka, koordynator2).approve(polish)
    submit(english, tlumaczka)
    take_step(english, redaktorka)
    before = Release.objects.open().get()
    decision = decision_address(fresh(english).current_workflow_task_state)
    assert 'value="together"' not in client_as(koordynatorka).get(decision).content.decode()
    for when in ("ready", "now", "time"):
        changes = {"when": when, "publish_at": typed(in_an_hour()) if when == "time" else "", "rule": "alone"}
        for page in (polish, english):
            assert refused_politely(client_as(koordynatorka).post(*saves_the_form(page, **changes)))
        assert refused_politely(client_as(koordynatorka).post(decision, {"action": "together", **changes}))
    after = Release.objects.open().get()
    assert (after.publish_at, after.rule) == (before.publish_at, before.rule)
    assert 'value="together"' in client_as(koordynator2).get(decision).content.decode()


def test_who_wrote_what_has_its_time_shifts_it_by_no_pair(koordynatorka, koordynator2, redaktorka, client_as):
    page = draft_of(koordynatorka, "For later", go_live_at=in_an_hour())
    publish_properly(page, koordynatorka, redaktorka, koordynator2)
    for when in ("ready", "now"):
        assert refused_politely(client_as(koordynatorka).post(*saves_the_form(page, when=when)))
    assert fresh(page).scheduled_revision is not None and not Release.objects.exists()


@pytest.mark.parametrize("who", ["autor2", "tlumaczka", None])
def test_nobody_else_lets_texts_go_together_on_the_page_where_they_are_decided(who, in_approval, request, client_as):
    browser = client_as(request.getfixturevalue(who)) if who else Client()
    url = decision_address(fresh(in_approval).current_workflow_task_state)
    for when in ("ready", "now", "time", in_an_hour().isoformat()):
        data = {"action": "together", "when": when, "publish_at": typed(in_an_hour())}
        assert refused_politely(browser.post(url, data))
    assert not Release.objects.exists()


@pytest.mark.parametrize("deed", ["move", "withdraw"])
def test_nobody_says_yes_to_another_moment_than_they_saw(
    deed, autorka, tlumaczka, redaktorka, koordynatorka, client_as
):
    polish, _english = two_drafts(autorka, tlumaczka)
    release = together(polish, autorka, in_an_hour())
    submit(polish, autorka)
    take_step(polish, redaktorka)
    browser, url = client_as(koordynatorka), decision_address(fresh(polish).current_workflow_task_state)
    form = browser.get(url).context["form"]
    if deed == "move":
        releases.move(release.pk, None, autorka)
    else:
        releases.withdraw(release.pk, autorka)
    data = {"action": "approve", "shown": form["shown"].value(), "times": form["times"].value(), "comment": ""}
    with nothing_changes_for_visitors(polish):
        browser.post(url, data)
    assert fresh(polish).current_workflow_task_state is not None


def test_taking_down_ends_what_waits(live_page, autorka, redaktorka, koordynatorka, tlumaczka, client_as):
    text = fresh(live_page)
    text.lead = "For later"
    text.save_revision(user=autorka)
    together(fresh(live_page), autorka, in_an_hour())
    submit(fresh(live_page), autorka)
    take_step(live_page, redaktorka)
    take_step(live_page, koordynatorka)
    client_as(koordynatorka).post(reverse("wagtailadmin_pages:unpublish", args=[live_page.pk]), {"reason": "Nieprawda"})
    assert not fresh(live_page).live
    assert not Release.objects.open().exists()


class TestOneWaitsForTheOther:
    """The Polish text is approved and waits for the English one, which is at its last step."""

    @pytest.fixture(scope="class")
    @classmethod
    def made(cls, tree) -> Pair:
        author, reviewer, approver, translator = crew()
        polish, english = two_drafts(author, translator)
        pair = Pair(polish, english, together(polish, author), author, translator, reviewer, approver)
        pair.approve(polish)
        submit(english, translator)
        take_step(english, reviewer)
        return pair

    @pytest.fixture
    def pair(self, made, db) -> Pair:
        return made.fresh()

    def test_nobody_approves_their_own_text_by_way_of_the_other(self, pair, tlumaczka, redaktorka, client_as):
        for person in (tlumaczka, redaktorka):
            with nothing_changes_for_visitors(pair.polish, pair.english):
                assert refused_politely(press(client_as(person), pair.english))
                assert refused_politely(press_in_editor(client_as(person), pair.english))
        assert pair.public == (False, False)

    def test_the_approval_of_one_publishes_nothing_while_the_other_has_none(self, pair, koordynatorka):
        pair_of_drafts = two_drafts(pair.author, pair.translator, "Second")
        together(pair_of_drafts[0], pair.author)
        english = pair_of_drafts[1]
        submit(english, pair.translator)
        take_step(english, pair.reviewer)
        take_step(english, koordynatorka)
        assert not fresh(english).live
        call_command("publish_scheduled")
        assert not fresh(english).live

    def test_words_saved_after_the_approval_do_not_go_along(self, pair, autorka, koordynatorka, client_as):
        held = LedgerEntry.objects.waiting_for_others().get().revision_number
        client_as(autorka).post(edit_url(pair.polish), form_of(pair.polish, lead=SMUGGLED))
        client_as(autorka).post(
            edit_url(pair.polish),
            form_of(pair.polish, lead=SMUGGLED, overwrite_revision_id=held),
            headers={"accept": "application/json"},
        )
        fresh(pair.polish).save_revision(user=autorka, overwrite_revision=pair.polish.revisions.get(pk=held))
        take_step(pair.english, koordynatorka)
        assert pair.public == (True, True)
        assert fresh(pair.polish).lead != SMUGGLED
        assert fresh(pair.polish).live_revision_id == held

    def test_a_version_changed_behind_the_ledgers_back_holds_both_back(self, pair, koordynatorka, capsys):
        held = pair.polish.revisions.get(pk=LedgerEntry.objects.waiting_for_others().get().revision_number)
        type(held).objects.filter(pk=held.pk).update(content={**held.content, "lead": SMUGGLED})
        assert [doubt.instance.pk for doubt in verification.doubts([fresh(pair.polish)])] == [pair.polish.pk]
        take_step(pair.english, koordynatorka)
        assert pair.public == (False, False)
        call_command("publish_scheduled")
        assert pair.public == (False, False)

    def test_a_page_slipped_into_a_release_by_the_database_has_no_approval(self, pair, autor2, koordynatorka):
        smuggled = draft_of(autor2, "Smuggled")
        approval = LedgerEntry.objects.waiting_for_others().get()
        ReleaseItem.objects.create(
            release=pair.release, page=smuggled.page_ptr, locale=smuggled.locale, approval=approval
        )
        assert list(verification.doubts([fresh(smuggled)]))
        take_step(pair.english, koordynatorka)
        assert not fresh(smuggled).live
        assert pair.public == (False, False), "all or nothing"

    def test_the_form_opens_for_whoever_may_send_the_original_and_nobody_else(self, pair, autor2, client_as):
        where, data = saves_the_form(pair.polish)
        before = Release.objects.get()
        for browser in (client_as(autor2), Client()):
            for action in ("save", "withdraw"):
                assert refused_politely(browser.post(where, {**data, "action": action}))
        assert Release.objects.get().withdrawn_at == before.withdrawn_at is None
        other = draft_of(pair.author, "Somebody else's")
        client_as(autor2).post(*saves_the_form(other))
        assert Release.objects.count() == 1

    def test_reading_changes_nothing(self, pair, koordynatorka, client_as):
        where, data = saves_the_form(pair.polish, action="withdraw")
        assert client_as(koordynatorka).get(where, data).status_code == 200
        assert Release.objects.open().count() == 1

    def test_once_a_text_is_approved_its_author_and_its_translator_change_nothing(
        self, pair, autorka, tlumaczka, redaktorka, client_as
    ):
        for person in (autorka, tlumaczka, redaktorka):
            for action in ("save", "withdraw"):
                changes = {"action": action, "when": "time", "publish_at": typed(in_an_hour())}
                assert refused_politely(client_as(person).post(*saves_the_form(pair.english, **changes)))
        release = Release.objects.open().get()
        assert release.publish_at is None

    def test_a_coordinator_moves_the_time_and_lets_go(self, pair, koordynator2, client_as):
        changes = {"when": "time", "publish_at": typed(in_an_hour())}
        client_as(koordynator2).post(*saves_the_form(pair.english, **changes))
        assert Release.objects.open().get().publish_at is not None
        client_as(koordynator2).post(*saves_the_form(pair.english, action="withdraw", reason="Odwołane"))
        entry = LedgerEntry.objects.for_instance(pair.polish).first()
        assert (entry.act, entry.user, entry.reason) == (Act.WITHDRAWN, koordynator2, "Odwołane")
        assert not Release.objects.open().exists()

    def test_a_time_that_is_over_or_missing_is_refused(self, pair, koordynator2, client_as):
        for time in ("2001-01-01T10:00", "9999-12-31T23:59", "2001-01-32T10:00", ""):
            client_as(koordynator2).post(*saves_the_form(pair.polish, when="time", publish_at=time))
        assert Release.objects.open().get().publish_at is None
        assert pair.public == (False, False)

    def test_an_emergency_takes_one_out_and_the_other_does_not_follow(
        self, pair, koordynatorka, koordynator2, client_as
    ):
        data = {
            "reason": "Powódź: zbiórka odwołana, ludzie już jadą.",
            "revision": fresh(pair.english).latest_revision_id,
        }
        client_as(koordynator2).post(address("approval:emergency", pair.english), data)
        assert pair.public == (False, True)
        assert not Release.objects.open().exists()
        assert LedgerEntry.objects.for_instance(pair.polish).first().act == Act.WITHDRAWN
        call_command("publish_scheduled")
        assert not fresh(pair.polish).live
        assert not list(verification.doubts([fresh(pair.polish), fresh(pair.english)]))

    def test_one_half_is_not_deleted(self, pair, koordynatorka, admin, client_as):
        for person in (koordynatorka, admin):
            client_as(person).post(reverse("wagtailadmin_pages:delete", args=[pair.polish.pk]))
            client_as(person).post(reverse("wagtailadmin_pages:delete", args=[pair.english.pk]))
        assert fresh(pair.polish)
        assert fresh(pair.english)

    def test_a_copy_and_an_alias_do_not_go_along(self, pair, koordynatorka):
        parent = pair.polish.get_parent()
        copy = fresh(pair.polish).copy(update_attrs={"slug": "copy", "title": "Copy"}, user=koordynatorka)
        alias = fresh(pair.polish).create_alias(parent=parent, update_slug="alias")
        take_step(pair.english, koordynatorka)
        assert pair.public == (True, True)
        assert not fresh(copy).live
        assert not fresh(alias).live

    def test_a_page_is_in_one_open_release_at_most(self, pair, koordynatorka):
        with pytest.raises(RefusedError):
            together(fresh(pair.polish), koordynatorka)

    def test_a_second_pair_of_eyes_is_asked_for_again_once_it_was_let_go(self, pair, koordynatorka):
        releases.withdraw(pair.release.pk, koordynatorka)
        releases.create([fresh(pair.polish)], [Locale.objects.get(language_code="en")], koordynatorka)
        take_step(pair.english, koordynatorka)
        assert pair.public == (False, False), "the Polish approval was withdrawn"
