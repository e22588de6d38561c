"""From the outbox to the mail server: nothing lost, and an operator who knows.

Whoever is about to send a row moves its time into the future, beyond the end of any talk with a mail server: until
then nobody else takes it. A process that dies in between loses nothing, because the row falls due again. If the mail
server had the mail by then, its receiver gets it twice: better than not at all. A mail of one row has the same
Message-ID then; what was told in one letter is told in other ones (`_in_one_letter`), with numbers of their own.
"""

import contextlib
import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from notifications import letters
from notifications.models import OutgoingMail

logger = logging.getLogger("notifications")

HOLD = timedelta(minutes=10)
"""How long a row is one sender's alone: longer than EMAIL_TIMEOUT for each line that a mail server is told."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60))
LONGEST_PAUSE = timedelta(days=1)
TRIES = 12
"""After about a week of growing pauses a row is given up, and stays for the operator."""

State = OutgoingMail.State


class UnreachableError(Exception):
    """The mail server takes nobody's mail: there is none, or it lets nobody in."""


@dataclass
class Outcome:
    """How many rows were sent, dropped and put off; `is_down`: the last one because no mail server took any."""

    sent: int = 0
    dropped: int = 0
    put_off: int = 0
    is_down: bool = False


def deliver(now: datetime | None = None) -> Outcome:
    """Send everything that is due. Stops where the mail server is down: one try tells enough."""
    total = Outcome()
    for pk in list(OutgoingMail.objects.due(now or timezone.now()).values_list("pk", flat=True)):
        one = send(pk, now)
        total.sent += one.sent
        total.dropped += one.dropped
        total.put_off += one.put_off
        if one.is_down:
            total.is_down = True
            break
    return total


def send(pk: int, now: datetime | None = None) -> Outcome:
    """Send the row `pk`, and with it whatever is due in the same digest. Nothing happens if it isn't due."""
    outcome = Outcome()
    rows = claim(pk, now or timezone.now())
    try:
        rows, useless = letters.sort_out(rows)
        outcome.dropped = _rows(useless).update(state=State.DROPPED)
        if rows:
            _hand_over(letters.message(rows))
            outcome.sent = _rows(rows).update(state=State.SENT, sent_at=timezone.now(), error="")
    except Exception as error:  # A letter that can't be written, too: it waits for the mended code.
        put_off(rows, error, now or timezone.now())
        outcome.put_off = len(rows)
        outcome.is_down = isinstance(error, UnreachableError)
    return outcome


def claim(pk: int, now: datetime) -> list[OutgoingMail]:
    """The rows of the letter in which `pk` goes, for this sender alone; [] when it isn't due, or another one has it."""
    with transaction.atomic():
        due = OutgoingMail.objects.due(now).select_for_update(skip_locked=True).prefetch_related("user")
        rows = list(due.filter(pk=pk))
        if rows:
            rows = _in_one_letter(due, rows[0])
        _rows(rows).update(attempts=F("attempts") + 1, send_after=now + HOLD)
    for row in rows:
        row.attempts += 1
    return rows


def _in_one_letter(due: Any, row: OutgoingMail) -> list[OutgoingMail]:
    """Those of `due` that go with `row`: a digest as a whole, else what is told of its text in the other language.

    What failed once goes alone, so that nothing keeps the other back.
    """
    if row.in_digest:
        return list(due.filter(user=row.user, in_digest=True))
    pair = row.facts.get("pair")
    if not pair or row.user is None or row.attempts:
        return [row]
    return list(due.filter(user=row.user, in_digest=False, attempts=0, facts__pair=pair))


def put_off(rows: list[OutgoingMail], error: Exception, now: datetime) -> None:
    """Try again after a pause that grows with each try; give up after TRIES."""
    for row in rows:
        pause = PAUSES[row.attempts - 1] if row.attempts <= len(PAUSES) else LONGEST_PAUSE
        state = State.FAILED if row.attempts >= TRIES else State.WAITING
        said = f"{type(error).__name__}: {error}"[:2000]
        _rows([row]).filter(state=State.WAITING).update(state=state, error=said, send_after=now + pause)
        logger.warning("Mail %s was not sent (try %s of %s): %s", row.pk, row.attempts, TRIES, said)


def release() -> int:
    """For the operator: try what was given up once more, from the beginning."""
    return OutgoingMail.objects.filter(state=State.FAILED).update(
        state=State.WAITING, attempts=0, send_after=timezone.now()
    )


def drop() -> int:
    """For the operator: what was given up is no longer of use; it stays in the table and is not tried again."""
    return OutgoingMail.objects.filter(state=State.FAILED).update(state=State.DROPPED)


def _rows(rows: list[OutgoingMail]):
    return OutgoingMail.objects.filter(pk__in=[row.pk for row in rows])


def _hand_over(message: EmailMessage) -> None:
    """Give one mail to the mail server, over a connection of its own.

    Raises UnreachableError where it would take no other mail either, and what Django raises where it refuses this one.
    """
    connection = get_connection()
    try:
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise UnreachableError(f"{type(error).__name__}: {error}") from error
        connection.send_messages([message])
    finally:
        # It has the mail, or said why not: how it takes its leave changes nothing.
        with contextlib.suppress(OSError, smtplib.SMTPException):
            connection.close()
