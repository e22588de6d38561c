"""Taking a step and giving it back."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import TaskState
from wagtail.signals import task_approved, task_cancelled, task_rejected

from approval import policy
from approval.models.claims import Claim


def claim_of(task_state: Any) -> Claim | None:
    """Who has taken the step, while it is open."""
    return Claim.objects.current().select_related("user").filter(task_state=task_state.pk).first()


@transaction.atomic
def take(task_state: Any, user: Any) -> Claim:
    """`user` takes the step, if they could decide it and nobody took it before them.

    Raises NotYoursError with the reason. Taking one's own claim again changes nothing.
    """
    task = task_state.task.specific
    task_state = policy.lock_open_step(task_state, task)
    if not task.may_act(user):
        raise policy.NotYoursError(_("This step belongs to another group."))
    policy.require_no_objection(task_state, user)
    claim, created = Claim.objects.select_related("user").get_or_create(
        task_state_id=task_state.pk, defaults={"user": user}
    )
    if not created and not claim.user.is_active:
        claim.user = user
        claim.save()
    if claim.user_id != user.pk:
        raise policy.NotYoursError(_("%(name)s took it before you.") % {"name": claim.user})
    return claim


def give_back(task_state: Any, user: Any) -> bool:
    """Only whoever took the step gives it back; False if they had not taken it."""
    deleted, _by_model = Claim.objects.filter(task_state=task_state.pk, user=user).delete()
    return bool(deleted)


def notice(task_state: Any, user: Any) -> str:
    """What `user` should know before they decide: that somebody else is at it; "" if nobody is."""
    claim = claim_of(task_state)
    if claim is None or claim.user_id == user.pk:
        return ""
    return _("%(name)s is working on it. You can decide all the same: talk to them first.") % {"name": claim.user}


def free(instance: Any, **_signal: Any) -> None:
    """When a step ends, nobody has it any more. Receiver of Wagtail's task signals."""
    if isinstance(instance, TaskState):
        Claim.objects.filter(task_state=instance.pk).delete()


def connect() -> None:
    for name, signal in {"approved": task_approved, "rejected": task_rejected, "cancelled": task_cancelled}.items():
        signal.connect(free, dispatch_uid=f"free-claim-{name}")
