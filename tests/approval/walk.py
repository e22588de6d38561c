"""A model of the promise, for tests/approval/test_random_walk.py: who wrote which word, and what visitors may read.

It knows nothing of revisions, logs and ledger entries, so it can't repeat their mistakes: every word that a
person writes is new in the world, and so a text carries its authors wherever it is copied or brought back.
"""

import itertools
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision

from approval.models import ReleaseItem

FIELDS = {
    "newspage": ("lead", "search_description", "seo_title"),
    "sitesettings": ("tagline", "address", "phone_hours"),
}
LONGEST = 60
SMALL = 5
"""Words that a small correction may change."""

Text = tuple[str, ...]
"""The words of a text in the fields that the walk writes."""


class Clock:
    """The time that the site sees: it goes on by itself and jumps when asked."""

    def __init__(self) -> None:
        self.real = timezone.now
        self.ahead = timedelta()

    def now(self) -> datetime:
        return self.real() + self.ahead


class Words:
    """Every word once, and who wrote it; those that somebody independent stands for are settled."""

    def __init__(self) -> None:
        self.numbers = itertools.count(1)
        self.authors: dict[str, int] = {}
        self.settled: set[str] = set()

    def new(self, user: Any) -> str:
        # Letters only: a number is no small correction.
        word = "word" + str(next(self.numbers)).translate(str.maketrans("0123456789", "abcdefghij"))
        self.authors[word] = user.pk
        return word

    def settle(self, text: Text) -> None:
        self.settled |= _words(text)

    def hands(self, text: Text, left_out: set[str]) -> set[int]:
        """Authors of words in `text` that nobody independent has approved in any text."""
        return {self.authors[word] for word in _words(text) & set(self.authors) - self.settled - left_out}


def _words(text: Text) -> set[str]:
    return {word for words in text for word in words.split()}


def _differences(one: Text, other: Text) -> int:
    """Words that are other ones in `other`, or more, or fewer, in all fields."""
    pairs = [(Counter(old.split()), Counter(new.split())) for old, new in zip(one, other, strict=True)]
    return sum(max((old - new).total(), (new - old).total()) for old, new in pairs)


def read(instance: Any) -> Text:
    return tuple(getattr(instance, name) for name in FIELDS[instance._meta.model_name])


@dataclass(frozen=True)
class Approved:
    """A text that somebody independent stands for, the number of its deed, and whose hands were in it.

    `version`: which one it was of all that were saved. `in_full`: the text that it corrects in a few words; itself
    where it went all the way.
    """

    text: Text
    deed: int
    version: int = 0
    hands: frozenset[int] = frozenset()
    in_full: Text | None = None

    @property
    def whole(self) -> Text:
        return self.text if self.in_full is None else self.in_full


@dataclass(eq=False)
class Pair:
    """What is to go live at one moment: an original, and its translation or the place kept for it.

    `number`: of the release. `at`: None as soon as both are approved. `waits`: for both; else the original goes alone.
    """

    number: int
    stories: list["Story"]
    has_place: bool
    at: datetime | None
    waits: bool

    @property
    def open(self) -> list["Story"]:
        return [story for story in self.stories if story.pair is self]

    def go(self) -> None:
        """What may be public by now, is."""
        if self.at and self.at > timezone.now():
            return
        original, ready = self.stories[0], [story for story in self.open if story.held]
        if self.waits or self.at is None:
            if self.has_place or len(ready) < len(self.open):
                return
        elif original not in ready and (original.shown is None or original.pair):
            return  # no translation without its original
        for story in ready:
            approved, story.held, story.pair = story.held, None, None
            story.publish(approved)
        if original in ready:
            self.has_place = False

    def end(self) -> None:
        for story in self.open:
            story.held, story.pair = None, None
        self.has_place = False


@dataclass(eq=False)
class Story:
    """What should be true of one page or snippet.

    `deeds`: ids of the users who did something to the text, in their order; `draft_at`, `settled_at`: numbers of
    deeds. `corrections`, `corrected`: deeds and words of reviewers at their step.
    `approved`: newest last; `down_at`: how many of them there were when it was taken down.
    `version`: counts what was saved, the same words too. `passed`: who took a step last, and the version that they
    passed. `small_at`: the version that its author sent as a small correction. `waiting`: the text that was approved
    for a time; `held`: the one that waits for the other of its `pair`. `original`: of a translation. `urgent`:
    emergency publications that nobody has answered: who published them, whose hands were in them.
    """

    instance: Any
    words: Words
    shown: Text | None = None
    draft: Text = ()
    deeds: list[int] = field(default_factory=list)
    draft_at: int = 0
    version: int = 0
    settled_at: int = 0
    begun_at: int = 0
    begun: Text = ()
    submitter: int | None = None
    corrections: set[int] = field(default_factory=set)
    corrected: set[str] = field(default_factory=set)
    passed: dict[str, tuple[int, int]] = field(default_factory=dict)
    small_at: int = -1
    approved: list[Approved] = field(default_factory=list)
    down_at: int = 0
    waiting: tuple[Approved, datetime] | None = None
    original: "Story | None" = None
    translation: "Story | None" = None
    pair: Pair | None = None
    held: Approved | None = None
    due: datetime | None = None
    urgent: list[set[int]] = field(default_factory=list)
    urgent_text: Approved | None = None
    was_public: bool = False

    @property
    def is_page(self) -> bool:
        return isinstance(self.instance, Page)

    def fresh(self) -> Any:
        return type(self.instance).objects.get(pk=self.instance.pk)

    # --- What people do

    def wrote(self, user: Any, text: Text, due: datetime | None) -> None:
        self.version += 1
        if (text, due) == (self.draft, self.due):
            return  # whoever saves what was there has written nothing
        state = self.fresh().current_workflow_task_state
        if state is not None and state.status == "in_progress" and state.task.specific.step == "review":
            self.corrections.add(len(self.deeds))
            self.corrected |= _words(text) - _words(self.draft)
        self.deeds.append(user.pk)
        self.draft, self.due, self.draft_at = text, due, len(self.deeds)

    def began(self, user: Any | None = None) -> None:
        """A step begins; with `user` they submitted the text."""
        self.begun_at, self.begun = len(self.deeds), self.draft
        if user is not None:
            self.submitter = user.pk

    def hands(self, before_the_step: bool = False) -> set[int]:
        """Who had a hand in the text that waits: as it is, or as it was when the step began."""
        text, until = (self.begun, self.begun_at) if before_the_step else (self.draft, None)
        left_out, corrected = (self.corrections, self.corrected) if before_the_step else (set(), set())
        deeds = list(enumerate(self.deeds))[self.settled_at : until]
        found = {user for number, user in deeds if number not in left_out}
        found |= self.words.hands(text, corrected)
        return found | ({self.submitter} if self.submitter else set())

    @property
    def was_approved(self) -> bool:
        """Whether only the review is left: the text was changed after it, and approved first."""
        return self.passed.get("approval", (0, -1))[1] == self.version

    def may_pass(self, user: Any, step: str) -> bool:
        """Whether nothing speaks against `user`, whatever groups they are in."""
        if step == "review":
            return user.pk not in self.hands(before_the_step=True)
        return user.pk not in self.hands() and self.passed.get("review") != (user.pk, self.version)

    def was_passed(self, user: Any, step: str) -> None:
        """`user` took a step. After both, visitors may read exactly the newest text, now or at its time."""
        assert user.pk not in self.hands(before_the_step=step == "review"), "somebody passed their own text"
        self.passed[step] = user.pk, self.version
        passed = [self.passed.get(name, (0, -1)) for name in ("review", "approval")]
        if any(version != self.version for _user, version in passed):
            return self.began()  # the other step is due: the text was changed since
        (reviewer, _version), (approver, _version) = passed
        assert approver not in self.hands(), "somebody approved what they had a hand in"
        assert reviewer != approver, "one person took both steps"
        approved = self.as_it_is()
        self.was_ended()
        if self.pair:
            self.held = approved
            self.pair.go()
        elif self.due and self.due > timezone.now():
            self.waiting = approved, self.due
        else:
            self.publish(approved)

    def as_it_is(self) -> Approved:
        return Approved(self.draft, self.draft_at, self.version, frozenset(self.hands()))

    def was_sent_as_small(self) -> None:
        self.assert_small()
        self.small_at = self.version

    def assert_small(self) -> None:
        """A few words of what visitors read, and of what was approved in full before it."""
        assert self.shown is not None and not self.urgent and not self.pair, "there is nothing to correct"
        assert 0 < _differences(self.shown, self.draft) <= SMALL, "that is no small correction"
        assert _differences(self.approved[-1].whole, self.draft) <= SMALL, "many small ones are no small one"

    def was_corrected(self, user: Any) -> None:
        """`user` took the one step of a small correction."""
        assert user.pk not in self.hands(), "somebody approved their own correction"
        self.assert_small()
        if self.version != self.small_at:
            return self.began()  # changed since: it goes all the way
        assert not (self.due and self.due > timezone.now()), "a correction with a time"
        approved = Approved(self.draft, self.draft_at, self.version, frozenset(self.hands()), self.approved[-1].whole)
        self.was_ended()
        self.publish(approved)

    def was_ended(self) -> None:
        """The workflow is over; the same text may go through another one, from its first step."""
        self.submitter, self.passed, self.small_at = None, {}, -1

    def went_its_own_way(self) -> None:
        """And so does the other of its pair."""
        if self.pair:
            self.pair.end()

    def publish(self, approved: Approved) -> None:
        """Visitors see this text, and somebody independent stands for it. The workflow of a newer one goes on."""
        if approved.version == self.version:
            self.was_ended()
        self.shown, self.waiting, self.was_public = approved.text, None, True
        self.settle(approved)

    def settle(self, approved: Approved) -> None:
        self.approved.append(approved)
        self.settled_at = approved.deed
        self.words.settle(approved.text)
        self.urgent, self.urgent_text = [], None

    def put_back(self) -> None:
        """The newest approved text is public again."""
        self.went_its_own_way()
        self.publish(self.approved[-1])
        self.passed = {}

    def was_undone(self, user: Any) -> None:
        """The approved text before is public again; nobody but who wrote that draft goes on with another one."""
        assert self.shown is not None and not self.urgent, "there was nothing to undo"
        before = [approved for approved in self.approved[self.down_at :] if approved.text != self.shown]
        assert before, "what came back was never approved"
        assert user.pk not in before[-1].hands, "somebody brought back their own text"
        somebody_works_on_it = self.approved[-1].version != self.version
        self.went_its_own_way()
        self.publish(before[-1])
        self.passed = {}  # of the draft: whoever passed it compared it with another text
        if not somebody_works_on_it:
            self.version += 1
            self.draft, self.draft_at, self.settled_at = self.shown, len(self.deeds), len(self.deeds)
            self.approved[-1] = replace(before[-1], deed=self.draft_at, version=self.version)
            self.was_ended()
        assert read(self.fresh().get_latest_revision_as_object()) == self.draft, "somebody's draft is gone"

    def was_moved(self, due: datetime | None, user: Any) -> None:
        """To another time, or to now."""
        assert self.waiting, "there was nothing that waits"
        approved, _due = self.waiting
        assert user.pk not in approved.hands, "somebody moved the time of their own text"
        self.waiting = approved, due or timezone.now()
        self.due = self.fresh().get_latest_revision_as_object().go_live_at
        self.time_came()

    def was_published_in_an_emergency(self, user: Any, at_review: bool) -> None:
        hands = self.hands()
        self.went_its_own_way()
        self.urgent.append(hands | {user.pk})
        self.shown, self.waiting, self.was_public = self.draft, None, True
        self.was_ended()
        if self.due and self.due > timezone.now():
            self.wrote(user, self.draft, None)  # the same words, without their time
            if at_review:  # saved before the emergency ended that step
                self.corrections.add(len(self.deeds) - 1)
        self.urgent_text = Approved(self.draft, self.draft_at, self.version, frozenset(hands))

    def was_confirmed(self, user: Any) -> None:
        assert self.urgent_text, "there was nothing to confirm"
        assert all(user.pk not in hands for hands in self.urgent), "somebody confirmed their own text"
        assert self.shown == self.urgent_text.text, "what was confirmed is not what visitors see"
        self.settle(self.urgent_text)

    def was_taken_down(self) -> None:
        self.went_its_own_way()
        self.down_at = len(self.approved)
        self.shown, self.waiting = None, None
        self.urgent, self.urgent_text = [], None

    def time_came(self) -> None:
        if self.waiting and self.waiting[1] <= timezone.now():
            self.publish(self.waiting[0])
        if self.pair:
            self.pair.go()

    # --- What must hold

    def check(self) -> Any:
        """Visitors read what this story says, word for word. Returns the text as it is in the database now."""
        now = self.fresh()
        assert (read(now) if now.live else None) == self.shown
        if self.is_page:
            plain = Page.objects.get(pk=now.pk)
            assert (plain.live, plain.title, plain.seo_title) == (now.live, now.title, now.seo_title)
        waiting = now.scheduled_revision
        assert (read(waiting.as_object()) if waiting else None) == (self.waiting[0].text if self.waiting else None)
        if self.is_page:
            item = ReleaseItem.objects.filter(page=now.pk, is_open=True).select_related("approval").first()
            assert (item and item.release_id) == (self.pair and self.pair.number)
            held = item and item.approval and Revision.objects.get(pk=item.approval.revision_number)
            assert (read(held.as_object()) if held else None) == (self.held and self.held.text)
        return now
