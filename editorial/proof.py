"""What the ledger says about an approval, and whether it still holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.models import TaskState

from editorial.contributors import contributors
from editorial.digest import digest_of
from editorial.models.ledger import LedgerEntry
from editorial.models.tasks import FourEyesTask


def independent_approvals(workflow_state: Any, instance: Any, revision: Any) -> list[dict]:
    """All steps taken on `revision`, or nothing unless an independent approval is among them."""
    hands = contributors(instance)
    states = workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED, revision=revision).select_related(
        "finished_by", "task"
    )
    approved = False
    found = []
    for state in states:
        task = state.task.specific
        is_approval = isinstance(task, FourEyesTask) and task.step == FourEyesTask.Step.APPROVAL
        independent = state.finished_by_id is not None and state.finished_by_id not in hands
        approved = approved or (is_approval and independent)
        found.append(
            {
                "user": state.finished_by_id,
                "name": state.finished_by.name if state.finished_by else "",
                "step": task.name,
                "at": state.finished_at.isoformat() if state.finished_at else "",
                "comment": state.comment,
            }
        )
    return found if approved else []


def named_contributors(instance: Any) -> list[dict]:
    """Everyone with a hand in the text, with their names as they are today."""
    hands = contributors(instance)
    users = get_user_model().objects.in_bulk(list(hands))
    return [
        {"user": pk, "name": users[pk].name if pk in users else "", "how": sorted(how)} for pk, how in hands.items()
    ]


@dataclass(frozen=True)
class Doubt:
    """A live object whose content nobody independent stands for."""

    instance: Any
    problem: str


def doubts(instances: Any) -> Iterator[Doubt]:
    """Check every live object against the ledger."""
    for instance in instances:
        instance = getattr(instance, "specific", instance)
        last = LedgerEntry.objects.for_instance(instance).publications().order_by("-pk").first()
        if last is None:
            yield Doubt(instance, "is live without any record of a publication")
        elif last.digest != digest_of(instance):
            yield Doubt(instance, f"differs from what was published as version {last.revision_number}")
        elif last.act == "published" and not _is_independent(last):
            yield Doubt(instance, "was approved by somebody who wrote it")


def _is_independent(entry: LedgerEntry) -> bool:
    writers = {person["user"] for person in entry.contributors}
    return any(person["user"] not in writers for person in entry.approvals)
