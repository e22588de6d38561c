"""From the outbox to the mail server: nothing twice, nothing lost, and an operator who knows.

A row is leased (so that two workers don't send it), then marked as handed over just before the
mail server gets the text, then marked as sent. Whoever dies before the hand-over loses nothing:
the lease runs out and another worker takes the row. Whoever dies between hand-over and "sent"
leaves it open whether the mail went. Then it is not sent again by itself ("perhaps sent"): a second
mail about a decision is worse than one that an operator has to release, since the desk shows what
waits in any case. Its Message-ID stays the same, so the mail server's log can tell.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from editorial.mail import letters
from editorial.mail.transport import NotDeliveredError, Transport
from editorial.models import OutgoingMail

logger = logging.getLogger("editorial.mail")

LEASE = timedelta(minutes=5)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60))
LONGEST_PAUSE = timedelta(days=1)
TRIES = 12
"""After about a week of growing pauses a row is given up, and stays for the operator."""

State = OutgoingMail.State


class LostLeaseError(Exception):
    """Another worker has the row by now."""


@dataclass
class Outcome:
    """How many rows a run sent, dropped, put off, and left in doubt."""

    sent: int = 0
    dropped: int = 0
    put_off: int = 0
    unsure: int = 0


def deliver(now: datetime | None = None) -> Outcome:
    """Send what is due. Stops at the first sign that the mail server is down: a mail in doubt is one too.

    Else a server that dies with each mail would leave all of them in doubt.
    """
    outcome = Outcome()
    outcome.unsure = _settle_abandoned(now or timezone.now())
    with Transport() as transport:
        while rows := lease(now or timezone.now()):
            try:
                if not _send(rows, transport, outcome):
                    break
            except LostLeaseError:
                logger.warning("Another worker took over %s mails.", len(rows))
            except NotDeliveredError as error:
                put_off(rows, str(error), now or timezone.now())
                outcome.put_off += len(rows)
                logger.warning("Mail to user %s was not delivered: %s", rows[0].receiver_id, error)
                if error.is_down:
                    break
    return outcome


def lease(now: datetime) -> list[OutgoingMail]:
    """The rows of the next letter, held for this worker; [] when nothing is due.

    A digest is one letter of all rows that are due for the same person.
    """
    while first := OutgoingMail.objects.due(now).first():
        token = uuid4()
        rows = OutgoingMail.objects.due(now)
        rows = rows.filter(receiver=first.receiver_id, in_digest=True) if first.in_digest else rows.filter(pk=first.pk)
        if rows.update(lease=token, leased_until=now + LEASE):
            return list(OutgoingMail.objects.filter(lease=token).select_related("receiver"))
    return []


def put_off(rows: list[OutgoingMail], error: str, now: datetime) -> None:
    """Try again after a pause that grows with each try; give up after TRIES."""
    for row in rows:
        row.attempts += 1
        pause = PAUSES[row.attempts - 1] if row.attempts <= len(PAUSES) else LONGEST_PAUSE
        OutgoingMail.objects.filter(pk=row.pk, lease=row.lease).update(
            attempts=row.attempts,
            error=error[:2000],
            state=State.FAILED if row.attempts >= TRIES else State.WAITING,
            send_after=now + pause,
            lease=None,
            leased_until=None,
            handed_over_at=None,
        )


def release() -> int:
    """For the operator: try what was given up or perhaps sent once more, from the beginning."""
    return OutgoingMail.objects.filter(state__in=(State.FAILED, State.UNSURE)).update(
        state=State.WAITING,
        attempts=0,
        send_after=timezone.now(),
        lease=None,
        leased_until=None,
        handed_over_at=None,
    )


def _send(rows: list[OutgoingMail], transport: Transport, outcome: Outcome) -> bool:
    """One letter; False where nobody knows whether it left."""
    token = rows[0].lease
    held = OutgoingMail.objects.filter(lease=token)

    def hand_over() -> None:
        taken = held.filter(pk__in=[row.pk for row in rows], handed_over_at=None)
        if taken.update(handed_over_at=timezone.now()) != len(rows):
            raise LostLeaseError

    try:
        rows, useless = letters.sort_out(rows)
        held.filter(pk__in=[row.pk for row in useless]).update(state=State.DROPPED, leased_until=None)
        outcome.dropped += len(useless)
        if not rows:
            return True
        transport.send(letters.message(rows), hand_over)
    except (NotDeliveredError, LostLeaseError):
        raise
    except Exception as error:
        # Either a letter that can't be written (nobody handed it over: it waits for the mended
        # code), or a connection that broke after the hand-over (nobody knows: never by itself).
        unsure = held.filter(handed_over_at__isnull=False).update(state=State.UNSURE, error=repr(error)[:2000])
        outcome.unsure += unsure
        if not unsure:
            raise NotDeliveredError(error, is_down=False) from error
        logger.warning("Mail to user %s was perhaps sent: %s", rows[0].receiver_id, error)
        return False
    outcome.sent += held.filter(pk__in=[row.pk for row in rows]).update(
        state=State.SENT, sent_at=timezone.now(), leased_until=None, error=""
    )
    return True


def _settle_abandoned(now: datetime) -> int:
    """What a worker began to hand over and never finished is not tried again by itself."""
    return OutgoingMail.objects.unsure(now).update(
        state=State.UNSURE, error="The worker ended while the mail was handed over."
    )
