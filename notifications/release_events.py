"""Texts that go live together: who hears that it was arranged, changed or ended, and that one of them isn't ready."""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import workflow_submitted

from approval import people, policy, roles
from approval.contributors import contributions_of
from approval.models import Act, LedgerEntry, Release, ReleaseItem
from approval.models.ledger import ids_of
from approval.release_publication import not_ready
from approval.releases import arranged, release_of
from approval.views.subjects import address
from notifications import outbox
from notifications.events import coordinators, object_facts
from notifications.links import absolute
from notifications.models import OutgoingMail
from translation.originals import sent_version


def tell_arranged(release: Release, act: Act, user: Any, reason: str, **_signal: Any) -> None:
    """To everybody concerned but the one who did it; one mail for all of its texts."""
    items = _open_items(release)
    if not items:
        return
    newest = LedgerEntry.objects.filter(release_number=release.pk).order_by("-pk").first()
    kind = _kind(release, act, items, bool(newest and newest.rule))
    facts = {**_facts(release, items), "who": user.name if user else "", "reason": reason}
    receivers = {release.created_by_id, *concerned(items)} - {user.pk if user else None}
    outbox.write(f"{kind}:{release.pk}:{newest and newest.pk}", kind, receivers, facts)


def tell_can_begin(instance: WorkflowState, user: Any = None, **_signal: Any) -> None:
    """An original was sent: to those who can begin the translation that goes live with it, and heard nothing so far."""
    release = release_of(policy.subject_of(instance))
    if release is None:
        return
    items, maker = _open_items(release), release.created_by
    kind = _kind(release, Act.JOINED, items, is_new_rule=False)
    facts = {**_facts(release, items), "who": maker.name if maker else "", "reason": ""}
    receivers = _can_begin(items) - {user.pk if user else None, release.created_by_id}
    outbox.write(f"{kind}:{release.pk}:sent", kind, receivers, facts)


def _kind(release: Release, act: Act, items: list[ReleaseItem], is_new_rule: bool) -> str:
    if act == Act.LEFT:
        return "together-ended-again" if any(item.approval for item in items) else "together-ended"
    if act == Act.MOVED and not is_new_rule:
        return "together-moved" if release.publish_at else "together-moved-ready"
    if release.publish_at is None:
        return "together"
    return "together-at-alone" if release.rule == Release.Rule.ALONE else "together-at"


def tell_not_ready(release: Release, **_signal: Any) -> None:
    """Its time has come, and one of its texts isn't approved; once for each time that was set."""
    items = _open_items(release)
    when = release.publish_at.isoformat() if release.publish_at else ""
    went_alone = len(items) < release.items.count()
    event = f"{'release-went-alone' if went_alone else 'release-late'}:{release.pk}:{when}"
    if not items or OutgoingMail.objects.filter(event=event).exists():
        return
    if went_alone:
        outbox.write(event, "release-went-alone", concerned(items, with_next=True), _facts(release, items))
    else:
        tell_late(event, "release-late-alone" if release.rule == Release.Rule.ALONE else "release-late", release)


def tell_late(event: str, kind: str, release: Release, now: datetime | None = None) -> int:
    """To everybody concerned, whoever reads it next, and the coordinators; returns how many mails are new."""
    items = _open_items(release)
    receivers = {release.created_by_id, *concerned(items, with_next=True), *(user.pk for user in coordinators())}
    return outbox.write(event, kind, receivers, _facts(release, items), now)


def concerned(items: list[ReleaseItem], with_next: bool = False) -> set[int]:
    """Who wrote, translated and approved the texts of `items`, and whoever can take their steps.

    `with_next`: also who would take the first step of what nobody has sent yet, as near its time they have to know.
    """
    pages = [item.page.specific for item in items if item.page]
    found = ids_of(person for item in items if item.approval for person in item.approval.named)
    for by_text in contributions_of(pages).values():
        found |= set(by_text.all)
    for page in pages:
        found |= _at_work(page, with_next)
    return found | _can_begin(items)


def _can_begin(items: list[ReleaseItem]) -> set[int]:
    """Who can begin a translation among `items`: nobody, while its original is a draft that wasn't sent."""
    originals = [item.translation_of for item in items if item.page is None and item.translation_of]
    if not any(sent_version(original.specific) for original in originals):
        return set()
    translators = get_user_model().objects.filter(groups__role__key=roles.TRANSLATORS.key)
    return set(translators.values_list("pk", flat=True))


def _at_work(page: Page, with_next: bool) -> set[int]:
    """Who approved a step of `page` on its way now, and who can take the step at which it stands."""
    state = page.current_workflow_state
    step = state and state.current_task_state
    if step and step.status == TaskState.STATUS_IN_PROGRESS:
        taken = state.task_states.filter(status=TaskState.STATUS_APPROVED).values_list("finished_by", flat=True)
        return {*taken, *(user.pk for user in people.deciders(step.specific))}
    if not with_next or page.release_items.filter(is_open=True, approval__isnull=False).exists():
        return set()
    first = people.outlook(page, page.get_workflow(), page.owner).first if page.owner else None
    return {user.pk for user in first.people} if first else set()


def _open_items(release: Release) -> list[ReleaseItem]:
    return list(release.items.filter(is_open=True).select_related("page", "translation_of", "approval"))


def _facts(release: Release, items: list[ReleaseItem]) -> dict[str, Any]:
    pages = [item.page.specific for item in items if item.page]
    first = pages[0] if pages else items[0].translation_of
    return {
        **object_facts(first),
        "locale": None,  # it is about both languages
        "release": release.pk,
        "time": release.publish_at.isoformat() if release.publish_at else "",
        "url": absolute(address("approval:together", first)),
    }


def connect() -> None:
    arranged.connect(tell_arranged, dispatch_uid="mail-arranged")
    workflow_submitted.connect(tell_can_begin, dispatch_uid="mail-can-begin")
    not_ready.connect(tell_not_ready, dispatch_uid="mail-not-ready")
