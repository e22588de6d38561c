"""What happened, and who hears of it. Everything here runs inside the transaction of the decision."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_approved, task_rejected, task_submitted

from approval import deadlines, people, policy, roles, submissions, validation
from approval.models import Act, FourEyesTask, LedgerEntry, NeededBy
from approval.models.acts import APPROVED_FOR_LATER
from approval.models.ledger import ids_of
from approval.restriction import overridden, removed
from approval.schedule import held_back
from approval.signals import decided
from approval.titles import shown_title
from approval.validation import Problem
from notifications import outbox
from notifications.links import absolute, decision_url, edit_url, opening_url, public_url

# --- Steps of the workflow ------------------------------------------------------------------


def tell_step_begins(instance: TaskState, user: Any = None, **_signal: Any) -> None:
    """To those who can take the step that begins, and nobody else."""
    if outbox.is_silent() or not isinstance(instance.task.specific, FourEyesTask):
        return
    before = _last_approval(instance.workflow_state)
    facts = {**step_facts(instance), "who": _name(user), "comment": before.comment if before else submissions.note()}
    kind = "passed-on" if before else "submitted"
    outbox.write(f"{kind}:{instance.pk}", kind, people.deciders(instance), facts)


def tell_comment(instance: TaskState, user: Any = None, **_signal: Any) -> None:
    """A comment left while passing on goes to whoever worked on the text; the last step's goes with its result."""
    if instance.comment and instance.workflow_state.status == WorkflowState.STATUS_IN_PROGRESS:
        facts = {**step_facts(instance), "who": _name(user), "comment": instance.comment, "url": ""}
        _tell_writers(f"commented:{instance.pk}", "commented", instance, user, facts)


def tell_rejection(instance: TaskState, user: Any = None, **_signal: Any) -> None:
    """To every contributor, with the comment."""
    facts = {**step_facts(instance), "who": _name(user), "comment": instance.comment, "url": ""}
    _tell_writers(f"rejected:{instance.pk}", "rejected", instance, user, facts)


def _tell_writers(event: str, kind: str, task_state: TaskState, user: Any, facts: dict[str, Any]) -> None:
    """And to whoever has the text from one of them who left."""
    found = policy.contributions_of([task_state.workflow_state])[task_state.workflow_state_id]
    outbox.write(event, kind, _without(user, {*found.all, *found.heirs}), facts)


def step_facts(task_state: TaskState) -> dict[str, Any]:
    """What a mail about a step says, to whoever can take it: plain values."""
    instance = policy.subject(task_state)
    day = deadlines.due(task_state)
    return {
        **object_facts(instance),
        "task_state": task_state.pk,
        "step": task_state.task.name,
        "day": day.isoformat() if day else "",
        "url": decision_url(task_state),
    }


def object_facts(instance: Any) -> dict[str, Any]:
    """Which text: its newest title, its kind as "app.model", its address for staff, the number of its language.

    `pair`: what it has in common with the same text in other languages.
    """
    return {
        "title": shown_title(instance),
        "model": instance._meta.label_lower,
        "edit_url": edit_url(instance),
        "locale": getattr(instance, "locale_id", None),
        "pair": str(getattr(instance, "translation_key", "")),
    }


def _last_approval(workflow_state: WorkflowState) -> TaskState | None:
    """The step taken just before; None where the text was just submitted, or submitted again."""
    last = workflow_state.task_states.exclude(finished_at=None).order_by("-finished_at", "-pk").first()
    return last if last and last.status == TaskState.STATUS_APPROVED else None


# --- Acts of the ledger ---------------------------------------------------------------------


def tell_decision(entry: LedgerEntry, **_signal: Any) -> None:
    tell = MAIL_OF_ACT.get(entry.act)
    if tell is not None and not outbox.is_silent():
        tell(entry)
    if entry.act in (Act.PUBLISHED, Act.CORRECTED, Act.EMERGENCY):
        NeededBy.objects.filter(content_type=entry.content_type, object_id=entry.object_id).delete()


def _tell_published(entry: LedgerEntry) -> None:
    kind = "released" if entry.release_number else _kind_of_publication(entry)
    _write(entry, kind, _without(entry.user, ids_of(entry.contributors)))


def _kind_of_publication(entry: LedgerEntry) -> str:
    approval = entry.answered
    if approval is None or approval.act not in APPROVED_FOR_LATER:
        return "published"
    return "published-early" if approval.is_at_once else "due"


def _tell_scheduled(entry: LedgerEntry) -> None:
    if entry.is_at_once:  # Its publication is told.
        return
    kind = "moved" if entry.answered_id else "scheduled"
    _write(entry, kind, _without(entry.user, ids_of(entry.contributors)))


def _tell_held(entry: LedgerEntry) -> None:
    if entry.answered_id:  # It was approved for a time; that it goes live together from now on is told of both texts.
        return
    _write(entry, "held", _without(entry.user, ids_of(entry.contributors)))


def _tell_withdrawn(entry: LedgerEntry) -> None:
    """To whoever worked on it or approved it: the last schedule in the ledger names them.

    Where several texts no longer go live together, one mail tells of all of them (`release_events.py`).
    """
    if entry.release_number:
        return
    same = LedgerEntry.objects.filter(content_type=entry.content_type, object_id=entry.object_id, pk__lt=entry.pk)
    schedule = same.filter(act__in=APPROVED_FOR_LATER).order_by("-pk").first()
    ids = ids_of([*entry.named, *(schedule.named if schedule else [])])
    _write(entry, "withdrawn", _without(entry.user, ids))


def _tell_taken_down(entry: LedgerEntry) -> None:
    _write(entry, "expired" if entry.user is None and entry.due else "taken-down", coordinators())


def tell_held_back(revision: Any, instance: Any, problems: list[Problem], **_signal: Any) -> None:
    """To whoever worked on it, and to the coordinators; the reasons are in the words of the command's language."""
    approval = LedgerEntry.objects.for_instance(instance).filter(act__in=APPROVED_FOR_LATER).order_by("-pk").first()
    writers = ids_of(approval.contributors) if approval else set()
    reason = validation.words(problems)
    facts = {
        **object_facts(instance),
        "title": revision.object_str,
        "reason": reason,
        "time": revision.approved_go_live_at.isoformat() if revision.approved_go_live_at else "",
    }
    event = f"held-back:{revision.pk}:{hashlib.sha256(reason.encode()).hexdigest()[:12]}"
    kind = "held-back" if revision.approved_go_live_at else "held-back-together"
    outbox.write(event, kind, {*writers, *coordinators()}, facts)


def _tell_opened(entry: LedgerEntry) -> None:
    if entry.answered_id:  # Otherwise nothing was shown to anybody by it.
        _write(entry, "opened", coordinators())


def _telling_coordinators(kind: str) -> Callable[[LedgerEntry], None]:
    return lambda entry: _write(entry, kind, coordinators())


MAIL_OF_ACT: dict[str, Callable[[LedgerEntry], None]] = {
    Act.PUBLISHED: _tell_published,
    Act.CORRECTED: _tell_published,
    Act.SCHEDULED: _tell_scheduled,
    Act.HELD: _tell_held,
    Act.WITHDRAWN: _tell_withdrawn,
    Act.EMERGENCY: _telling_coordinators("emergency"),
    Act.CONFIRMED: _telling_coordinators("confirmed"),
    Act.RESTORED: _telling_coordinators("restored"),
    Act.TAKEN_DOWN: _tell_taken_down,
    Act.ASKED: _telling_coordinators("asked-to-open"),
    Act.OPENED: _tell_opened,
    Act.KEPT: _telling_coordinators("kept-private"),
}


SHOWN = ("published", "published-early", "due", "released", "opened")


def _write(entry: LedgerEntry, kind: str, receivers: Iterable[Any]) -> None:
    instance = entry.instance
    comments = [person.comment for person in entry.approvals if person.comment]
    facts = {
        **(object_facts(instance) if instance is not None else {"edit_url": "", "model": ""}),
        "title": entry.title,
        "who": _name(entry.user) or (entry.approvals[-1].name if entry.approvals else ""),
        "comment": comments[-1] if kind in ("published", "scheduled", "held") and comments else "",
        "reason": entry.reason,
        "time": entry.due.isoformat() if entry.due else "",
        "url": opening_url(instance) if kind == "asked-to-open" else public_url(instance) if kind in SHOWN else "",
    }
    outbox.write(f"ledger:{entry.pk}", kind, receivers, facts)


# --- Texts that are kept to named people ------------------------------------------------------


def tell_overridden(page: Any, user: Any, people: list[Any], reason: str, **_signal: Any) -> None:
    """To all of them, at once, and to nobody else."""
    facts = {**object_facts(page), "who": _name(user), "reason": reason}
    outbox.write(f"overridden:{page.pk}:{uuid4()}", "overridden", people, facts)


def tell_removed(page: Any, user: Any, people: set[Any], **_signal: Any) -> None:
    """Once more to those who knew of it until now; not by `pair`, which names them no longer."""
    facts = {"title": shown_title(page), "who": _name(user), "url": absolute(reverse("wagtailadmin_home"))}
    outbox.write(f"removed:{page.pk}:{uuid4()}", "no-longer-named", people, facts)


# --- People ---------------------------------------------------------------------------------


def coordinators() -> list[Any]:
    """All of them, whoever did it included: it is how somebody notices that their login was stolen."""
    return list(get_user_model().objects.filter(groups__role__key=roles.COORDINATORS.key, is_active=True))


def _without(user: Any, ids: set[int]) -> set[int]:
    """Nobody is told what they did themselves."""
    return ids - {user.pk} if user else ids


def _name(user: Any) -> str:
    return user.name if user else ""


def connect() -> None:
    task_submitted.connect(tell_step_begins, dispatch_uid="mail-step-begins")
    task_approved.connect(tell_comment, dispatch_uid="mail-comment")
    task_rejected.connect(tell_rejection, dispatch_uid="mail-rejection")
    decided.connect(tell_decision, dispatch_uid="mail-decision")
    overridden.connect(tell_overridden, dispatch_uid="mail-overridden")
    removed.connect(tell_removed, dispatch_uid="mail-removed")
    held_back.connect(tell_held_back, dispatch_uid="mail-held-back")
