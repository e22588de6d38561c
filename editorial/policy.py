"""Four eyes: who may not take a step, and why, in words that a person can read."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from editorial.contributors import SUBMITTED, contributors
from editorial.refusals import RefusedError


class NotYoursError(RefusedError):
    """The step belongs to somebody else."""


@dataclass(frozen=True)
class Objection:
    """Why somebody may not take a step."""

    reason: str


def objection(task_state: Any, user: Any) -> Objection | None:
    """What speaks against `user` approving at `task_state`; None if nothing does."""
    if task_state.status != TaskState.STATUS_IN_PROGRESS:
        return Objection(_("This step is over."))
    instance = subject(task_state)
    is_review = task_state.task.specific.step == "review"
    # The reviewer may correct the text and pass it on, but may not have written it before.
    hands = contributors(instance, until=task_state.started_at if is_review else None)
    if user.pk in hands:
        if set(hands[user.pk]) == {SUBMITTED}:
            return Objection(_("You submitted this text, so someone else decides about it."))
        return Objection(_("You worked on this text, so someone else decides about it."))
    earlier = task_state.workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED, finished_by=user).exclude(
        task=task_state.task
    )
    if earlier.filter(revision=instance.get_latest_revision()).exists():
        return Objection(_("You took the step before this one, so someone else takes this one."))
    return None


def require_no_objection(task_state: Any, user: Any) -> None:
    found = objection(task_state, user)
    if found:
        raise NotYoursError(found.reason)


def locked(task_state: Any, task: Any) -> Any:
    """`task_state` as it is in the database now, kept from others until the transaction ends.

    Refuses a state that is not the current one of its workflow, or that belongs to another task:
    views take both from the address and from the form, and they need not fit together.
    """
    workflow_state = WorkflowState.objects.select_for_update().filter(pk=task_state.workflow_state_id).first()
    current = TaskState.objects.select_for_update().filter(pk=task_state.pk).first()
    if (
        workflow_state is None
        or current is None
        or workflow_state.status != WorkflowState.STATUS_IN_PROGRESS
        or workflow_state.current_task_state_id != current.pk
        or current.status != TaskState.STATUS_IN_PROGRESS
        or current.task_id != task.pk
    ):
        raise NotYoursError(_("This step is over, or belongs to another text."))
    return current.specific


def take_newest_revision(task_state: Any, user: Any) -> None:
    """A reviewer who corrects and passes on in one go passes on what they corrected.

    Anybody else's newer text stays unreviewed: the state keeps its revision, and Wagtail's
    `WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT` asks for the step again.
    """
    newest = subject(task_state).get_latest_revision()
    if newest.pk != task_state.revision_id:
        task_state.revision = newest
        task_state.save(update_fields=["revision"])


def subject(task_state: Any) -> Any:
    """The page or snippet that a task state is about, as its own type."""
    instance = task_state.workflow_state.content_object
    return getattr(instance, "specific", instance)
