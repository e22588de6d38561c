"""The way of a text, in words: who wrote, who reviewed, who approved, and for whom it waits now."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import TaskState, WorkflowState

from approval import dates, ledger_words, people, release_standing, releases, step_names
from approval.models import Act, LedgerEntry

LIMIT = 40
"""Events of a long history; the rest stands in Wagtail's own history."""


@dataclass
class Event:
    """One thing that happened. `kind` chooses the sign beside it."""

    at: datetime
    kind: str
    words: str
    comment: str = ""
    until: datetime | None = None

    @property
    def when(self) -> str:
        """“3 May, 10:00”, or “2 May – 3 May” for work on several days."""
        first, last = dates.day(self.at), dates.day(self.until or self.at)
        return f"{first} – {last}" if first != last else dates.day_and_hour(self.until or self.at)


@dataclass
class Timeline:
    """Everything that happened, newest first, and what it waits for, if it waits."""

    events: list[Event] = field(default_factory=list)
    standing: str = ""
    waits_for: str = ""
    note: Any = None
    """The `SubmissionNote` that came with the text when it was sent last; None once it was returned."""
    standing_once_changed: str = ""
    """What `standing` becomes with the first change in an open editor; "" where it stays the same."""


def timeline(instance: Any, step: Any = None) -> Timeline:
    """The timeline of a page or snippet since it exists. `step`: the open step, for whoever has it."""
    steps = _steps(instance)
    events = [*_writing(instance, steps), *_workflow(steps), *_decisions(instance)]
    events.sort(key=lambda event: event.at)
    standing, waits_for = waiting(step) if step is not None else _standing(instance, steps)
    once_changed = _visitors_see_an_earlier() if standing == _visitors_see_this() else ""
    return Timeline(list(reversed(events))[:LIMIT], standing, waits_for, _newest_note(steps), once_changed)


def _newest_note(steps: list[Any]) -> Any:
    for step in reversed(steps):
        is_over = _outcome(step) in (TaskState.STATUS_REJECTED, TaskState.STATUS_CANCELLED)
        if is_over or step.workflow_state_id != steps[-1].workflow_state_id:
            return None
        if hasattr(step, "note"):
            return step.note
    return None


def _steps(instance: Any) -> list[Any]:
    """Every step that the text came to, in its order."""
    states = TaskState.objects.filter(
        workflow_state__base_content_type=instance.get_base_content_type(),
        workflow_state__object_id=str(instance.pk),
    )
    return list(
        states.select_related("task", "finished_by", "workflow_state__requested_by", "note__user").order_by("pk")
    )


def _writing(instance: Any, steps: list[Any]) -> Iterator[Event]:
    """Saved versions; one after another by one person, without a step between, are one event."""
    rows = instance.revisions.order_by("created_at", "pk").select_related("user").defer("content", "object_str")
    begun = sorted(step.started_at for step in steps)
    groups: list[list[Any]] = []
    for row in rows:
        last = groups[-1] if groups else None
        if last and last[0] == row.user and not any(last[2] < start <= row.created_at for start in begun):
            last[2] = row.created_at
        else:
            groups.append([row.user, row.created_at, row.created_at])
    for index, (user, first, last) in enumerate(groups):
        words = _("%(name)s wrote the first version") if index == 0 else _("%(name)s worked on the text")
        yield Event(first, "write", words % {"name": _name(user)}, until=last)


def _workflow(steps: list[Any]) -> Iterator[Event]:
    begun: set[int] = set()
    returned = False
    for step in sorted(steps, key=lambda step: (step.workflow_state_id, step.pk)):
        state = step.workflow_state
        if state.pk not in begun:
            begun.add(state.pk)
            words = _("%(name)s submitted it") % {"name": _name(state.requested_by)}
            yield Event(state.created_at, "submit", words, _note(step))
        elif returned:
            yield Event(step.started_at, "submit", _("It was submitted again"), _note(step))
        returned = step.status == TaskState.STATUS_REJECTED
        if step.finished_at and step.status in STEPS:
            yield _step(step)


def _note(step: Any) -> str:
    return step.note.text if hasattr(step, "note") else ""


STEPS = (TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED, TaskState.STATUS_CANCELLED)


def _outcome(step: Any) -> str:
    """What became of `step` then: a yes that counts no more (`archive.put_back`) was one all the same.

    Whoever takes a text back ends the step at which it is; a step that an administrator closes isn't active.
    """
    is_at_it = step.status != TaskState.STATUS_CANCELLED or step.pk == step.workflow_state.current_task_state_id
    return step.status if is_at_it or not step.finished_at or not step.task.active else TaskState.STATUS_APPROVED


def _step(step: Any) -> Event:
    facts = {"name": _name(step.finished_by), "step": step_names.shown_name(step.task.name)}
    kind, words = {
        TaskState.STATUS_APPROVED: ("yes", _("%(name)s said yes at the step “%(step)s”")),
        TaskState.STATUS_REJECTED: ("no", _("%(name)s returned it for corrections at the step “%(step)s”")),
        TaskState.STATUS_CANCELLED: ("stop", _("%(name)s took it back from the step “%(step)s”")),
    }[_outcome(step)]
    return Event(step.finished_at, kind, words % facts, step.comment)


ACTIVE = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


def taken(step: Any) -> Event | None:
    """What became of `step`, by whom and when; None while it is open."""
    return _step(step) if step.finished_at and step.status in STEPS else None


def _decisions(instance: Any) -> Iterator[Event]:
    kinds = {Act.EMERGENCY: "alarm", Act.TAKEN_DOWN: "stop", Act.WITHDRAWN: "stop"}
    for entry in LedgerEntry.objects.for_instance(instance).select_related("answered"):
        reason = "" if entry.act == Act.SEEDED or entry.rule else entry.reason
        yield Event(entry.at, kinds.get(entry.act, "public"), ledger_words.sentence(entry).rstrip("."), reason)


def _standing(instance: Any, steps: list[Any]) -> tuple[str, str]:
    """Where the text stands, and who can do something about it; `steps`: all that it came to."""
    current = (step for step in steps if step.workflow_state.status in ACTIVE)
    step = next((step for step in current if step.pk == step.workflow_state.current_task_state_id), None)
    if step is None:
        return _at_rest(instance), ""
    workflow_state = step.workflow_state
    if workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        day = dates.day(step.finished_at or step.started_at)
        writers = people.first_here(workflow_state.requested_by) or people.first_here(getattr(instance, "owner", None))
        if not writers:
            words = _("Returned for corrections on %(day)s. Its author has left: whoever may edit it goes on.")
            return words % {"day": day}, ""
        words = _("Returned for corrections on %(day)s. It waits for: %(name)s.")
        return words % {"day": day, "name": writers[0].name}, ""
    return waiting(step)


def waiting(step: Any) -> tuple[str, str]:
    """The same for a text that stands at an open step."""
    words = _("Since %(time)s it waits at the step “%(step)s”.")
    standing = words % {"time": dates.day_and_hour(step.started_at), "step": step_names.shown_name(step.task.name)}
    return standing, who_can(people.deciders(step))


def who_can(found: list[Any]) -> str:
    """“Who can take it: Anna, Piotr.”, or a warning when there is nobody."""
    if not found:
        return _("Nobody can take this step: everyone in its group worked on this text. Ask an administrator for help.")
    return _("Who can take it: %(names)s.") % {"names": ", ".join(user.name for user in found)}


def nobody_left(outlook: people.Outlook) -> str:
    """What speaks against sending the text now: a step that nobody could take. Empty if nothing does."""
    missing = outlook.missing
    if missing is None:
        return ""
    words = _(
        "Nobody would be left for the step “%(step)s”: everyone in its group worked on this text, or is needed "
        "before. Let somebody else write or submit it, or ask an administrator."
    )
    return words % {"step": step_names.shown_name(missing.task.name)}


def _at_rest(instance: Any) -> str:
    scheduled = instance.scheduled_revision
    if scheduled is not None:
        words = _("Approved. It goes live on %(time)s.")
        return words % {"time": dates.day_and_hour(scheduled.approved_go_live_at)}
    if release := releases.release_that_holds(instance):
        return release_standing.approved(release)
    if instance.live and instance.has_unpublished_changes:
        return _visitors_see_an_earlier()
    if instance.live:
        return _visitors_see_this()
    if getattr(instance, "first_published_at", None):
        return _("Taken down. Visitors don't see it.")
    return _("A draft. Nobody has submitted it.")


def _visitors_see_this() -> str:
    return _("Visitors see exactly this version.")


def _visitors_see_an_earlier() -> str:
    return _("Visitors see an earlier version. Nobody has submitted the newest one.")


def _name(user: Any) -> str:
    return user.name if user else pgettext("person", "somebody")
