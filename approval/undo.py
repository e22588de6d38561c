"""Undo: what visitors read before comes back at once. Somebody independent approved it then."""

from copy import copy
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from approval import archive, emergency, schedule
from approval.digest import digest_of
from approval.locks import locked, locked_release_of
from approval.models import LedgerEntry
from approval.models.ledger import LONGEST_REASON, ids_of
from approval.policy import NotYoursError
from approval.refusals import RefusedError
from approval.text_cleaning import clean_words


def may_undo(user: Any) -> bool:
    return emergency.may_publish(user)


def is_likely(instance: Any) -> bool:
    """Whether something was public before what visitors see of `instance` now, as far as its own row knows."""
    first, last = instance.first_published_at, instance.last_published_at
    return bool(instance.live and first and last and last > first)


def went_live_together(instance: Any) -> int | None:
    """The number of the release with which visitors got what they see of `instance` now; None where it went alone."""
    newest = LedgerEntry.objects.for_instance(instance).publications().order_by("-pk").first()
    return newest.release_number if newest else None


def version_before(instance: Any) -> LedgerEntry | None:
    """What comes back: it says something else than what visitors see of `instance` now. None without one."""
    return archive.version_before(instance, but=digest_of(instance))


@transaction.atomic
def put_back(instance: Any, user: Any, expected: str, reason: str = "") -> LedgerEntry:
    """Publish again, in place of what visitors see of `instance`, the text of the entry whose number is `expected`.

    Raises RefusedError if that is no longer the version before, and where it can't be public as it was.
    """
    if not may_undo(user):
        raise NotYoursError(_("Only coordinators can put back what was published before."))
    locked_release_of(instance)  # its pages and itself come in one order, for everybody
    instance = locked(instance)
    if not instance.live:
        raise RefusedError(_("This page is not public any more: restore it from the archive."))
    if emergency.unconfirmed(instance):
        raise RefusedError(_("This text was published in an emergency: answer that first. It can be undone there."))
    approved = version_before(instance)
    if approved is None or str(approved.pk) != expected:
        raise RefusedError(_("Something else was published meanwhile. Look at it again."))
    if user.pk in ids_of(approved.contributors):
        raise NotYoursError(_("You worked on the text that would come back, so somebody else puts it back."))
    if instance.scheduled_revision:
        schedule.withdraw(instance, user, reason)
    again, number = _as_newest(instance, approved, user), went_live_together(instance)
    entry = archive.put_back(
        instance, approved, user, clean_words(reason, LONGEST_REASON), revision=again, release_number=number
    )
    log(instance, "approval.restore", user=user, data={"reason": entry.reason})
    return entry


def _as_newest(instance: Any, approved: LedgerEntry, user: Any) -> Revision | None:
    """The version of `approved` once more, as the newest: the editor goes on with what visitors see.

    None where somebody works on a draft, which stays, and where the version is gone.

    It follows right upon the newest version that the locked row knows: whoever has stored a newer one by now, and waits
    for the row, wrote it after the text that is approved (`contributors.py`).
    """
    revision, newest = approved.get_revision(), instance.latest_revision
    if revision is None or newest is None or instance.has_unpublished_changes:
        return None
    again = copy(revision)
    again.pk, again.created_at, again.user = None, newest.created_at + timedelta(microseconds=1), user
    again._state.adding = True
    again.save()
    changed = {"latest_revision": again}
    if isinstance(instance, Page):
        changed |= {"draft_title": again.content["title"], "latest_revision_created_at": timezone.now()}
    type(instance)._default_manager.filter(pk=instance.pk).update(**changed)
    return again
