"""Random walks of everybody through everything: whatever they do, visitors read only what somebody else approved.

`tests.approval.walk` says what must be true after each step, without asking the code under test. MODEL_STEPS=10000
walks longer than usual (`make test-all` does 2,000 steps on each database, bench/newsroom_walk.py 5,000), MODEL_SEED=7
begins with the walk that a failure named.
"""

import io
import itertools
import os
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Locale, WorkflowState

from approval import archive, corrections, emergency, releases, roles, schedule, times, undo, verification
from approval.digest import digest_of
from approval.models import Act, LedgerEntry, Release
from approval.refusals import RefusedError
from home.models import SiteSettings
from news.models import NewsPage
from tests.approval.walk import FIELDS, LONGEST, Approved, Clock, Pair, Story, Words, read
from tests.workflow import SMUGGLED, draft_of, edit_url, form_of, log_in, news_index, person

ENOUGH = int(os.environ.get("MODEL_STEPS") or "200")  # a quarter is the opening walk, which comes everywhere
STEPS = 50  # in one walk
# The same walks for everybody in CI, other ones at home.
SEED = int(os.environ.get("MODEL_SEED") or ("1" if os.environ.get("CI") else random.randrange(10**6)))

REFUSALS = (RefusedError, PermissionDenied, ValidationError)
REASON = "Powódź: ludzie już jadą, nie ma kogo zapytać."

WHICH = (0, 0, 0, 1, 2, 2, 3)

OFTEN = {
    "go_on": 10, "write": 6, "bring_back": 4, "write_for_later": 2, "let_time_pass": 3, "copy": 1,
    "publish_in_an_emergency": 2, "translate": 2, "go_together": 3, "correct": 4, "undo": 2, "move": 2,
}  # fmt: skip
ONCE = (
    "reject", "cancel", "withdraw", "plan", "confirm", "put_back", "restore", "take_down",
    "try_a_door", "try_a_door_of_the_admin",
)  # fmt: skip
DEEDS = [deed for deed, times in OFTEN.items() for _time in range(times)] + list(ONCE)


class Newsroom:
    """One newsroom from its first day: an author's draft, the texts of the site, and copies and translations."""

    people: list[Any]
    admin_browser: Any
    clock: Clock
    seen: Counter[str]

    def __init__(self) -> None:
        self.seen["walks"] += 1
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.clock.ahead = timedelta()
        self.words = Words()
        author = self.people[0]
        page = draft_of(author, "Walk", lead=self.words.new(author))
        self.stories = [self.story_of(page, author)]
        texts = SiteSettings.objects.get(locale__language_code="pl")
        seeded = self.story_of(texts, None)
        seeded.publish(Approved(read(texts), 0))
        self.stories.append(seeded)
        self.now, self.touched, self.entries = "", self.stories, 0
        self.check()

    def end(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def story_of(self, instance: Any, author: Any) -> Story:
        story = Story(instance, self.words)
        if author is not None:
            text = instance.get_latest_revision_as_object()
            story.wrote(author, read(text), text.go_live_at)
        else:
            story.draft = read(instance)
        return story

    def story(self, number: int) -> Story:
        return self.stories[number % len(self.stories)]

    def tries(self, deed: str, act: Any, *args: Any, **kwargs: Any) -> bool:
        """Whether the site let it happen; a refusal is an answer, anything else is a crash."""
        here = transaction.savepoint()
        try:
            act(*args, **kwargs)
        except REFUSALS:
            # Only what the code itself calls atomic is undone: what a refusal leaves half done must be seen.
            if transaction.get_rollback():
                transaction.set_rollback(False)
                transaction.savepoint_rollback(here)
            self.seen[f"{deed}: refused"] += 1
            return False
        self.seen[deed] += 1
        return True

    def step(self, deed: str, user: int, which: int, number: int) -> None:
        """One deed of one person; where it makes no sense now, the text goes a step on in its workflow."""
        story = self.story(which)
        # What is seldom possible is done when it is.
        if story.waiting and not 2 < number < 9:
            deed = "withdraw" if number < 2 else "move" if number == 2 else "let_time_pass"
        elif story.was_public and story.shown is None and number < 6:
            deed = "restore"
        elif story.urgent and number > 8:
            deed = "put_back" if number > 9 else "confirm"
        elif story.pair and number > 4:
            deed = "go_on" if number < 11 else "let_time_pass"
            story = next((one for one in story.pair.open if not one.held), story)
        self.now, self.touched = deed, [story]
        getattr(self, deed)(story, self.people[user], number)
        self.touched = [*self.touched, *(story.pair.stories if story.pair else [])]
        self.check()

    # --- Writing

    def write(self, story: Story, author: Any, number: int, minutes: int | None = None) -> None:
        """Add a word to the newest text, or begin a field anew where it is full; as autosave or not."""
        text = story.fresh().get_latest_revision_as_object()
        name = FIELDS[text._meta.model_name][number % 3]
        word, old = self.words.new(author), getattr(text, name)
        setattr(text, name, word if len(old) > LONGEST else f"{old} {word}".strip())
        text.go_live_at = timezone.now() + timedelta(minutes=minutes) if minutes else None
        newest = story.fresh().get_latest_revision()
        over = newest if number % 2 and newest and newest.user_id == author.pk else None
        if self.tries("write", text.save_revision, user=author, log_action=True, overwrite_revision=over):
            story.wrote(author, read(text), text.go_live_at)

    def write_for_later(self, story: Story, author: Any, number: int) -> None:
        self.write(story, author, number, minutes=20 + number)

    def bring_back(self, story: Story, author: Any, number: int) -> None:
        """An old version becomes the newest one."""
        versions = list(story.fresh().revisions.order_by("-pk")[: number + 2])
        if len(versions) > 1:
            old = versions[-1]
            text = old.as_object()
            if story.is_page:
                text.slug = story.fresh().slug  # a copy's first versions have the address of the source
            before = story.fresh().latest_revision_id
            reverted = self.tries("revert", text.save_revision, user=author, log_action=True, previous_revision=old)
            if reverted and story.fresh().latest_revision_id != before:
                story.wrote(author, read(text), text.go_live_at)

    def correct(self, story: Story, author: Any, number: int) -> None:
        """Other words in place of some, too many now and then, sent as a small correction."""
        instance = story.fresh()
        state = instance.current_workflow_state
        if story.shown is None or (state and state.status == WorkflowState.STATUS_IN_PROGRESS):
            return self.go_on(story, author, number)
        text = instance.get_latest_revision_as_object()
        name = FIELDS[text._meta.model_name][0]
        count = 1 + number % 7
        setattr(text, name, " ".join([*getattr(text, name).split()[:-count], *self.new_words(author, count)]))
        with corrections.meant(True):
            if not self.tries("save to correct", text.save_revision, user=author):
                return
            story.wrote(author, read(text), text.go_live_at)
            self.send(story, state, author)
        step = story.fresh().current_workflow_task_state
        if step and step.task.specific.step == "correction":
            self.seen["sent as small"] += 1
            story.was_sent_as_small()

    def new_words(self, author: Any, count: int) -> list[str]:
        return [self.words.new(author) for _word in range(count)]

    def copy(self, story: Story, author: Any, number: int) -> None:
        source = story.fresh()
        if isinstance(source, SiteSettings) or story.original or len(self.stories) > 4:
            return self.go_on(story, author, number)
        slug = f"copy-{next(self.words.numbers)}"
        action = CopyPageAction(source, to=news_index(), update_attrs={"slug": slug}, keep_live=False, user=author)
        if self.tries("copy", action.execute, skip_permission_checks=True):
            made = type(source).objects.get(slug=slug)
            self.stories.append(self.story_of(made, author))

    # --- Two languages

    def translate(self, story: Story, author: Any, number: int) -> None:
        """Somebody begins the translation; it takes the place that a release kept for it."""
        if not story.is_page or story.original or story.translation:
            return self.go_on(story, author, number)
        original = story.fresh()
        words, key = self.words.new(author), original.translation_key
        title = f"Translation {next(self.words.numbers)}"
        page = draft_of(author, title, language="en", lead=words, translation_key=key)
        releases.join(original, page)
        made = self.story_of(page, author)
        made.original, story.translation = story, made
        self.stories.insert(2, made)
        self.touched = [story, made]
        if story.pair and story.pair.has_place:
            made.pair, story.pair.has_place = story.pair, False
            story.pair.stories.append(made)
            self.seen["take a place"] += 1
        self.seen["translate"] += 1

    def go_together(self, story: Story, user: Any, number: int) -> None:
        """An original and its translation, begun or not, now or at a time, by either rule."""
        story = story.original or story
        if not story.is_page or story.pair:
            return self.go_on(story, user, number)
        at = timezone.now() + timedelta(minutes=2 * number) if number % 3 else None
        rule = Release.Rule.WAIT if number % 2 else Release.Rule.ALONE
        original, english = story.fresh(), Locale.objects.get(language_code="en")
        if not self.tries("go together", releases.create, [original], [english], user, at, rule):
            return self.go_on(story, user, number)
        stories = [one for one in (story, story.translation) if one]
        pair = Pair(releases.release_of(original).pk, stories, len(stories) == 1, at, rule == Release.Rule.WAIT)
        for one in stories:
            assert not one.pair, "it goes with others already"
            one.pair = pair
            if one.waiting:
                assert user in self.people[3:], "somebody changed what was approved"
                one.held, one.waiting = one.waiting[0], None
        self.touched = stories
        pair.go()

    # --- The workflow

    def go_on(self, story: Story, user: Any, number: int) -> None:
        """The next step, whatever it is: `user` tries, and then somebody who should be able to."""
        instance = story.fresh()
        state = instance.current_workflow_state
        if state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
            return self.submit(story, instance, state, user, number)
        step = state.current_task_state.task.specific
        is_review = step.step == "review"
        if is_review and number % 3 == 0:
            self.write(story, user, number)
        # Now and then from a screen that is older than the newest version.
        shown = list(instance.revisions.order_by("-pk")[: 2 if number == 11 else 1])[-1].pk
        is_small = step.step == "correction"
        deed = "review" if is_review else "approve a correction" if is_small else "approve"
        others = self.people[2:] if is_review or is_small else self.people[3:]
        able = [other for other in others if story.may_pass(other, step.step)]
        for judge in (user, *(able[number % 3 :] or able)[:1]):
            if self.tries(deed, step.on_action, state.current_task_state, judge, "approve", shown=shown):
                break
        else:
            return
        assert judge in others, "somebody without the right"
        together = story.pair and all(one.held for one in story.pair.open if one is not story)
        if is_small:
            story.was_corrected(judge)
        else:
            story.was_passed(judge, step.step)
        self.seen["go live together"] += bool(together and story.shown and not story.pair)

    def submit(self, story: Story, instance: Any, state: Any, author: Any, number: int) -> None:
        """As the editor does it: the form is saved, then the workflow starts or goes on."""
        text = instance.get_latest_revision_as_object()
        if number > 8:
            text.go_live_at = timezone.now() + timedelta(minutes=15)
        before = story.fresh().latest_revision_id
        if not self.tries("save to submit", text.save_revision, user=author):
            return
        if story.fresh().latest_revision_id != before:  # nothing new makes no version, and who passed it has passed it
            story.wrote(author, read(text), text.go_live_at)
        self.send(story, state, author)

    def send(self, story: Story, state: Any, author: Any) -> None:
        if state:
            state.resume(author)
        else:
            story.instance.get_workflow().start(story.fresh(), author)
        self.seen["submit"] += 1
        story.began(author)

    def reject(self, story: Story, user: Any, number: int) -> None:
        state = story.fresh().current_workflow_task_state
        if state is None:
            return self.go_on(story, user, number)
        self.tries("reject", state.task.specific.on_action, state, user, "reject", comment="Brakuje adresu")

    def cancel(self, story: Story, user: Any, number: int) -> None:
        state = story.fresh().current_workflow_state
        if state is None:
            return self.go_on(story, user, number)
        state.cancel(user=user)
        self.seen["cancel"] += 1
        story.was_ended()

    # --- Time

    def let_time_pass(self, _story: Story, _user: Any, number: int) -> None:
        self.clock.ahead += timedelta(minutes=1 + 3 * number)
        call_command("publish_scheduled", stdout=io.StringIO())
        self.touched = [story for story in self.stories if story.waiting or story.pair]
        for story in self.touched:
            before = story.waiting, story.held
            story.time_came()
            self.seen["go live at its time"] += bool(before[0] and not story.waiting)
            self.seen["go live together at a time"] += bool(before[1] and not story.held)

    def withdraw(self, story: Story, user: Any, number: int) -> None:
        if story.pair:
            self.touched = story.pair.stories
            if self.tries("let go", releases.withdraw, story.pair.number, user, "Odwołane"):
                assert user in self.people[3:] or not any(one.held for one in story.pair.open)
                story.pair.end()
            return
        if not self.tries("withdraw", schedule.withdraw, story.fresh(), user, "Odwołane"):
            return self.go_on(story, user, number)
        assert story.waiting, "there was nothing to withdraw"
        story.waiting = None

    def move(self, story: Story, user: Any, number: int) -> None:
        """To another time, or to now."""
        due = timezone.now() + timedelta(minutes=3 * number) if number % 4 else None
        if pair := story.pair:
            self.touched = pair.stories
            if self.tries("move both", releases.move, pair.number, due, user):
                assert user in self.people[3:] or not any(one.held for one in pair.open)
                pair.at = due
                pair.go()
        elif story.waiting and self.tries("move", schedule.move, story.fresh(), user, due):
            story.was_moved(due, user)
        else:
            self.go_on(story, user, number)

    def plan(self, story: Story, user: Any, number: int) -> None:
        """Whoever could approve it sets its time."""
        state = story.fresh().current_workflow_task_state
        due = timezone.now() + timedelta(minutes=20) if number % 2 else None
        if state is None or state.status != "in_progress":
            return self.go_on(story, user, number)
        if self.tries("plan", times.plan, state, state.task.specific, user, due, None):
            assert user in self.people[3:] or story.was_approved, "somebody planned what others approve"
            at_review = state.task.specific.step == "review"
            assert user.pk not in story.hands(before_the_step=at_review), "somebody planned their own text"
            assert not (story.pair and due), "it has the time of both"
            story.due = due

    # --- The emergency exit and the archive

    def publish_in_an_emergency(self, story: Story, user: Any, number: int) -> None:
        instance = story.fresh()
        seen = instance.latest_revision_id and instance.latest_revision_id - (number > 9)
        step = instance.current_workflow_task_state
        at_review = bool(step and step.status == "in_progress" and step.task.specific.step == "review")
        if self.tries("emergency", emergency.publish, instance, user, REASON, seen):
            assert user.is_superuser or user in self.people[3:], "somebody without the permission"
            story.was_published_in_an_emergency(user, at_review)

    def confirm(self, story: Story, user: Any, number: int) -> None:
        entries = LedgerEntry.objects.for_instance(story.instance).filter(act=Act.EMERGENCY).order_by("pk")
        entry = entries.first() if number > 9 else entries.last()
        if entry is None or not self.tries("confirm", emergency.confirm, entry, user):
            return self.go_on(story, user, number)
        story.was_confirmed(user)

    def put_back(self, story: Story, user: Any, number: int) -> None:
        entry = emergency.unconfirmed(story.instance)
        if entry is None or not self.tries("put back", emergency.put_back, entry, user):
            return self.go_on(story, user, number)
        story.put_back()

    def undo(self, story: Story, user: Any, number: int) -> None:
        instance = story.fresh()
        before = undo.version_before(instance) if story.shown else None
        if before is None or not self.tries("undo", undo.put_back, instance, user, str(before.pk), "Zły termin"):
            return self.go_on(story, user, number)
        assert user in self.people[3:], "somebody without the permission"
        story.was_undone(user)

    def restore(self, story: Story, user: Any, number: int) -> None:
        if not self.tries("restore", archive.restore, story.fresh(), user):
            return self.go_on(story, user, number)
        assert story.shown is None, "it was public"
        story.put_back()

    def take_down(self, story: Story, user: Any, number: int) -> None:
        instance = story.fresh()
        if not instance.live or not self.tries("take down", instance.unpublish, user=user):
            return self.restore(story, user, number)
        story.was_taken_down()

    # --- Doors that are closed

    def try_a_door(self, story: Story, _user: Any, number: int) -> None:
        """What a shell, a command or an import may try by accident."""
        instance = story.fresh()
        newest = instance.get_latest_revision()
        doors = [self.door_save, self.door_publish, self.door_of_the_plain_page, self.door_delete, self.door_alias]
        doors[number % len(doors)](story, instance, newest)

    def door_save(self, _story: Story, instance: Any, _newest: Any) -> None:
        setattr(instance, FIELDS[instance._meta.model_name][0], SMUGGLED)
        instance.live = True
        assert not self.tries("door", instance.save), "saved past everybody"

    def door_publish(self, story: Story, instance: Any, newest: Any) -> None:
        due = newest and story.waiting and story.waiting[1] <= timezone.now()
        if newest and not due:
            assert not self.tries("door", newest.publish, user=self.people[6]), "published past everybody"
            assert not self.tries("door", instance.publish, newest), "published past everybody"

    def door_of_the_plain_page(self, story: Story, instance: Any, _newest: Any) -> None:
        if story.shown and hasattr(instance, "page_ptr"):
            plain = instance.page_ptr
            plain.seo_title = SMUGGLED
            assert not self.tries("door", plain.save), "saved past everybody"

    def door_delete(self, story: Story, instance: Any, _newest: Any) -> None:
        if story.was_public or story.pair:
            assert not self.tries("door", instance.delete), "what was public is gone"
            for version in instance.revisions.filter(pk=instance.live_revision_id):
                with pytest.raises(ProtectedError), transaction.atomic():
                    version.delete()

    def door_alias(self, _story: Story, instance: Any, _newest: Any) -> None:
        if hasattr(instance, "create_alias"):
            slug = f"alias-{next(self.words.numbers)}"
            self.tries("door", instance.create_alias, parent=news_index(), update_slug=slug)

    def try_a_door_of_the_admin(self, story: Story, user: Any, number: int) -> None:
        """As a superuser, in the browser."""
        page = story.fresh()
        if isinstance(page, SiteSettings):
            return self.go_on(story, user, number)
        if number % 2:
            form = form_of(page, lead=self.words.new(self.people[6]), **{"action-publish": "1"})
            answer = self.admin_browser.post(edit_url(page), form)
            newest = story.fresh().get_latest_revision_as_object()
            if read(newest) != story.draft:
                story.wrote(self.people[6], read(newest), newest.go_live_at)
        else:
            url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
            before = page.current_workflow_state
            answer = self.admin_browser.post(f"{url}?id={page.pk}", {"include_descendants": "on"})
            after = story.fresh().current_workflow_state
            if after and (before is None or after.status != before.status):  # it sends, and does no more
                if before is None:
                    story.was_ended()
                story.began(self.people[6])
        assert answer.status_code < 500
        self.seen["door of the admin"] += 1

    # --- What must hold

    def check(self) -> None:
        """Visitors read what the stories say: every text in one query, what was touched in every way there is."""
        self.seen["steps"] += bool(self.now)
        shown = {story.instance.pk: story.shown for story in self.stories if story.shown and story.is_page}
        rows = NewsPage.objects.filter(live=True).values_list("pk", *FIELDS["newspage"])
        assert {pk: tuple(words) for pk, *words in rows} == shown
        now = [story.check() for story in dict.fromkeys(self.touched)]
        entries = LedgerEntry.objects.count()
        if entries != self.entries:
            self.doubt(now)
        self.entries = entries

    def doubt(self, texts: list[Any]) -> None:
        """The record proves what visitors read."""
        for live in texts:
            if live.live:
                ledger = LedgerEntry.objects.for_instance(live).publications()
                assert ledger.filter(digest=digest_of(live)).exists(), "no record of what visitors read"
        assert not list(verification.doubts(texts))


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


REACHED = (
    "submit", "review", "approve", "reject", "cancel", "go live at its time", "withdraw", "take down", "restore",
    "emergency", "confirm", "put back", "copy", "revert", "door: refused", "door of the admin",
    "translate", "take a place", "go together", "go live together", "go live together at a time", "let go",
    "move both", "move", "plan", "sent as small", "approve a correction", "undo",
)  # fmt: skip


OPENING = (
    "write 0", "go_on 0", "reject 2", "go_on 0", "cancel 0", "go_on 0", "go_on 2", "go_on 3",
    "write_for_later 0", "go_on 0", "go_on 2", "go_on 3", "withdraw 3",
    "go_on 0", "go_on 2", "plan 3 1", "go_on 3", "move 4 2", "let_time_pass 0 9", "take_down 3", "restore 3",
    "correct 0 0", "go_on 4", "undo 3",
    "write 0", "publish_in_an_emergency 3", "confirm 4", "write 0", "publish_in_an_emergency 3", "put_back 4",
    "write 0", "go_together 0 3", "translate 1", "go_on 0", "go_on 2", "go_on 3",
    "go_on 1 1 2", "go_on 2 1 2", "go_on 3 1 2",
    "write 0", "go_together 0 1", "move 4 2", "go_on 0", "go_on 2", "go_on 3", "write 1 1 2",
    "go_on 1 1 2", "go_on 2 1 2", "go_on 3 1 2", "let_time_pass 0 11", "write 0", "go_together 0", "withdraw 3",
    "bring_back 0", "copy 0", "try_a_door 0 0", "try_a_door_of_the_admin 6 0",
)  # fmt: skip
"""A deed, who does it, its number and its text where they matter."""


def by_hand() -> Iterator[tuple[str, int, int, int]]:
    """What chance seldom comes to is done at least once."""
    for step in OPENING:
        deed, user, number, which = (step.split() + ["1", "0"][max(0, step.count(" ") - 1) :])[:4]
        yield deed, int(user), int(which), int(number)


def by_chance(number: int) -> Iterator[tuple[str, int, int, int]]:
    """The same steps whenever the walk has the same number."""
    chance = random.Random(number)
    for _step in range(STEPS):
        yield chance.choice(DEEDS), chance.randrange(7), chance.choice(WHICH), chance.randrange(12)


def walk(room: Newsroom, steps: Iterable[tuple[str, int, int, int]]) -> None:
    taken: list[str] = []
    try:
        for deed, user, which, number in steps:
            taken.append(f"{deed} by {user}, text {which}, number {number}")
            room.step(deed, user, which, number)
            taken[-1] += f": {room.now}"
        room.doubt([story.fresh() for story in room.stories])
    except BaseException as error:
        error.add_note("\n".join(taken))
        raise
    finally:
        room.end()


def test_whatever_people_do_visitors_read_what_somebody_else_approved(newsroom: type[Newsroom]) -> None:
    seen = newsroom.seen
    walk(newsroom(), by_hand())
    assert [deed for deed in REACHED if not seen[deed]] == [], "the opening walk doesn't come there any more"
    for number in itertools.count(SEED):
        if seen["steps"] >= ENOUGH:
            break
        print(f"MODEL_SEED={number} after {seen['steps']} steps", flush=True)  # noqa: T201 - to find the walk again
        walk(newsroom(), by_chance(number))
    print(*(f"{deed}: {times}" for deed, times in sorted(seen.items())), sep="\n")  # noqa: T201 - pytest -s shows it
