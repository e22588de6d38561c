"""Random walks of everybody through everything: whatever they do, visitors read only what somebody else approved.

`tests.editorial.walk` says what must be true after each step, without asking the code under test. MODEL_WALKS=500
walks longer (bench/README.md); by default it is 2,000 steps and more.
"""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import WorkflowState

from editorial import archive, emergency, proof, roles, schedule
from editorial.digest import digest_of
from editorial.models import Act, LedgerEntry
from editorial.refusals import RefusedError
from home.models import SiteSettings
from tests.editorial.newsroom import SMUGGLED, draft_of, edit_url, form_of, log_in, news_index, person
from tests.editorial.walk import FIELDS, LONGEST, Clock, Story, Words, read

STEPS = 50
WALKS = int(os.environ.get("MODEL_WALKS", "0"))
CI_WALKS = 44  # times STEPS: more than 2,000

REFUSALS = (RefusedError, PermissionDenied, ValidationError)
REASON = "Powódź: ludzie już jadą, nie ma kogo zapytać."

who = st.integers(0, 6)
which = st.integers(0, 3)
minutes = st.sampled_from((None, None, None, None, 20, 60))


class Newsroom(RuleBasedStateMachine):
    """One newsroom from its first day: an author's draft, the texts of the site, and copies as they come."""

    people: list[Any]
    admin_browser: Any
    clock: Clock
    seen: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.clock.ahead = timedelta()
        self.words = Words()
        author = self.people[0]
        page = draft_of(author, "Walk", lead=self.words.new(author))
        self.stories = [self.story_of(page, author)]
        texts = SiteSettings.objects.get(locale__language_code="pl")
        planted = self.story_of(texts, None)
        planted.publish(read(texts), 0)
        self.stories.append(planted)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def story_of(self, instance: Any, author: Any) -> Story:
        story = Story(instance, self.words)
        if author is not None:
            story.wrote(author, read(instance.get_latest_revision_as_object()), None)
        else:
            story.draft = read(instance)
        return story

    def story(self, number: int) -> Story:
        return self.stories[number % len(self.stories)]

    def tries(self, deed: str, act: Any, *args: Any, **kwargs: Any) -> bool:
        """Whether the site let it happen; a refusal is an answer, anything else is a crash."""
        try:
            act(*args, **kwargs)
        except REFUSALS:
            self.seen[f"{deed}: refused"] += 1
            return False
        self.seen[deed] += 1
        return True

    # --- Writing

    @rule(user=who, which=which, field=st.integers(0, 2), autosave=st.booleans(), minutes=minutes)
    def write(self, user: int, which: int, field: int, autosave: bool, minutes: int | None) -> None:
        """Add a word to the newest text, or begin a field anew where it is full."""
        story, author = self.story(which), self.people[user]
        text = story.fresh().get_latest_revision_as_object()
        name = FIELDS[text._meta.model_name][field]
        word, old = self.words.new(author), getattr(text, name)
        setattr(text, name, word if len(old) > LONGEST else f"{old} {word}".strip())
        text.go_live_at = timezone.now() + timedelta(minutes=minutes) if minutes else None
        newest = story.fresh().get_latest_revision()
        over = newest if autosave and newest and newest.user_id == author.pk else None
        if self.tries("write", text.save_revision, user=author, log_action=True, overwrite_revision=over):
            story.wrote(author, read(text), text.go_live_at)

    @rule(user=who, which=which, back=st.integers(1, 12))
    def bring_back_an_old_version(self, user: int, which: int, back: int) -> None:
        story, author = self.story(which), self.people[user]
        versions = list(story.fresh().revisions.order_by("-pk")[: back + 1])
        if len(versions) > 1:
            old = versions[-1]
            text = old.as_object()
            if self.tries("revert", text.save_revision, user=author, log_action=True, previous_revision=old):
                story.wrote(author, read(text), text.go_live_at)

    @precondition(lambda self: len(self.stories) < 5)
    @rule(user=who, which=which)
    def copy(self, user: int, which: int) -> None:
        source, author = self.story(which).fresh(), self.people[user]
        if isinstance(source, SiteSettings):
            return
        slug = f"copy-{next(self.words.numbers)}"
        action = CopyPageAction(
            source, to=news_index(), update_attrs={"slug": slug}, keep_live=False, copy_revisions=False, user=author
        )
        if self.tries("copy", action.execute, skip_permission_checks=True):
            made = type(source).objects.get(slug=slug)
            self.stories.append(self.story_of(made, author))

    # --- The workflow

    @rule(user=who, which=which)
    def submit(self, user: int, which: int) -> None:
        """As the editor does it: the form is saved, then the workflow starts or goes on."""
        story, author = self.story(which), self.people[user]
        instance = story.fresh()
        state = instance.current_workflow_state
        if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
            return
        text = instance.get_latest_revision_as_object()
        if not self.tries("save to submit", text.save_revision, user=author):
            return
        story.wrote(author, read(text), text.go_live_at)
        if state:
            state.resume(author)
        else:
            instance.get_workflow().start(story.fresh(), author)
        self.seen["submit"] += 1
        story.began(author)

    @rule(user=who, which=which, back=st.sampled_from((0, 0, 0, 0, 1)), correct=st.booleans())
    def approve(self, user: int, which: int, back: int, correct: bool) -> None:
        """Take the step at which the text stands, having seen the newest version or (back=1) an older one."""
        story, judge = self.story(which), self.people[user]
        state = story.fresh().current_workflow_task_state
        if state is None:
            return
        if correct and state.task.specific.step == "review":
            self.write(user, which, 0, autosave=False, minutes=None)
        shown = list(story.fresh().revisions.order_by("-pk")[: back + 1])[-1].pk
        act = state.task.specific.on_action
        is_review = state.task.specific.step == "review"
        if not self.tries("review" if is_review else "approve", act, state, judge, "approve", shown=shown):
            return
        if is_review:
            before = story.hands(until=story.begun_at)
            assert judge.pk not in before, "somebody reviewed what they had written"
            story.reviewed = judge.pk, story.draft_at
            story.began()
        else:
            story.was_approved(judge)

    @rule(user=who, which=which)
    def return_for_corrections(self, user: int, which: int) -> None:
        story = self.story(which)
        state = story.fresh().current_workflow_task_state
        if state is not None:
            act = state.task.specific.on_action
            self.tries("reject", act, state, self.people[user], "reject", comment="Brakuje adresu")

    @rule(user=who, which=which)
    def cancel(self, user: int, which: int) -> None:
        story = self.story(which)
        state = story.fresh().current_workflow_state
        if state is not None:
            state.cancel(user=self.people[user])
            self.seen["cancel"] += 1
            story.submitter = None

    # --- Time

    @rule(minutes=st.sampled_from((5, 30, 120)))
    def let_time_pass(self, minutes: int) -> None:
        self.clock.ahead += timedelta(minutes=minutes)
        call_command("publish_scheduled")
        for story in self.stories:
            waited = story.waiting
            story.time_came()
            self.seen["go live at its time"] += story.waiting != waited

    @rule(user=who, which=which)
    def withdraw(self, user: int, which: int) -> None:
        story = self.story(which)
        if self.tries("withdraw", schedule.withdraw, story.fresh(), self.people[user], "Odwołane"):
            assert story.waiting, "there was nothing to withdraw"
            story.waiting = None

    # --- The emergency exit and the archive

    @rule(user=st.integers(3, 6), which=which, stale=st.sampled_from((False, False, True)))
    def publish_in_an_emergency(self, user: int, which: int, stale: bool) -> None:
        story, one = self.story(which), self.people[user]
        instance = story.fresh()
        seen = instance.latest_revision_id and instance.latest_revision_id - stale
        if self.tries("emergency", emergency.publish, instance, one, REASON, seen):
            story.was_published_in_an_emergency(one)

    @rule(user=who, which=which, first=st.booleans())
    def confirm(self, user: int, which: int, first: bool) -> None:
        story = self.story(which)
        entries = LedgerEntry.objects.for_instance(story.instance).filter(act=Act.EMERGENCY).order_by("pk")
        entry = entries.first() if first else entries.last()
        if entry and self.tries("confirm", emergency.confirm, entry, self.people[user]):
            story.was_confirmed(self.people[user])

    @rule(user=who, which=which)
    def put_back(self, user: int, which: int) -> None:
        story = self.story(which)
        entry = emergency.unconfirmed(story.instance)
        if entry and self.tries("put back", emergency.put_back, entry, self.people[user]):
            story.publish(*story.approved[-1])

    @rule(user=who, which=which)
    def restore(self, user: int, which: int) -> None:
        story = self.story(which)
        if self.tries("restore", archive.restore, story.fresh(), self.people[user]):
            assert story.shown is None, "it was public"
            story.publish(*story.approved[-1])

    @rule(user=who, which=which)
    def take_down(self, user: int, which: int) -> None:
        story = self.story(which)
        instance = story.fresh()
        if instance.live:
            instance.unpublish(user=self.people[user])
            self.seen["take down"] += 1
            story.was_taken_down()

    # --- Doors that are closed

    @rule(
        which=which,
        door=st.sampled_from(("publish", "as admin", "save", "plain", "delete", "alias", "purge")),
    )
    def try_a_door(self, which: int, door: str) -> None:
        """What a shell, a command or an import may try by accident."""
        story, admin = self.story(which), self.people[6]
        instance = story.fresh()
        newest = instance.get_latest_revision()
        if door == "publish" and newest:
            self.tries("door", instance.publish, newest)
        elif door == "as admin" and newest:
            self.tries("door", newest.publish, user=admin)
        elif door == "save":
            name = FIELDS[instance._meta.model_name][0]
            setattr(instance, name, SMUGGLED)
            if instance.live or not newest:
                self.tries("door", instance.save)
            else:
                instance.live = True
                self.tries("door", instance.save)
        elif door == "plain" and story.shown and hasattr(instance, "page_ptr"):
            plain = instance.page_ptr
            plain.seo_title = SMUGGLED
            self.tries("door", plain.save)
        elif door == "delete" and story.was_public:
            assert not self.tries("door", instance.delete), "what was public is gone"
        elif door == "alias" and hasattr(instance, "create_alias"):
            self.tries("door", instance.create_alias, parent=news_index(), update_slug=f"{instance.slug}-alias")
        elif door == "purge":
            for version in instance.revisions.exclude(pk=newest.pk) if newest else ():
                if LedgerEntry.objects.publications().filter(revision_number=version.pk).exists():
                    with pytest.raises(Exception, match="evidence"):
                        version.delete()

    @rule(which=which, door=st.sampled_from(("editor", "bulk")))
    def try_a_door_of_the_admin(self, which: int, door: str) -> None:
        """As a superuser, in the browser."""
        story = self.story(which)
        page = story.fresh()
        if isinstance(page, SiteSettings):
            return
        if door == "editor":
            form = form_of(page, lead=self.words.new(self.people[6]), **{"action-publish": "1"})
            answer = self.admin_browser.post(edit_url(page), form)
            newest = story.fresh().get_latest_revision_as_object()
            if read(newest) != story.draft:
                story.wrote(self.people[6], read(newest), newest.go_live_at)
        else:
            url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
            answer = self.admin_browser.post(f"{url}?id={page.pk}", {"include_descendants": "on"})
        assert answer.status_code < 500
        self.seen["door of the admin"] += 1

    # --- What must hold

    @invariant()
    def visitors_read_what_somebody_else_approved(self) -> None:
        self.seen["steps"] += 1
        for story in self.stories:
            story.check()
            live = story.fresh()
            if live.live:
                ledger = LedgerEntry.objects.for_instance(live).publications()
                assert ledger.filter(digest=digest_of(live)).exists(), "no record of what visitors read"
        assert not list(proof.doubts([story.fresh() for story in self.stories]))


@pytest.fixture
def newsroom(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Newsroom]]:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock.now)
    admin = person("admin", superuser=True)
    Newsroom.people = [
        person("autorka", roles.AUTHORS),
        person("tlumaczka", roles.TRANSLATORS),
        person("redaktorka", roles.LANGUAGE_EDITORS),
        person("koordynatorka", roles.COORDINATORS),
        person("koordynator2", roles.COORDINATORS),
        person("dwurola", roles.LANGUAGE_EDITORS, roles.COORDINATORS),
        admin,
    ]
    Newsroom.admin_browser = log_in(admin)
    Newsroom.clock, Newsroom.seen = clock, Counter()
    yield Newsroom


REACHED = ("submit", "review", "approve", "reject", "emergency", "confirm", "put back", "restore", "withdraw")


def test_whatever_people_do_visitors_read_what_somebody_else_approved(newsroom: type[Newsroom]) -> None:
    walks = settings(
        max_examples=WALKS or CI_WALKS,
        stateful_step_count=STEPS,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    )
    run_state_machine_as_test(newsroom, settings=walks)
    print("\n", *(f"{deed}: {times}\n" for deed, times in sorted(newsroom.seen.items())))
    assert newsroom.seen["steps"] >= 2000
    assert [deed for deed in (*REACHED, "go live at its time") if not newsroom.seen[deed]] == [], "never reached"
