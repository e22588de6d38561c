"""Approved times: taking an approval back before its time has come."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from editorial.digest import digest_of
from editorial.locks import locked
from editorial.models import Act, LedgerEntry
from editorial.models.gated import record
from editorial.permissions import waits_for_its_time
from editorial.refusals import RefusedError


@transaction.atomic
def withdraw(instance: Any, user: Any, reason: str = "", revision_id: int | None = None) -> LedgerEntry:
    """Take back the approval of what waits for its time. Raises RefusedError where it is too late.

    `publish_scheduled` takes the same locks: one of them is first, and the other one finds the work done.
    """
    locked(instance)
    revisions = Revision.objects.for_instance(instance).filter(approved_go_live_at__isnull=False)
    if revision_id:
        revisions = revisions.filter(pk=revision_id)
    revision = revisions.select_for_update().first()
    if revision is None:
        raise RefusedError(_("There is no approval to withdraw: the text is public by now, or somebody was faster."))
    due = revision.approved_go_live_at
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    entry = record(
        Act.WITHDRAWN, instance, revision, digest_of(revision.as_object()), user=user, reason=reason.strip(), due=due
    )
    log(instance, "editorial.withdraw", user=user, revision=revision, data={"reason": entry.reason})
    return entry


def keep_what_waits(page: Page | None) -> None:
    """Raise RefusedError where `page`, or one below it, goes live by itself: nobody deletes what was approved."""
    if page and waits_for_its_time(page):
        raise RefusedError(
            _("“%(title)s” or a page below it goes live at its time. Withdraw the approval, then delete it.")
            % {"title": page.get_admin_display_title()}
        )
