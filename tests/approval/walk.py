"""A model of the promise, for tests/approval/test_random_walk.py: who wrote which word, and what visitors may read.

It knows nothing of revisions, logs and ledger entries, so it can't repeat their mistakes: every word that a
person writes is new in the world, and so a text carries its authors wherever it is copied or brought back.
"""

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

FIELDS = {
    "newspage": ("lead", "search_description", "seo_title"),
    "sitesettings": ("tagline", "address", "phone_hours"),
}
LONGEST = 60

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
        word = f"word{next(self.numbers)}"
        self.authors[word] = user.pk
        return word

    def settle(self, text: Text) -> None:
        self.settled |= _words(text)

    def hands(self, text: Text, left_out: set[str]) -> set[int]:
        """Authors of words in `text` that nobody independent has approved in any text."""
        return {self.authors[word] for word in _words(text) & set(self.authors) - self.settled - left_out}


def _words(text: Text) -> set[str]:
    return {word for words in text for word in words.split()}


def read(instance: Any) -> Text:
    return tuple(getattr(instance, name) for name in FIELDS[instance._meta.model_name])


@dataclass
class Story:
    """What should be true of one page or snippet.

    `deeds`: ids of the users who did something to the text, in their order; `draft_at`, `settled_at`: numbers of
    deeds. `corrections`, `corrected`: deeds and words of reviewers at their step.
    `approved`: texts that somebody independent stands for, with the number of their deed, newest last.
    `passed`: who took a step last, and the deed of the version that they passed. `waiting`: the text that was
    approved for a time. `urgent`: emergency publications that nobody has answered: who published them, whose
    hands were in them.
    """

    instance: Any
    words: Words
    shown: Text | None = None
    draft: Text = ()
    deeds: list[int] = field(default_factory=list)
    draft_at: int = 0
    settled_at: int = 0
    begun_at: int = 0
    begun: Text = ()
    submitter: int | None = None
    corrections: set[int] = field(default_factory=set)
    corrected: set[str] = field(default_factory=set)
    passed: dict[str, tuple[int, int]] = field(default_factory=dict)
    approved: list[tuple[Text, int]] = field(default_factory=list)
    waiting: tuple[Text, int, datetime] | None = None
    due: datetime | None = None
    urgent: list[set[int]] = field(default_factory=list)
    urgent_text: tuple[Text, int] | None = None
    was_public: bool = False

    @property
    def is_page(self) -> bool:
        return isinstance(self.instance, Page)

    def fresh(self) -> Any:
        return type(self.instance).objects.get(pk=self.instance.pk)

    # --- What people do

    def wrote(self, user: Any, text: Text, due: datetime | None) -> None:
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

    def may_pass(self, user: Any, step: str) -> bool:
        """Whether nothing speaks against `user`, whatever groups they are in."""
        if step == "review":
            return user.pk not in self.hands(before_the_step=True)
        reviewer, deed = self.passed.get("review", (0, -1))
        return user.pk not in self.hands() and (user.pk, self.draft_at) != (reviewer, deed)

    def was_passed(self, user: Any, step: str) -> None:
        """`user` took a step. After both, visitors may read exactly the newest text, now or at its time."""
        assert user.pk not in self.hands(before_the_step=step == "review"), "somebody passed their own text"
        self.passed[step] = user.pk, self.draft_at
        passed = [self.passed.get(name, (0, -1)) for name in ("review", "approval")]
        if any(deed != self.draft_at for _user, deed in passed):
            return self.began()  # the other step is due: the text was changed since
        (reviewer, _deed), (approver, _deed) = passed
        assert approver not in self.hands(), "somebody approved what they had a hand in"
        assert reviewer != approver, "one person took both steps"
        self.was_ended()
        if self.due and self.due > timezone.now():
            self.waiting = self.draft, self.draft_at, self.due
        else:
            self.publish(self.draft, self.draft_at)

    def was_ended(self) -> None:
        """The workflow is over; the same text may go through another one, from its first step."""
        self.submitter, self.passed = None, {}

    def publish(self, text: Text, deed: int) -> None:
        """Visitors see `text`, and somebody independent stands for it."""
        self.shown, self.waiting, self.was_public = text, None, True
        self.settle(text, deed)

    def settle(self, text: Text, deed: int) -> None:
        self.approved.append((text, deed))
        self.settled_at = deed
        self.words.settle(text)
        self.urgent, self.urgent_text = [], None

    def was_published_in_an_emergency(self, user: Any, at_review: bool) -> None:
        self.urgent.append(self.hands() | {user.pk})
        self.shown, self.waiting, self.was_public = self.draft, None, True
        self.was_ended()
        if self.due and self.due > timezone.now():
            self.wrote(user, self.draft, None)  # the same words, without their time
            if at_review:  # saved before the emergency ended that step
                self.corrections.add(len(self.deeds) - 1)
        self.urgent_text = self.draft, self.draft_at

    def was_confirmed(self, user: Any) -> None:
        assert self.urgent_text, "there was nothing to confirm"
        assert all(user.pk not in hands for hands in self.urgent), "somebody confirmed their own text"
        assert self.shown == self.urgent_text[0], "what was confirmed is not what visitors see"
        self.settle(*self.urgent_text)

    def was_taken_down(self) -> None:
        self.shown, self.waiting = None, None
        self.urgent, self.urgent_text = [], None

    def time_came(self) -> None:
        if self.waiting and self.waiting[2] <= timezone.now():
            self.publish(*self.waiting[:2])

    # --- What must hold

    def check(self) -> Any:
        """Visitors read what this story says, word for word. Returns the text as it is in the database now."""
        now = self.fresh()
        assert (read(now) if now.live else None) == self.shown
        if self.is_page:
            plain = Page.objects.get(pk=now.pk)
            assert (plain.live, plain.title, plain.seo_title) == (now.live, now.title, now.seo_title)
        waiting = now.scheduled_revision
        assert (read(waiting.as_object()) if waiting else None) == (self.waiting[0] if self.waiting else None)
        return now
