"""The emergency exit: publishing before anybody independent has looked, loudly, and what follows."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from approval import archive, publish_guard, releases, schedule, validation, verification
from approval.contributors import contributors as contributors_of
from approval.digest import digest_of
from approval.locks import locked, locked_release_of
from approval.models import Act, FourEyesTask, LedgerEntry, LedgerPerson
from approval.models.gated import record
from approval.models.ledger import ids_of
from approval.permissions import EMERGENCY
from approval.policy import NotYoursError, Objection
from approval.refusals import RefusedError
from approval.text_cleaning import clean_words

LEAST_REASON = 20
"""Characters that can be read, each space counted once."""
LEAST_SIGNS = 7
"""Different ones among them: "aaaa…" and "......" say nothing."""


def may_publish(user: Any) -> bool:
    return user.is_active and user.has_perm(EMERGENCY)


def objection_to_reason(reason: str) -> str:
    """What is missing from `reason`; "" if others can judge by it."""
    readable = " ".join("".join(sign for sign in reason if sign.isprintable() or sign.isspace()).split())
    if len(readable) < LEAST_REASON:
        return _("Give a reason of at least %(count)d characters.") % {"count": LEAST_REASON}
    if len(set(readable.casefold())) < LEAST_SIGNS:
        return _("Give a reason in words: the others decide by it whether they confirm.")
    return ""


@transaction.atomic
def publish(instance: Any, user: Any, reason: str, reviewed_revision: int) -> LedgerEntry:
    """Publish the newest text of `instance` at once.

    `shown_revision`: the version that the person looked at. Raises RefusedError if there is a newer
    one by now, if the reason is none, or if the text can't be shown as it is.
    """
    reason = clean_words(reason)
    if not may_publish(user):
        raise NotYoursError(_("Only coordinators can publish in an emergency."))
    if missing := objection_to_reason(reason):
        raise RefusedError(missing)
    releases.end_with(instance, user, reason)
    instance = locked(instance)
    revision = instance.get_latest_revision()
    if revision is None or (instance.live and not instance.has_unpublished_changes):
        raise RefusedError(_("There is no unpublished text."))
    if revision.pk != reviewed_revision:
        raise RefusedError(_("Somebody changed the text since you opened this page. Look at it again."))
    contributors = verification.named_contributors(contributors_of(instance))
    if instance.scheduled_revision:
        schedule.withdraw(instance, user, reason)
    revision = _without_waiting(revision, user)
    text = revision.as_object()
    validation.require_none(validation.obstacles(revision, text))
    digest = digest_of(text)
    with publish_guard.allow(instance, digest):
        revision.publish(user=user, skip_permission_checks=True)
    entry = record(Act.EMERGENCY, instance, revision, digest, user=user, reason=reason, named=contributors)
    log(instance, "approval.emergency", user=user, revision=revision, data={"reason": reason})
    return entry


def _without_waiting(revision: Any, user: Any) -> Any:
    """The same text without a time in the future: an emergency is now."""
    text = revision.as_object()
    if not text.go_live_at or text.go_live_at <= timezone.now():
        return revision
    text.go_live_at = None
    return text.save_revision(user=user, clean=False, log_action=True)


def unconfirmed(instance: Any) -> LedgerEntry | None:
    """The newest emergency publication of `instance` that nobody independent has answered."""
    return LedgerEntry.objects.for_instance(instance).unconfirmed().order_by("-pk").first()


def is_own(entry: LedgerEntry, user: Any) -> bool:
    """True for whoever published it, or worked on it: they are never asked to confirm it."""
    return user.pk in {entry.user_id, *(person.user_id for person in entry.contributors)}


def objection(entry: LedgerEntry, user: Any) -> Objection | None:
    """What speaks against `user` confirming the emergency publication `entry`."""
    instance = entry.instance
    waiting = LedgerEntry.objects.for_instance(instance).unconfirmed()
    newest = waiting.order_by("-pk").first()
    if newest is None or newest.pk != entry.pk:
        return Objection(_("This emergency publication was answered, or there is a newer one."))
    if not approves(instance, user):
        return Objection(_("Only those who approve texts can confirm it."))
    if waiting.filter(user=user).exists():
        return Objection(_("You published this text, so someone else confirms it."))
    if any(user.pk in ids_of(one.contributors) for one in waiting.prefetch_related("people")):
        return Objection(_("You worked on this text, so someone else confirms it."))
    if not instance.live or digest_of(instance) != entry.digest:
        return Objection(_("What visitors see is no longer the text that was published."))
    return None


def approves(instance: Any, user: Any) -> bool:
    workflow = instance.get_workflow()
    tasks = [task.specific for task in workflow.tasks] if workflow else []
    deciding = [task for task in tasks if isinstance(task, FourEyesTask) and task.step == FourEyesTask.Step.APPROVAL]
    return any(task.may_act(user) for task in deciding)


@transaction.atomic
def confirm(entry: LedgerEntry, user: Any, comment: str = "") -> LedgerEntry:
    """Somebody independent stands for the text of `entry` afterwards."""
    instance, comment = locked(entry.instance), clean_words(comment)
    entry = LedgerEntry.objects.get(pk=entry.pk)  # asked again: it may have waited for somebody's decision
    found = objection(entry, user)
    if found:
        raise NotYoursError(found.reason)
    approver = LedgerPerson(
        part=LedgerPerson.Part.APPROVER,
        user=user,
        name=user.name,
        step_key=FourEyesTask.Step.APPROVAL,
        at=timezone.now(),
        comment=comment,
    )
    answer = record(
        Act.CONFIRMED,
        instance,
        entry.get_revision(),
        entry.digest,
        user=user,
        reason=comment,
        named=[*entry.contributors, approver],
        answered=entry,
    )
    log(instance, "approval.confirm", user=user, data={"reason": comment})
    return answer


@transaction.atomic
def put_back(entry: LedgerEntry, user: Any) -> LedgerEntry:
    """Put the last approved version in place of the emergency publication `entry`."""
    if not may_publish(user):
        raise NotYoursError(_("Only coordinators can publish in an emergency."))
    locked_release_of(entry.instance)
    instance = locked(entry.instance)
    waiting = unconfirmed(instance)
    approved = archive.version_before(instance)
    if waiting is None or waiting.pk != entry.pk:
        raise RefusedError(_("This emergency publication was answered, or there is a newer one."))
    if approved is None:
        raise RefusedError(_("No approved version was public before: take the page down instead."))
    answer = archive.put_back(instance, approved, user, answered=entry)
    log(instance, "approval.restore", user=user, data={"reason": ""})
    return answer
