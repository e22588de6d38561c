"""Writing mails into the outbox, in the transaction of the decision that they tell of."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from approval import publish_guard, workdays
from approval.context_variables import holding
from approval.visibility import who_may_know
from notifications import tasks
from notifications.kinds import KINDS
from notifications.models import MailChoice, OutgoingMail

DIGEST_AT = time(7, 0)
"""In the site's time zone, on working days."""


_silence: ContextVar[bool] = ContextVar("silence", default=False)


def silence() -> AbstractContextManager[None]:
    """For decisions that are history when they are written down (demo content): nobody is told."""
    return holding(_silence, True)


def is_silent() -> bool:
    """Whether `write` would write nothing: who else would have to be asked for is not looked for."""
    return _silence.get()


def write(event: str, kind: str, receivers: Iterable[Any], facts: dict[str, Any], now: datetime | None = None) -> int:
    """One row for each active account with an address that wants this kind; returns how many are new.

    `receivers`: accounts, or their numbers, of those that are gone as well.

    `event` names what happened, once and for all ("submitted:17"): the same event never makes a
    second mail for the same person, however often this is called. What an operator's command does
    (`setup_site`) is told to nobody; of a text that is kept to people (`pair` in `facts`) only they hear.
    """
    now = now or timezone.now()
    accounts = get_user_model().objects.filter(pk__in={getattr(user, "pk", user) for user in receivers}, is_active=True)
    known = who_may_know(accounts, facts.get("pair", "")).exclude(email="").order_by("pk")
    rows = []
    for pk, address, choice, language in known.values_list(
        "pk", "email", "mail_choice__when", "wagtail_userprofile__preferred_language"
    ):
        if wants(choice, kind):
            row = OutgoingMail(event=event, user_id=pk, address=address, kind=kind, facts=facts, send_after=now)
            row.language = language or settings.LANGUAGE_CODE
            if choice == MailChoice.When.DIGEST and not KINDS[kind].urgent:
                row.in_digest, row.send_after = True, next_digest(now)
            rows.append(row)
    return _add(rows)


def write_to_address(event: str, kind: str, address: str, language: str, facts: dict[str, Any]) -> int:
    """One row for somebody without an account, who has nothing to choose; returns how many are new (1 or 0)."""
    return _add([OutgoingMail(event=event, address=address, language=language, kind=kind, facts=facts)])


def wants(choice: str | None, kind: str) -> bool:
    """Whether somebody with this choice (None: never chose) gets this kind."""
    return choice != MailChoice.When.WAITING or KINDS[kind].waits or KINDS[kind].urgent


def next_digest(now: datetime) -> datetime:
    """The next working day's morning; today's, if it is still to come."""
    local = timezone.localtime(now)
    day = local.date()
    if not workdays.is_working_day(day) or local.time() >= DIGEST_AT:
        day = workdays.add(day, 1)
    return timezone.make_aware(datetime.combine(day, DIGEST_AT))


def _add(rows: list[OutgoingMail]) -> int:
    """Save those that are not there yet, and have them sent when the decision is safe."""
    if not rows or publish_guard.running_command() or _silence.get():
        return 0
    event = rows[0].event
    written = OutgoingMail.objects.filter(event=event).values_list("user", "address")
    there = {user or address for user, address in written}
    new = [row for row in rows if (row.user_id or row.address) not in there]
    # Two processes at once: the constraint lets one row in, and the other is left out.
    OutgoingMail.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        transaction.on_commit(lambda: tasks.enqueue(event), robust=True)
    return len(new)
