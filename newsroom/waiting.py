"""A text that waits for others while somebody opens its editor: what is said on top, and what they may add."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock

from approval import claims, locks, timeline


@dataclass(frozen=True)
class Waiting:
    """Where the text stands, who has it, and who may take it back."""

    standing: str
    waits_for: str
    taken: str
    sender: str
    may_take_back: bool


class ToldAboveLock(WorkflowLock):
    """Wagtail's, of which we tell ourselves, above the form (`of`)."""

    def get_message(self, user: Any) -> str:
        return ""


def told_above(lock: Any, user: Any) -> Any:
    """`lock`, with nothing to say of itself where it keeps `user` from a text that waits for others."""
    return ToldAboveLock(lock.object, lock.task) if keeps_out(lock, user) else lock


def keeps_out(lock: Any, user: Any) -> bool:
    """Whether it is the workflow that keeps `user` from saving, and nothing else."""
    return isinstance(lock, WorkflowLock) and lock.for_user(user)


def of(instance: Any, user: Any) -> Waiting | None:
    """What to say to `user`, whom the workflow keeps from saving; None once it waits for nobody."""
    state = instance.current_workflow_state
    step = instance.current_workflow_task_state
    if step is None:
        return None
    standing, waits_for = timeline.waiting(step)
    claim = claims.claim_of(step)
    return Waiting(
        standing=standing,
        waits_for=waits_for,
        taken=_("%(name)s is working on it.") % {"name": claim.user.name} if claim else "",
        sender=state.requested_by.name if state.requested_by else "",
        may_take_back=state.user_can_cancel(user),
    )


def is_as_loaded(row: Any, page: Any) -> bool:
    """Whether nobody has written or published since `page` was loaded; `row` is the page as the database has it."""
    return (row.live, row.latest_revision_id) == (page.live, page.latest_revision_id)


def adds_only_remarks(page: Any, form: Any) -> bool:
    """Whether the valid `form` of `page` says what its newest version says, so that only remarks can be new.

    Then nothing but remarks can be saved with `page`. Its row stays locked until the transaction ends: nobody writes a
    newer version meanwhile, nor publishes.
    """
    if is_as_loaded(locks.locked(page), page) and "keeps_source_version" not in form.changed_data:
        page.takes_only_remarks = form.save(commit=False).says_the_newest()
    return page.takes_only_remarks
