"""Approved times: taking an approval back before its time has come, and what can't go live when it comes."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page, Revision

from approval import times, validation
from approval.digest import digest_of
from approval.locks import locked
from approval.models import Act, LedgerEntry, ReleaseItem
from approval.models.gated import record, schedule_entry
from approval.models.ledger import LONGEST_REASON, ids_of
from approval.permissions import waits_for_its_time
from approval.policy import NotYoursError
from approval.refusals import RefusedError
from approval.text_cleaning import clean_words
from approval.validation import Problem


@transaction.atomic
def withdraw(instance: Any, user: Any, reason: str = "", shown: str | None = None) -> LedgerEntry:
    """Take back the approval of what waits for its time. Raises RefusedError where it is too late.

    `shown`: the number of the version that was on the screen, or None for whichever waits now.

    `publish_scheduled` takes the same locks: one of them is first, and the other one finds the work done.
    """
    locked(instance)
    revisions = Revision.objects.for_instance(instance).filter(approved_go_live_at__isnull=False)
    revision = revisions.select_for_update().first()
    if revision is None:
        raise RefusedError(_("There is no approval to withdraw: the text is public by now, or somebody was faster."))
    _require_shown(revision, shown)
    due, reason = revision.approved_go_live_at, clean_words(reason, LONGEST_REASON)
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    entry = record(
        Act.WITHDRAWN, instance, revision, digest_of(revision.as_object()), user=user, reason=reason, due=due
    )
    log(instance, "approval.withdraw", user=user, revision=revision, data={"reason": entry.reason})
    return entry


@transaction.atomic
def move(instance: Any, user: Any, due: datetime | None, shown: str | None = None) -> LedgerEntry:
    """Let what is approved and waits go live at another time, or now (None). That is no writing, and no new approval.

    Raises RefusedError where it is too late, and for whoever wrote it: they chose their time before it was approved.
    `shown`: as for `withdraw`.
    """
    instance = locked(instance)
    revisions = Revision.objects.for_instance(instance).filter(approved_go_live_at__isnull=False)
    revision = revisions.select_for_update().first()
    if revision is None:
        raise RefusedError(_("This text doesn't wait for its time: it is public by now, or somebody was faster."))
    _require_shown(revision, shown)
    before = valid_approval(instance, revision)
    if before is None:
        raise RefusedError(_("This text has no valid approval: withdraw it, and send the text again."))
    if user.pk in ids_of(before.contributors):
        raise NotYoursError(_("You worked on this text, so somebody else moves its time."))
    moment, ends = due or timezone.now(), times.planned(revision)["expire_at"]
    if due is not None and due <= timezone.now():
        raise RefusedError(_("This time is over: choose a later one."))
    if ends and ends <= moment:
        raise RefusedError(times.ends_first())
    times.put(revision, {"go_live_at": moment})
    revision.approved_go_live_at = moment
    revision.save(update_fields=["approved_go_live_at"])
    entry = record(
        Act.SCHEDULED, instance, revision, before.digest, user=user, named=before.named, due=moment, answered=before
    )
    log(instance, "approval.time", user=user, revision=revision, data={"go_live_at": moment.isoformat()})
    if due is None:
        validation.require_none(what_holds_back(revision))
        revision.publish(user=user, skip_permission_checks=True)
    return entry


def _require_shown(revision: Revision, shown: str | None) -> None:
    if shown is not None and shown != str(revision.pk):
        raise RefusedError(_("Another version waits for its time than was shown to you. Look at it again."))


def valid_approval(instance: Any, revision: Revision) -> LedgerEntry | None:
    """The approval by which `revision` waits for its time; None where there is none."""
    entry = LedgerEntry.objects.approval_of_time(instance, revision)
    return entry if entry is not None and entry.digest == digest_of(revision.as_object()) else None


held_back = Signal()
"""Sent with `revision`, `instance` and `problems` when an approved time has come and the text can't go live.

Once for each reason: another one may need somebody else.
"""


def hold_back(instance: Any, revision: Revision, problems: list[Problem]) -> bool:
    """Note that `revision` can't go live at its approved time, and why; returns whether that is new.

    The approval stays: the text goes live at the next run after what stands in its way is gone, unless a coordinator
    withdraws the approval, or a corrected version is approved in its place.
    """
    reason = validation.words(problems)
    known = log_registry.get_logs_for_instance(instance).filter(action="approval.held-back", revision=revision)
    newest = known.order_by("-timestamp", "-pk").first()
    if newest is not None and newest.data["reason"] == reason:
        return False
    log(instance, "approval.held-back", revision=revision, data={"reason": reason})
    held_back.send(sender=Revision, revision=revision, instance=instance, problems=problems)
    return True


def what_holds_back(revision: Revision) -> list[Problem]:
    """What keeps an approved text from its time, which has come.

    Nothing for what nobody approved for that time: its publication fails.
    """
    text = revision.as_object()
    entry = schedule_entry(text, revision)
    if entry is None:
        return []
    version = validation.Version(revision, text)
    # What it refers to was deleted since: what is left of it says something else than what was approved.
    return version.obstacles() if entry.digest == digest_of(text) else version.holes()


def held_back_now(revisions: Iterable[Revision]) -> Iterator[tuple[Revision, list[Problem]]]:
    """Those of `revisions` whose approved time has come, with what prevents their publication."""
    for revision in revisions:
        if found := what_holds_back(revision):
            yield revision, found


def keep_what_waits(page: Page | None) -> None:
    """Raise RefusedError where `page`, or one below it, goes live by itself: nobody deletes what was approved."""
    if page and waits_for_its_time(page):
        raise RefusedError(
            _("“%(title)s” or a page below it goes live at its time. Withdraw the approval, then delete it.")
            % {"title": page.get_admin_display_title()}
        )


def keep_what_waits_for_others(page: Page) -> None:
    """The same for a page that goes live together with others, whether it is approved or not."""
    items = ReleaseItem.objects.filter(is_open=True)
    if items.filter(Q(page=page.pk) | Q(translation_of=page.pk)).exists():
        raise RefusedError(
            _("“%(title)s” goes live together with its other language. Let go of that first, then delete it.")
            % {"title": page.get_admin_display_title()}
        )
