"""Writing mails into the outbox, in the transaction of the decision that they tell of."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from editorial import gate, workdays
from editorial.mail import queue
from editorial.mail.kinds import KINDS
from editorial.models import MailChoice, OutgoingMail

DIGEST_AT = time(7, 0)
"""In the site's time zone, on working days."""


_silence: ContextVar[bool] = ContextVar("silence", default=False)


@contextmanager
def silence() -> Iterator[None]:
    """For decisions that are history when they are written down (demo content): nobody is told."""
    token = _silence.set(True)
    try:
        yield
    finally:
        _silence.reset(token)


def write(event: str, kind: str, receivers: Iterable[Any], facts: dict[str, Any], now: datetime | None = None) -> int:
    """One row for each active receiver with an address who wants this kind; returns how many are new.

    `event` names what happened, once and for all ("submitted:17"): the same event never makes a
    second mail for the same person, however often this is called. What an operator's command does
    (`setup_site`) is told to nobody.
    """
    if gate.planter() or _silence.get():
        return 0
    now = now or timezone.now()
    users = {user.pk: user for user in receivers}
    choices = dict(MailChoice.objects.filter(user__in=users).values_list("user", "when"))
    rows = []
    for pk, user in users.items():
        choice = choices.get(pk, MailChoice.When.AT_ONCE)
        if user.is_active and user.email and wants(choice, kind):
            digest = choice == MailChoice.When.DIGEST and not KINDS[kind].urgent
            send_after = next_digest(now) if digest else now
            row = OutgoingMail(event=event, receiver=user, kind=kind, facts=facts)
            row.in_digest, row.send_after = digest, send_after
            rows.append(row)
    new = _add(rows)
    if new:
        transaction.on_commit(queue.wake, robust=True)
    return new


def wants(choice: str, kind: str) -> bool:
    return choice != MailChoice.When.WAITING or KINDS[kind].waits or KINDS[kind].urgent


def next_digest(now: datetime) -> datetime:
    """The next working day's morning; today's, if it is still to come."""
    local = timezone.localtime(now)
    day = local.date()
    if not workdays.is_working_day(day) or local.time() >= DIGEST_AT:
        day = workdays.add(day, 1)
    return timezone.make_aware(datetime.combine(day, DIGEST_AT))


def _add(rows: list[OutgoingMail]) -> int:
    """Save those that are not there yet."""
    if not rows:
        return 0
    there = set(OutgoingMail.objects.filter(event=rows[0].event).values_list("receiver_id", flat=True))
    new = [row for row in rows if row.receiver_id not in there]
    # Two processes at once: the constraint lets one row in, and the other is left out.
    OutgoingMail.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)
