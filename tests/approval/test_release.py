"""Two languages at one moment: all of it or nothing, when all are approved or at a time, as the rule says."""

import re
from copy import copy
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from approval import (
    file_protection,
    ledger_words,
    release_badges,
    release_standing,
    releases,
    schedule,
    times,
    undo,
    verification,
)
from approval.contributors import contributors
from approval.models import Act, LedgerEntry, Release
from approval.refusals import RefusedError
from approval.views.subjects import address, decision_address
from home.cache import ContentGeneration
from tests import factories
from tests.approval.release_scene import Pair, together, two_drafts
from tests.approval.scene import crew
from tests.records import acts
from tests.workflow import draft_of, edit_url, fresh, in_an_hour, publish_properly, submit, take_step


def pair_of_crew(at: Any = None, rule: str = Release.Rule.WAIT) -> Pair:
    author, reviewer, approver, translator = crew()
    polish, english = two_drafts(author, translator)
    return Pair(polish, english, together(polish, author, at, rule), author, translator, reviewer, approver)


@pytest.fixture
def pair_at(db) -> Any:
    """`pair_at(time, rule)`: two drafts that go live together."""
    return pair_of_crew


def holds(*pages: Any) -> None:
    assert not list(verification.doubts(map(fresh, pages)))


def test_the_last_approval_publishes_both(pair_at):
    """The translation first; the original first is below."""
    pair = pair_at()
    pair.approve(pair.english)
    assert pair.public == (False, False)
    holds(pair.polish, pair.english)
    pair.approve(pair.polish)
    assert pair.public == (True, True)
    for page in (pair.polish, pair.english):
        assert acts(page) == [Act.JOINED, Act.HELD, Act.PUBLISHED]
        entry = LedgerEntry.objects.for_instance(page).first()
        assert entry.release_number == pair.release.pk
        assert len(entry.approvals) == 2
    assert not Release.objects.open().exists()
    holds(pair.polish, pair.english)


def test_the_moment_of_both_stands_for_a_time_of_ones_own(pair_at, autorka, koordynatorka):
    pair = pair_at()
    text = pair.polish.get_latest_revision_as_object()
    text.go_live_at = in_an_hour()
    text.save_revision(user=autorka)
    pair.approve(fresh(pair.polish))
    held = fresh(pair.polish).latest_revision_id
    text = fresh(pair.polish).get_latest_revision_as_object()
    text.lead = "Written meanwhile"
    text.save_revision(user=autorka)
    pair.approve(pair.english)
    assert pair.public == (True, True)
    assert fresh(pair.polish).live_revision_id == held
    pair.approve(fresh(pair.polish))
    assert fresh(pair.polish).lead == "Written meanwhile", "the next one doesn't wait for it either"
    before = undo.version_before(fresh(pair.polish))
    undo.put_back(fresh(pair.polish), koordynatorka, str(before.pk))
    assert fresh(pair.polish).lead != "Written meanwhile"
    holds(pair.polish, pair.english)


@pytest.mark.parametrize(
    ("rule", "approved", "public"),
    [
        (Release.Rule.WAIT, "polish", (False, False)),
        (Release.Rule.ALONE, "polish", (True, False)),
        (Release.Rule.WAIT, "english", (False, False)),
        (Release.Rule.ALONE, "english", (False, False)),
    ],
)
def test_the_rule_decides_where_one_is_not_ready(pair_at, hour_later, rule, approved, public):
    pair = pair_at(in_an_hour(), rule)
    one, other = (pair.polish, pair.english) if approved == "polish" else (pair.english, pair.polish)
    pair.approve(one)
    hour_later()
    call_command("publish_scheduled")
    assert pair.public == public
    holds(one, other)
    with translation.override("en"):
        said_meanwhile = release_standing.of(pair.release).sentence
    assert said_meanwhile.startswith(
        "The original is public already." if any(public) else "They were to go live together on"
    ), "a time that is over is no promise"
    later = copy(pair.release)
    later.publish_at = timezone.now() + timedelta(days=1)
    with translation.override("en"):
        said_later = release_standing.of(later).sentence
    assert said_later.startswith("The original is public already." if any(public) else "Both go live together")
    pair.approve(other)
    assert pair.public == (True, True)
    holds(one, other)
    assert not Release.objects.open().exists()
    alone = {"Went live at its time, without its other language.", "Published after approval."}
    with translation.override("en"):
        said = {ledger_words.sentence(LedgerEntry.objects.for_instance(page).first()) for page in (one, other)}
    assert said == (alone if public == (True, False) else {"Went live together with its other language."})


def test_a_page_above_that_is_not_public_holds_both_back(pair_at, capsys):
    pair = pair_at()
    above = pair.english.get_parent()
    type(above).objects.filter(pk=above.pk).update(live=False)
    pair.approve(pair.polish)
    pair.approve(pair.english)
    assert pair.public == (False, False)
    type(above).objects.filter(pk=above.pk).update(live=True)
    call_command("publish_scheduled")
    assert pair.public == (True, True)


def test_a_text_approved_for_a_time_waits_for_its_translation_where_a_coordinator_says_so(
    autorka, redaktorka, koordynatorka, tlumaczka, hour_later
):
    polish = publish_properly(
        draft_of(autorka, "For later", go_live_at=in_an_hour()), autorka, redaktorka, koordynatorka
    )
    with pytest.raises(RefusedError):
        together(polish, autorka)
    release = together(polish, koordynatorka, in_an_hour())
    hour_later()
    call_command("publish_scheduled")
    assert not fresh(polish).live, "its translation isn't begun"
    english = draft_of(tlumaczka, "In English", language="en", translation_key=polish.translation_key)
    releases.join(polish, english)
    publish_properly(english, tlumaczka, redaktorka, koordynatorka)
    assert fresh(polish).live
    assert fresh(english).live
    assert Release.objects.get(pk=release.pk).published_at
    holds(polish, english)


def test_what_was_approved_to_go_together_needs_a_new_approval_to_go_alone(pair_at, koordynatorka, hour_later):
    pair = pair_at(in_an_hour())
    pair.approve(pair.polish)
    releases.withdraw(pair.release.pk, koordynatorka, "Not yet")
    assert acts(pair.polish) == [Act.JOINED, Act.HELD, Act.WITHDRAWN]
    assert acts(pair.english) == [Act.JOINED, Act.LEFT]
    hour_later()
    call_command("publish_scheduled")
    assert pair.public == (False, False)
    pair.approve(pair.polish)
    assert pair.public == (True, False), "alone, as every text"


@pytest.mark.parametrize("is_approved", [True, False])
def test_whoever_lets_go_is_told_of_what_has_to_be_sent_again(is_approved, pair_at, koordynatorka, client_as):
    pair = pair_at()
    if is_approved:
        pair.approve(pair.polish)
    url = address("approval:together", pair.polish)
    answer = client_as(koordynatorka).post(url, {"action": "withdraw"}, follow=True)
    with translation.override("pl"):
        apart = gettext("Each of the texts goes its own way again.")
        again = gettext("What was approved is a draft again, and has to be sent again.")
    assert [str(message).strip() for message in answer.context["messages"]] == [
        f"{apart} {again}" if is_approved else apart
    ]


def test_a_time_typed_beside_the_other_choice_is_not_lost_unseen(pair_at, autorka, client_as):
    pair, browser = pair_at(in_an_hour()), client_as(autorka)
    shown, typed = (timezone.localtime(pair.release.publish_at) + timedelta(days=days) for days in (0, 1))
    url, form = address("approval:together", pair.polish), {"action": "save", "when": "ready", "rule": "wait"}
    answer = browser.post(url, {**form, "publish_at": f"{typed:%Y-%m-%dT%H:%M}"})
    assert answer.context["form"].errors.keys() == {"publish_at"}
    assert Release.objects.get().publish_at == pair.release.publish_at
    assert browser.post(url, {**form, "publish_at": f"{shown:%Y-%m-%dT%H:%M}"}).status_code == 302
    assert Release.objects.get().publish_at is None


def test_whoever_approves_lets_both_go_together_on_the_same_screen_and_changes_time_and_rule_until_then(
    in_approval, autorka, koordynator2, client_as
):
    browser, url = client_as(koordynator2), decision_address(fresh(in_approval).current_workflow_task_state)
    assert 'value="together"' in browser.get(url, {"action": "together", "when": "ready"}).content.decode()
    assert not Release.objects.exists(), "reading makes none"
    monday, tuesday = times.suggestions()[:2]
    made = {"action": "together", "when": monday.isoformat(), "rule": "alone", "publish_at": "", "comment": "Half a"}
    assert browser.post(url, {**made, "when": "time"}).context["form"]["comment"].value() == "Half a"
    assert browser.post(url, made).url == url
    release = Release.objects.open().get()
    assert (release.publish_at, release.rule, release.created_by) == (monday, "alone", koordynator2)
    assert set(contributors(fresh(in_approval))) == {autorka.pk}
    shown = browser.get(url).content.decode()
    assert re.search(r'name="when" value="(\w+)"', shown)[1] == "time", "what the Enter key presses in a field"
    assert tuesday.isoformat() in shown and monday.isoformat() not in shown and "Half a" in shown
    typed = f"{timezone.localtime(monday):%Y-%m-%dT%H:%M}"
    browser.post(url, {"action": "together", "when": "time", "rule": "wait", "publish_at": typed})
    entry = LedgerEntry.objects.for_instance(in_approval).first()
    assert (entry.act, entry.user, entry.rule, ledger_words.comments(entry)) == (Act.MOVED, koordynator2, "wait", [])
    browser.post(url, {"action": "together", "when": "ready", "rule": "alone", "publish_at": typed})
    release.refresh_from_db()
    assert (release.publish_at, release.rule) == (None, "wait"), "without a time nobody was asked about the rule"
    assert acts(in_approval) == [Act.JOINED, Act.MOVED, Act.MOVED]
    take_step(in_approval, koordynator2)
    assert acts(in_approval)[-1] == Act.HELD


def test_whoever_decides_on_one_text_says_when_it_ends(pair_at, redaktorka, koordynator2, client_as):
    pair, browser, later = pair_at(in_an_hour()), client_as(koordynator2), in_an_hour() + timedelta(days=7)
    submit(pair.polish, pair.author)
    take_step(pair.polish, redaktorka)
    url = decision_address(fresh(pair.polish).current_workflow_task_state)
    form = browser.get(url).content.decode()
    assert 'name="expire_at"' in form and 'name="go_live_at"' not in form
    for times_sent, end in (
        ({"expire_at": timezone.now() + timedelta(minutes=5)}, None),
        ({"expire_at": later}, later),
        ({"expire_at": "", "go_live_at": in_an_hour()}, later),
    ):
        browser.post(url, {"action": "times", **times_sent})
        planned = times.planned(fresh(pair.polish).get_latest_revision())
        assert planned == {"go_live_at": None, "expire_at": end}, "the time of both is another matter"


def test_while_nothing_is_approved_its_author_moves_the_time_and_afterwards_not(pair_at, autorka):
    pair = pair_at(in_an_hour())
    releases.move(pair.release.pk, None, autorka)
    releases.move(pair.release.pk, in_an_hour(), autorka)
    pair.approve(pair.polish)
    for attempt in (
        lambda: releases.move(pair.release.pk, None, autorka),
        lambda: releases.withdraw(pair.release.pk, autorka),
    ):
        with pytest.raises(RefusedError):
            attempt()


def test_a_coordinator_who_wrote_it_reads_who_can_move_the_time(
    client_as, koordynatorka, koordynator2, tlumaczka, redaktorka
):
    polish, english = two_drafts(koordynatorka, tlumaczka)
    release = together(polish, koordynatorka, in_an_hour())
    Pair(polish, english, release, koordynatorka, tlumaczka, redaktorka, koordynator2).approve(polish)
    shown = client_as(koordynatorka).get(address("approval:together", polish))
    assert (shown.context["form"], koordynator2.name in shown.context["who_can"]) == (None, True)
    assert koordynatorka.name not in shown.context["who_can"]


def test_making_a_pair_is_no_writing(pair_at, autorka, redaktorka, koordynatorka, koordynator2, tlumaczka):
    polish, english = two_drafts(autorka, tlumaczka)
    together(polish, koordynatorka)
    pair = Pair(polish, english, None, autorka, tlumaczka, redaktorka, koordynatorka)
    pair.approve(polish)
    pair.approve(english)
    assert pair.public == (True, True)


def test_there_is_no_time_of_its_own_to_withdraw(pair_at, koordynatorka):
    pair = pair_at(in_an_hour())
    pair.approve(pair.polish)
    with pytest.raises(RefusedError):
        schedule.withdraw(fresh(pair.polish), koordynatorka)


def test_a_step_can_be_taken_by_someone_who_began_before_the_pair_was_made(
    autorka, tlumaczka, redaktorka, koordynatorka
):
    """Both are locked in one order, so a step that knew of no release is refused once, in words."""
    polish, _english = two_drafts(autorka, tlumaczka)
    state = submit(polish, autorka)
    state.open_release = None
    together(polish, autorka)
    with pytest.raises(RefusedError):
        state.task.specific.on_action(state, redaktorka, "approve")
    take_step(polish, redaktorka)
    take_step(polish, koordynatorka)
    assert not fresh(polish).live


def test_a_picture_of_what_waits_stays(pair_at, autorka):
    picture = factories.image("Mural")
    pair = pair_at()
    text = pair.polish.get_latest_revision_as_object()
    text.lead_image, text.lead_image_alt = picture, "Mural"
    text.save_revision(user=autorka)
    assert not file_protection.places(picture)
    pair.approve(fresh(pair.polish))
    assert [place.title for place in file_protection.places(picture)] == ["Pair"]


def test_the_translator_finds_what_to_begin(autorka, tlumaczka, client_as):
    polish = draft_of(autorka, "To begin")
    together(polish, autorka)
    submit(polish, autorka)
    begin = reverse("translation:begin", args=[polish.pk, "en"])
    assert begin in client_as(tlumaczka).get(reverse("wagtailadmin_home")).content.decode()
    client_as(tlumaczka).post(begin)
    assert Release.objects.get().items.filter(page__locale__language_code="en").exists()


class TestOneIsApproved:
    """And waits for the other one, at no time of their own."""

    @pytest.fixture(scope="class")
    @classmethod
    def made(cls, tree):
        pair = pair_of_crew()
        pair.approve(pair.polish)
        return pair

    @pytest.fixture
    def pair(self, made, db):
        return made.fresh()

    def test_the_approved_version_goes_live_and_no_newer_one(self, pair, autorka):
        text = fresh(pair.polish).get_latest_revision_as_object()
        text.lead = "Written afterwards"
        text.save_revision(user=autorka)
        pair.approve(pair.english)
        assert pair.public == (True, True)
        assert fresh(pair.polish).lead != "Written afterwards"
        assert fresh(pair.polish).has_unpublished_changes

    def test_a_newer_approval_takes_the_place_of_the_one_that_waits(self, pair, autorka):
        text = fresh(pair.polish).get_latest_revision_as_object()
        text.lead = "Written afterwards"
        text.save_revision(user=autorka)
        pair.approve(fresh(pair.polish))
        pair.approve(pair.english)
        assert fresh(pair.polish).lead == "Written afterwards"

    def test_nothing_is_deleted_and_no_version_purged_while_it_waits(self, pair):
        held = LedgerEntry.objects.waiting_for_others().get().revision_number
        text = fresh(pair.polish).get_latest_revision_as_object()
        text.lead = "Written afterwards"
        text.save_revision(user=pair.author)
        with pytest.raises(ProtectedError), transaction.atomic():
            pair.polish.revisions.get(pk=held).delete()
        for page in (pair.polish, pair.english):
            with pytest.raises(RefusedError), transaction.atomic():
                fresh(page).delete()

    def test_what_everybody_has_cached_is_old_with_the_very_commit(self, pair):
        """Here nothing that waits for the commit is run: whoever sees the new texts must not find the old lists."""
        before = ContentGeneration.objects.values_list("number", flat=True).first()
        pair.approve(pair.english)
        assert ContentGeneration.objects.values_list("number", flat=True).first() != before

    def test_both_screens_of_a_decision_and_the_dashboards_say_where_both_stand(
        self, pair, client_as, koordynator2, autorka, tlumaczka
    ):
        submit(pair.english, tlumaczka)
        browser = client_as(koordynator2)
        decision = reverse("newsroom:decide", args=[fresh(pair.english).current_workflow_task_state.pk])
        shown = browser.get(decision).content.decode()
        assert reverse("wagtailadmin_pages:edit", args=[pair.polish.pk]) in shown
        assert reverse("wagtailadmin_pages:view_draft", args=[pair.polish.pk]) in shown
        together_url = address("approval:together", pair.polish)
        desks = {}
        for person in (koordynator2, autorka, tlumaczka):
            desks[person] = client_as(person).get(reverse("wagtailadmin_home")).content.decode()
            assert together_url in desks[person] and "dashboard-together" in desks[person], person
        assert "Pair" in desks[autorka].split('id="dashboard-mine"')[1].split("</section>")[0]
        editors = [browser.get(edit_url(page)).content.decode() for page in (pair.polish, pair.english)]
        for page, editor in zip((pair.polish, pair.english), editors, strict=True):
            assert address("approval:together", page) in editor
        # The author may not edit the translation: no way leads there.
        to_english = f'href="{edit_url(pair.english)}"'
        assert to_english in editors[0]
        assert to_english not in client_as(autorka).get(edit_url(pair.polish)).content.decode()
        with translation.override("pl"):
            waits = release_badges.waiting(fresh(pair.polish), None)
        listed = browser.get(reverse("wagtailadmin_explore", args=[pair.polish.get_parent().pk])).content.decode()
        assert waits and waits in " ".join(unescape(listed).split())


class TestBothAreApprovedForATime:
    @pytest.fixture(scope="class")
    @classmethod
    def made(cls, tree):
        pair = pair_of_crew(in_an_hour())
        pair.approve(pair.polish)
        pair.approve(pair.english)
        return pair

    @pytest.fixture
    def pair(self, made, db):
        return made.fresh()

    def test_both_go_live_at_their_time_and_not_before(self, pair, hour_later):
        call_command("publish_scheduled")
        assert pair.public == (False, False)
        hour_later()
        call_command("publish_scheduled")
        call_command("publish_scheduled")
        assert pair.public == (True, True)
        assert acts(pair.polish) == acts(pair.english) == [Act.JOINED, Act.HELD, Act.PUBLISHED]

    def test_one_that_is_not_in_order_holds_both_back_until_it_is(self, pair, hour_later, tlumaczka, capsys):
        other = draft_of(tlumaczka, "Other", language="en")
        type(other).objects.filter(pk=other.pk).update(slug="pair-in-english")
        type(pair.english).objects.filter(pk=pair.english.pk).update(slug="pair-in-english-before")
        hour_later()
        call_command("publish_scheduled")
        assert "pair-in-english" in capsys.readouterr().out
        assert pair.public == (False, False)
        type(other).objects.filter(pk=other.pk).update(slug="elsewhere")
        call_command("publish_scheduled")
        assert pair.public == (True, True)

    def test_a_moved_time_counts_and_no_time_means_now(self, pair, koordynatorka):
        later = in_an_hour() + timedelta(days=1)
        releases.move(pair.release.pk, later, koordynatorka)
        assert pair.public == (False, False)
        assert LedgerEntry.objects.for_instance(pair.english).first().due == later
        releases.move(pair.release.pk, None, koordynatorka)
        assert pair.public == (True, True)
        with pytest.raises(RefusedError):
            releases.move(pair.release.pk, None, koordynatorka)

    def test_both_are_published_now_only_where_somebody_was_asked(self, pair, koordynator2, client_as):
        browser = client_as(koordynator2)
        url, data = address("approval:together", pair.polish), {"action": "save", "rule": "wait"}
        answer = browser.post(url, {**data, "when": "ready"})
        assert pair.public == (False, False) and Release.objects.open().get().publish_at is not None
        assert re.findall(r'name="when" value="(\w+)"', answer.content.decode()) == ["now"]
        browser.post(url, {**data, "when": "now"})
        assert pair.public == (True, True)


# --- End dates ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ends", "moment", "runs", "goes_down"),
    [(1, 2, (1.5, 3), True), (1, 2, (3,), False), (2, 1, (3,), False)],
    ids=["ends in an earlier run", "ends first, in one run", "is replaced first, in one run"],
)
def test_a_public_text_that_ends_is_replaced_at_the_moment_all_the_same(
    ends, moment, runs, goes_down, autorka, tlumaczka, redaktorka, koordynatorka, monkeypatch
):
    now = timezone.now()
    old = draft_of(autorka, "Old", expire_at=now + timedelta(hours=ends))
    polish = publish_properly(old, autorka, redaktorka, koordynatorka)
    polish.expire_at = None
    polish.save_revision(user=autorka)
    english = draft_of(tlumaczka, "In English", language="en", translation_key=polish.translation_key)
    release = together(polish, autorka, now + timedelta(hours=moment))
    pair = Pair(polish, english, release, autorka, tlumaczka, redaktorka, koordynatorka)
    pair.approve(polish)
    pair.approve(english)
    for hours in runs:
        monkeypatch.setattr(timezone, "now", lambda hours=hours: now + timedelta(hours=hours))
        call_command("publish_scheduled")
        assert pair.public == ((True, True) if hours > 2 else (False, False))
    assert (Act.TAKEN_DOWN in acts(polish)) == goes_down
    holds(polish, english)


def test_nothing_goes_live_together_after_its_own_end(pair_at, autorka, koordynatorka):
    pair = pair_at(in_an_hour() + timedelta(hours=1))
    text = pair.polish.get_latest_revision_as_object()
    text.expire_at = in_an_hour()
    text.save_revision(user=autorka)
    with pytest.raises(RefusedError), translation.override("en"):
        pair.approve(fresh(pair.polish))
    assert not LedgerEntry.objects.for_instance(pair.polish).filter(act=Act.HELD).exists()
    releases.move(pair.release.pk, in_an_hour() - timedelta(minutes=10), koordynatorka)
    take_step(pair.polish, pair.reviewer)
    take_step(pair.polish, pair.approver)
    with pytest.raises(RefusedError, match="Pair"):
        releases.move(pair.release.pk, in_an_hour(), koordynatorka)
    assert Release.objects.get().publish_at < in_an_hour()
