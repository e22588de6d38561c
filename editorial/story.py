"""The way of a text, in words: who wrote, who reviewed, who approved, and for whom it waits now."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import TaskState, WorkflowState

from editorial import chronicle, dates, people, step_names
from editorial.models import Act, LedgerEntry

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
class Story:
    """Everything that happened, newest first, and what it waits for, if it waits."""

    events: list[Event] = field(default_factory=list)
    standing: str = ""
    waits_for: str = ""


def story(instance: Any) -> Story:
    """The story of a page or snippet since it exists."""
    events = sorted([*_writing(instance), *_workflow(instance), *_decisions(instance)], key=lambda event: event.at)
    standing, waits_for = _standing(instance)
    return Story(list(reversed(events))[:LIMIT], standing, waits_for)


def _writing(instance: Any) -> Iterator[Event]:
    """Saved versions; one after another by one person, without a step between, are one event."""
    rows = list(instance.revisions.order_by("created_at", "pk").values_list("user_id", "created_at"))
    steps = sorted(
        TaskState.objects.filter(
            workflow_state__base_content_type=instance.get_base_content_type(),
            workflow_state__object_id=str(instance.pk),
        ).values_list("started_at", flat=True)
    )
    users = get_user_model().objects.in_bulk({user for user, _at in rows if user})
    groups: list[list[Any]] = []
    for user, at in rows:
        last = groups[-1] if groups else None
        if last and last[0] == user and not any(last[2] < step <= at for step in steps):
            last[2] = at
        else:
            groups.append([user, at, at])
    for index, (user, first, last) in enumerate(groups):
        name = _name(users.get(user))
        words = _("%(name)s wrote the first version") if index == 0 else _("%(name)s worked on the text")
        yield Event(first, "write", words % {"name": name}, until=last)


def _workflow(instance: Any) -> Iterator[Event]:
    states = (
        WorkflowState.objects.for_instance(instance)
        .select_related("requested_by")
        .prefetch_related("task_states__task", "task_states__finished_by")
    )
    for state in states:
        words = _("%(name)s submitted it") % {"name": _name(state.requested_by)}
        yield Event(state.created_at, "submit", words)
        returned = False
        for step in sorted(state.task_states.all(), key=lambda step: step.pk):
            if returned:
                yield Event(step.started_at, "submit", _("It was submitted again"))
            returned = step.status == TaskState.STATUS_REJECTED
            if step.finished_at and step.status in STEPS:
                yield _step(step)


STEPS = (TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED, TaskState.STATUS_CANCELLED)


def _step(step: Any) -> Event:
    facts = {"name": _name(step.finished_by), "step": step_names.shown(step.task.name)}
    kind, words = {
        TaskState.STATUS_APPROVED: ("yes", _("%(name)s said yes at the step “%(step)s”")),
        TaskState.STATUS_REJECTED: ("no", _("%(name)s returned it for corrections at the step “%(step)s”")),
        TaskState.STATUS_CANCELLED: ("stop", _("%(name)s took it back from the step “%(step)s”")),
    }[step.status]
    return Event(step.finished_at, kind, words % facts, step.comment)


def _decisions(instance: Any) -> Iterator[Event]:
    kinds = {Act.EMERGENCY: "alarm", Act.TAKEN_DOWN: "stop", Act.WITHDRAWN: "stop"}
    for entry in LedgerEntry.objects.for_instance(instance).select_related("answered"):
        reason = "" if entry.act == Act.PLANTED else entry.reason
        yield Event(entry.at, kinds.get(entry.act, "public"), chronicle.sentence(entry).rstrip("."), reason)


def _standing(instance: Any) -> tuple[str, str]:
    """Where the text stands, and who can do something about it."""
    workflow_state = WorkflowState.objects.for_instance(instance).active().order_by("-pk").first()
    if workflow_state is None:
        return _at_rest(instance), ""
    step = workflow_state.current_task_state
    if workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        writer = _name(workflow_state.requested_by)
        words = _("Returned for corrections on %(day)s. It waits for: %(name)s.")
        return words % {"day": dates.day(step.finished_at or step.started_at), "name": writer}, ""
    words = _("Since %(time)s it waits at the step “%(step)s”.")
    standing = words % {"time": dates.day_and_hour(step.started_at), "step": step_names.shown(step.task.name)}
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
    return words % {"step": step_names.shown(missing.task.name)}


def _at_rest(instance: Any) -> str:
    scheduled = instance.scheduled_revision
    if scheduled is not None:
        words = _("Approved. It goes live on %(time)s.")
        return words % {"time": dates.day_and_hour(scheduled.approved_go_live_at)}
    if instance.live and instance.has_unpublished_changes:
        return _("Visitors see an earlier version. Nobody has submitted the newest one.")
    if instance.live:
        return _("Visitors see exactly this version.")
    if getattr(instance, "first_published_at", None):
        return _("Taken down. Visitors don't see it.")
    return _("A draft. Nobody has submitted it.")


def _name(user: Any) -> str:
    return user.name if user else pgettext("person", "somebody")
