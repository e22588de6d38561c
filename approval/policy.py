"""Four eyes: who may not take a step, and why, in words that a person can read.

Asked about many steps at once, it costs the same number of queries as for one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Case, OuterRef, When, prefetch_related_objects
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import Page, Task, TaskState, WorkflowState

from approval import contributors, dates, locks
from approval.contribution_window import ByContributor, ContributionKinds, Contributions
from approval.models.release import Release, open_release
from approval.refusals import RefusedError
from approval.verdict import Verdict


class NotYoursError(RefusedError):
    """The step belongs to somebody else."""


@dataclass(frozen=True)
class Objection:
    """Why somebody may not take a step."""

    reason: str


@dataclass(frozen=True)
class Facts:
    """What decides about one step: who had a hand in the text, who took an earlier step of this version."""

    task: Any
    contributions: Contributions
    earlier: dict[int, datetime | None]

    @property
    def is_review(self) -> bool:
        return is_review(self.task)

    @property
    def by_contributor(self) -> ByContributor:
        return self.contributions.at_review if self.is_review else self.contributions.all

    def objection(self, user: Any) -> Objection | None:
        if self.contributions.named is not None and user.pk not in self.contributions.named:
            return Objection(_("This text is kept to named people. Whoever is to decide has to be one of them."))
        if user.pk in self.by_contributor:
            return Objection(_reason(self.by_contributor[user.pk], self.is_review))
        if user.pk in self.earlier:
            return Objection(_("You took the step before this one, so someone else takes this one."))
        return None


def objection(task_state: Any, user: Any) -> Objection | None:
    """What speaks against `user` approving at `task_state`; None if nothing does."""
    facts = facts_of([task_state]).get(task_state.pk)
    return facts.objection(user) if facts else Objection(_("This step is over."))


def facts_of(task_states: Iterable[Any]) -> dict[int, Facts]:
    """The facts of each step that is open, by the state's id."""
    states = [state for state in task_states if state.status == TaskState.STATUS_IN_PROGRESS]
    prefetch_related_objects(states, "workflow_state__content_object")
    states = [state for state in states if state.workflow_state.content_object is not None]
    tasks = _tasks_of(states)
    contributions = contributions_of(state.workflow_state for state in states)
    earlier = _earlier_steps(states)
    return {
        state.pk: Facts(tasks[state.pk], contributions[state.workflow_state_id], earlier[state.pk]) for state in states
    }


def contributions_of(workflow_states: Iterable[Any]) -> dict[int, Contributions]:
    """Who had a hand in the text of each workflow, by the state's id; a decision under way has asked already."""
    states = {state.pk: state for state in workflow_states}
    found = {pk: state.verdict.contributions for pk, state in states.items() if hasattr(state, "verdict")}
    others = {pk: state.content_object for pk, state in states.items() if pk not in found}
    asked = contributors.contributions_of(others.values())
    return {**found, **{pk: asked[contributors.key_of(text)] for pk, text in others.items()}}


def _tasks_of(states: list[Any]) -> dict[int, Any]:
    """The task of each state, as its own type, by the state's id."""
    loaded = [state for state in states if TaskState.task.is_cached(state)]
    known = {state.pk: state.task for state in loaded if type(state.task) is not Task}
    wanted = {state.task_id for state in states if state.pk not in known}
    tasks = {task.pk: task for task in Task.objects.filter(pk__in=wanted).specific()} if wanted else {}
    return {state.pk: known.get(state.pk) or tasks[state.task_id] for state in states}


def is_review(task: Any) -> bool:
    return getattr(task, "step", "") == "review"


def is_correction(task: Any) -> bool:
    return getattr(task, "step", "") == "correction"


def _earlier_steps(states: list[Any]) -> dict[int, dict[int, datetime | None]]:
    """For each state: who approved the newest version at another step."""
    taken = TaskState.objects.filter(
        workflow_state__in={state.workflow_state_id for state in states}, status=TaskState.STATUS_APPROVED
    ).values_list("workflow_state_id", "task_id", "revision_id", "finished_by_id", "finished_at")
    found: dict[int, dict[int, datetime | None]] = defaultdict(dict)
    by_workflow = {state.workflow_state_id: state for state in states}
    for workflow_state, task, revision, user, at in taken:
        state = by_workflow[workflow_state]
        newest = state.workflow_state.content_object.latest_revision_id
        if user and task != state.task_id and revision == newest:
            found[state.pk][user] = at
    return found


def _reason(kinds: ContributionKinds, is_review: bool) -> str:
    """The deed that says most, with its day."""
    kind = next(kind for kind in MOST_TELLING_FIRST if kind in kinds)
    at = kinds[kind]
    what = _said(kind, dates.day(at)) if at else _("You created this page.")
    then = _("So someone else reviews it.") if is_review else _("So someone else approves it.")
    return f"{what} {then}"


MOST_TELLING_FIRST = (
    contributors.WROTE,
    contributors.REVERTED,
    contributors.SUBMITTED,
    contributors.OWNS,
)


def _said(kind: str, day: str) -> str:
    sentences = {
        contributors.WROTE: _("You worked on this text on %(day)s."),
        contributors.REVERTED: _("You wrote the version that was brought back (%(day)s)."),
        contributors.SUBMITTED: _("You submitted this text on %(day)s."),
        contributors.OWNS: _("You created this page on %(day)s."),
    }
    return sentences[kind] % {"day": day}


def require_no_objection(task_state: Any, user: Any) -> None:
    found = objection(task_state, user)
    if found:
        raise NotYoursError(found.reason)


def lock_open_step(task_state: Any, task: Any) -> Any:
    """`task_state` as it is in the database now, kept from others until the transaction ends, with a `Verdict`.

    Refuses a state that is not the current one of its workflow, or that belongs to another task:
    views take both from the address and from the form, and they need not fit together.
    """
    number = release_of_step(task_state)
    # All its texts, in their order, before this one.
    release = locks.locked_release(number) if number else None
    text = locks.locked_subject(task_state.workflow_state)
    states = WorkflowState.objects.select_for_update(of=("self",)).select_related("workflow")
    workflow_state = states.filter(pk=task_state.workflow_state_id).first()
    current = TaskState.objects.select_for_update().filter(pk=task_state.pk).first()
    if (
        text is None
        or workflow_state is None
        or current is None
        or workflow_state.status != WorkflowState.STATUS_IN_PROGRESS
        or workflow_state.current_task_state_id != current.pk
        or current.status != TaskState.STATUS_IN_PROGRESS
        or current.task_id != task.pk
    ):
        raise NotYoursError(_("This step is over, or belongs to another text."))
    if getattr(text, "open_release", None) != number:
        raise RefusedError(_("Somebody has just changed with what this text goes live. Look at it again."))
    current = current.specific
    current.open_release, current.release = number, release
    # Wagtail follows these relations one by one, and would ask for each of them again.
    current.task, current.workflow_state, workflow_state.current_task_state = task, workflow_state, current
    Verdict(workflow_state, text)
    return current


def with_release(task_states: Any) -> Any:
    """The states of a query, each with the number of the open release of its page as `open_release`, or None."""
    page = ContentType.objects.get_for_model(Page).pk
    number = Cast("workflow_state__object_id", BigIntegerField())
    of_page = Case(When(workflow_state__base_content_type=page, then=number))
    return task_states.annotate(text_number=of_page).annotate(open_release=open_release(OuterRef("text_number")))


def release_of_step(task_state: Any) -> int | None:
    """The number of the open release of the page of a step, as `with_release` found it, or asked now."""
    if not hasattr(task_state, "open_release"):
        found = with_release(TaskState.objects.filter(pk=task_state.pk)).values_list("open_release", flat=True)
        task_state.open_release = found.first()
    return task_state.open_release


def open_release_of_step(task_state: Any) -> Release | None:
    """That release itself; it costs nothing where the state knows that there is none."""
    number = release_of_step(task_state)
    return Release.objects.open().filter(pk=number).first() if number else None


def subject(task_state: Any) -> Any:
    """The page or snippet that a task state is about, as its own type."""
    return subject_of(task_state.workflow_state)


def subject_of(workflow_state: Any) -> Any:
    """The same for a workflow."""
    instance = workflow_state.content_object
    return getattr(instance, "specific", instance)
