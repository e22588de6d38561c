"""What an operator and the administrator should see: mails that wait, approved times that passed unnoticed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Revision

from approval.models import Release, ReleaseItem
from notifications.models import OutgoingMail

PATIENCE = timedelta(minutes=10)
"""What should have happened longer ago than this is a sign of trouble."""


@dataclass(frozen=True)
class Waiting:
    """`count` mails should have gone and did not, the oldest since `since`; what needs a person.

    `failed` mails were tried in vain for a week.
    `unpublished`: texts whose approved time has passed: the scheduler stands still, or can't publish them.
    """

    count: int
    since: datetime | None
    failed: int
    unpublished: int

    @property
    def is_well(self) -> bool:
        return not (self.count or self.failed or self.unpublished)

    def sentences(self) -> list[str]:
        """For the dashboard and the terminal, in the active language; [] where all is well."""
        found = []
        if self.count and self.since:
            words = ngettext("%(count)d mail waits since %(time)s.", "%(count)d mails wait since %(time)s.", self.count)
            time = date_format(timezone.localtime(self.since), "j E Y, H:i")
            found.append(words % {"count": self.count, "time": time})
        if self.failed:
            words = ngettext("%(count)d mail was given up.", "%(count)d mails were given up.", self.failed)
            found.append(words % {"count": self.failed})
        if self.unpublished:
            words = ngettext(
                "%(count)d text should be public by now: its approved time has passed.",
                "%(count)d texts should be public by now: their approved time has passed.",
                self.unpublished,
            )
            found.append(words % {"count": self.unpublished})
        if found:
            found.append(_("An operator finds advice in docs/operators.md, “Mail”."))
        return found


def _late_together(now: datetime) -> int:
    """Texts that go live together, are all approved, and should be public by now."""
    unready = ReleaseItem.objects.filter(is_open=True, approval=None).values("release")
    late = Release.objects.open().filter(publish_at__lt=now - PATIENCE).exclude(pk__in=unready)
    return ReleaseItem.objects.filter(is_open=True, release__in=late).count()


def waiting(now: datetime | None = None) -> Waiting:
    """What should have gone by now. A mail that was tried in vain counts from when it was written."""
    now = now or timezone.now()
    late = OutgoingMail.objects.overdue(now - PATIENCE)
    return Waiting(
        count=late.count(),
        since=late.aggregate(first=Min("created_at"))["first"],
        failed=OutgoingMail.objects.filter(state=OutgoingMail.State.FAILED).count(),
        unpublished=Revision.objects.filter(approved_go_live_at__lt=now - PATIENCE).count() + _late_together(now),
    )
