"""What somebody who leaves still has, and how it goes on: to a colleague, or to whoever takes it.

Nothing of it is writing. Whoever wrote or sent a text has a hand in it for ever (`contributors.py`), and the colleague
who goes on with it has none until they write.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import BigIntegerField, Q
from django.db.models.functions import Cast
from wagtail.log_actions import log
from wagtail.models import LockableMixin, Page, PageSubscription, WorkflowState

from approval import claims, policy
from approval.contributors import HANDED_OVER
from approval.models import Claim, NeededBy
from approval.reader import seeing_everything
from approval.refusals import RefusedError
from approval.views.subjects import may_edit


@dataclass(frozen=True)
class Given:
    """What became of it: texts and steps that a colleague has now, and steps that anybody may take."""

    texts: int
    steps: int
    freed: int


def texts_of(person: Any) -> list[Page]:
    """Pages that wait for `person` to go on: drafts, what was returned, what is under way, as their own type."""
    active = WorkflowState.objects.active().filter(base_content_type=ContentType.objects.get_for_model(Page))
    under_way = active.annotate(number=Cast("object_id", BigIntegerField())).values("number")
    wrote_last = Q(latest_revision__user=person) & (Q(owner=None) | Q(owner__is_active=False))
    found = Page.objects.filter(Q(has_unpublished_changes=True) | Q(pk__in=under_way), depth__gt=1, alias_of=None)
    return list(found.filter(Q(owner=person) | wrote_last).order_by("title", "pk").specific())


def steps_of(person: Any) -> list[Claim]:
    """Steps that `person` took and that are still open."""
    rows = Claim.objects.current().filter(user=person).select_related("task_state__workflow_state", "task_state__task")
    return [claim for claim in rows.order_by("pk") if policy.subject(claim.task_state) is not None]


def may_take(text: Page, heir: Any) -> bool:
    """Whether `heir` could go on with `text` if it were theirs."""
    before, text.owner = text.owner, heir
    try:
        return may_edit(text, heir)
    finally:
        text.owner = before


@transaction.atomic
def hand_over(person: Any, heirs: dict[int, Any], next_one: Any, by: Any) -> Given:
    """All that `person` has goes on. `heirs`: who gets which page; `next_one`: who gets their steps, or None.

    Steps that `next_one` may not take are free again. Raises RefusedError where somebody can't go on with a text.
    """
    texts = 0
    for text in texts_of(person):
        if heir := heirs.get(text.pk):
            _give(text, person, heir, by)
            texts += 1
    NeededBy.objects.filter(user=person).update(user=next_one)
    taken = [_next(claim, next_one) for claim in steps_of(person)]
    with seeing_everything():  # nothing waits for them in what is kept from `by` either; nobody is told of it here
        NeededBy.objects.filter(user=person).update(user=None)
        for model in _lockable():
            model._default_manager.filter(locked_by=person).update(locked=False, locked_at=None, locked_by=None)
        Claim.objects.filter(user=person).delete()
    return Given(texts, sum(taken), len(taken) - sum(taken))


def _give(text: Page, person: Any, heir: Any, by: Any) -> None:
    """Straight into the row: a save would be writing."""
    if not heir.is_active or not may_take(text, heir):
        raise RefusedError(f"{heir}: {text}")
    Page.objects.filter(pk=text.pk).update(owner=heir)
    names = {"from_name": person.name, "to_name": heir.name}
    log(text, HANDED_OVER, user=by, data={"from": text.owner_id, "to": heir.pk, **names})
    PageSubscription.objects.update_or_create(page_id=text.pk, user=heir, defaults={"comment_notifications": True})


def _next(claim: Claim, heir: Any) -> bool:
    """Whether `heir` has the step now."""
    step = claim.task_state
    claim.delete()
    if heir is None:
        return False
    try:
        claims.take(step, heir)
    except RefusedError:
        return False
    return True


def _lockable() -> Iterator[Any]:
    """Models that somebody can lock, one for each table."""
    for model in apps.get_models():
        if issubclass(model, LockableMixin) and (model is Page or not issubclass(model, Page)):
            yield model
