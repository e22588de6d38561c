"""Who can take which step: for the notes that name them, before and after submission."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import prefetch_related_objects

from approval import policy, roles
from approval.contributors import Contributions, contributions
from approval.models import FourEyesTask


def deciders(task_state: Any, facts: policy.Facts | None = None) -> list[Any]:
    """The active people of the step's groups against whom nothing speaks, by name; asked once for a `task_state`.

    `facts`: those of the step, for whoever has them.
    """
    if not hasattr(task_state, "deciders"):
        found = {task_state.pk: facts} if facts else policy.facts_of([task_state])
        task_state.deciders = deciders_of(found).get(task_state.pk, [])
    return task_state.deciders


def deciders_of(facts: dict[int, policy.Facts]) -> dict[int, list[Any]]:
    """The same for many states, by the state's id, as `facts` has them; administrators only where nobody else is."""
    members = members_of([fact.task for fact in facts.values()])
    found = {pk: [user for user in members[fact.task.pk] if fact.objection(user) is None] for pk, fact in facts.items()}
    admins = administrators() if not all(found.values()) else []
    return {pk: free or [user for user in admins if facts[pk].objection(user) is None] for pk, free in found.items()}


def members_of(tasks: Iterable[Any]) -> dict[int, list[Any]]:
    """Active people of each task's groups, each once, by name."""
    tasks = [task for task in tasks if hasattr(task, "groups")]
    for kind in {type(task) for task in tasks}:  # Django prefetches for one model at a time
        prefetch_related_objects([task for task in tasks if type(task) is kind], "groups__user_set")
    found: dict[int, list[Any]] = {}
    for task in tasks:
        people = {user.pk: user for group in task.groups.all() for user in group.user_set.all() if user.is_active}
        found[task.pk] = sorted(people.values(), key=lambda user: (user.last_name, user.first_name, user.username))
    return found


def first_here(*people: Any) -> list[Any]:
    """The first of `people` who is somebody and hasn't left, alone in a list: who goes on with a text of theirs."""
    return [user for user in people if user is not None and user.is_active][:1]


def administrators() -> list[Any]:
    return list(get_user_model().objects.filter(is_superuser=True, is_active=True).order_by("last_name", "first_name"))


@dataclass(frozen=True)
class Prospect:
    """A step that a text would go through, and who could take it."""

    task: Any
    people: list[Any]


@dataclass(frozen=True)
class Outlook:
    """What waits for a text that `user` is about to submit."""

    steps: list[Prospect]
    correction: Prospect | None = None
    """The one step in place of all, were it a small correction; None where nobody asked, or there is no such step."""

    @property
    def first(self) -> Prospect | None:
        return self.steps[0] if self.steps else None

    @property
    def missing(self) -> Prospect | None:
        """The first step for which nobody would be left; each step needs somebody else."""
        able: list[set[int]] = []
        for step in self.steps:
            able.append({user.pk for user in step.people})
            if not _has_one_each(able):
                return step
        return None


def _has_one_each(able: list[set[int]]) -> bool:
    """Whether each step could be taken by somebody else; `able`: who could take it, for each step."""
    if not able:
        return True
    first, *others = able
    return any(_has_one_each([people - {one} for people in others]) for one in first)


def outlook(instance: Any, workflow: Any, user: Any, *, with_correction: bool = False) -> Outlook:
    """Who could take each step of `workflow`, were `user` to submit `instance` now (None: a new text)."""
    if workflow is None:
        return Outlook([])
    found = contributions(instance) if instance else Contributions()
    by_contributor = {True: {user.pk, *found.at_review}, False: {user.pk, *found.all}}
    tasks = list(workflow.tasks.filter(active=True).specific())
    its_own = FourEyesTask.objects.filter(active=True, key=roles.CORRECTION.key) if with_correction else []
    correction = next(iter(its_own), None)
    members = members_of([*tasks, correction])

    def prospect(task: Any) -> Prospect:
        had_a_hand = by_contributor[policy.is_review(task)]
        able = [one for one in members.get(task.pk, []) if found.named is None or one.pk in found.named]
        return Prospect(task, [one for one in able if one.pk not in had_a_hand])

    return Outlook([prospect(task) for task in tasks], prospect(correction) if correction else None)
