"""What the site wrote down: in the publication record of a text, and in the outbox."""

from typing import Any

from approval.models import LedgerEntry
from notifications.models import OutgoingMail


def last(instance: Any) -> LedgerEntry | None:
    """The newest entry about `instance`."""
    return LedgerEntry.objects.for_instance(instance).first()


def acts(instance: Any) -> list[str]:
    """What was done with `instance`, from the first act to the last."""
    return list(LedgerEntry.objects.for_instance(instance).order_by("pk").values_list("act", flat=True))


def told(kind: str) -> set[str]:
    """The logins of those who got a mail of this kind."""
    return set(OutgoingMail.objects.filter(kind=kind).values_list("user__username", flat=True))
