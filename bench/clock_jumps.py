"""What happens while the clock is wrong: two hours ahead, right again, two hours behind, right again (docs/faults.md).

One process does on a copy of the demo what web, worker and scheduler do, with the clock that libfaketime shows it
(apt-get install faketime, or FAKETIME=/path/of/libfaketimeMT.so.1). Texts are approved for in an hour and in four;
others go all the way from draft to public at each hour; a sender dies with a mail in its hands. Prints a line for each.
"""

import base64
import hmac
import os
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

LIBRARY = os.environ.get("FAKETIME", "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
JUMPS = ("+0", "+2h", "+0", "-2h", "+0")
STARTED = time.time(), time.monotonic()


def begin_anew() -> None:
    """The library has to be there before Python is."""
    if not Path(LIBRARY).exists():
        sys.exit(f"libfaketime is not there ({LIBRARY}): apt-get install faketime, or FAKETIME=/path/of/the/library.")
    handle, clock = tempfile.mkstemp(prefix="clock-")
    os.write(handle, b"+0\n")
    os.close(handle)
    faked = {"FAKETIME_TIMESTAMP_FILE": clock, "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    ours = {"LD_PRELOAD": LIBRARY, "DONT_FAKE_MONOTONIC": "1", "EMAIL_URL": "memorymail://", "MAIL_QUEUE": "database"}
    os.execve(sys.executable, [sys.executable, __file__], {**os.environ, **faked, **ours})  # noqa: S606 - ourselves


def right_time() -> float:
    return STARTED[0] + time.monotonic() - STARTED[1]


def code_of(secret: str) -> str:
    """Of a telephone whose clock is right (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(secret), int(right_time() // 30).to_bytes(8, "big"), "sha1")
    place = digest[-1] & 15
    return f"{(int.from_bytes(digest[place : place + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def main() -> None:
    from _demo import set_up  # noqa: PLC0415 - Django comes after the clock

    set_up()

    from allauth.mfa.totp.internal import auth as totp  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415
    from django.core import mail  # noqa: PLC0415
    from django.core.cache import cache  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415
    from wagtail.models import Page, PageLogEntry  # noqa: PLC0415

    from approval import roles, verification  # noqa: PLC0415
    from notifications import delivery  # noqa: PLC0415
    from notifications.models import OutgoingMail  # noqa: PLC0415
    from operations import conditions, heartbeats  # noqa: PLC0415
    from tests.workflow import draft_of, log_in, person, publish_properly  # noqa: PLC0415

    clock = Path(os.environ["FAKETIME_TIMESTAMP_FILE"])
    settings.ALLOWED_HOSTS, settings.PROCESSES_EXPECTED = ["*"], ["scheduler", "worker"]
    author, reviewer = person("pisze", roles.AUTHORS), person("czyta", roles.LANGUAGE_EDITORS)
    coordinator = person("zatwierdza", roles.COORDINATORS)
    waiting = {
        hours: publish_properly(
            draft_of(author, f"Za {hours} h", go_live_at=timezone.now() + timedelta(hours=hours)),
            author,
            reviewer,
            coordinator,
        )
        for hours in (1, 4)
    }
    secret = totp.generate_totp_secret()
    phone, session = totp.TOTP.activate(author, secret), log_in(coordinator)
    OutgoingMail.objects.update(state=OutgoingMail.State.DROPPED)
    mail.outbox = []
    for number, jump in enumerate(JUMPS):
        clock.write_text(f"{jump}\n")
        cache.clear()  # the same code is taken once, and the next one comes after half a minute
        before = len(mail.outbox)
        page: Any = publish_properly(draft_of(author, f"Tekst {number}"), author, reviewer, coordinator)
        if jump != "+0":  # a sender that dies with a mail in its hands
            delivery.claim(OutgoingMail.objects.due(timezone.now()).first().pk, timezone.now())
        for command in ("publish_scheduled", "send_mail_queue"):
            call_command(command, verbosity=0)
        heartbeats.beat(heartbeats.WORKER)
        published = PageLogEntry.objects.filter(page__in=waiting.values(), action="wagtail.publish.scheduled")
        left = OutgoingMail.objects.waiting()
        later = max(((row.send_after.timestamp() - time.time()) / 60 for row in left), default=0)
        is_public, times = Page.objects.get(pk=page.pk).live, Counter(published.values_list("page", flat=True)).values()
        print(f"{jump:>4}  {timezone.localtime():%H:%M}  text of now public: {is_public}", end="")
        print(f"; published by the scheduler: {sorted(times)}", end="")
        print(f"; mails sent {len(mail.outbox) - before}, waiting {left.count()} (at most {later:.0f} min)", end="")
        print(f"; session holds: {session.get('/admin/').status_code == 200}", end="")
        print(f"; code of a telephone is taken: {phone.validate_code(code_of(secret))}", end="")
        print(f"; said: {[*conditions.processes(), *conditions.mail()] or 'nothing'}", flush=True)
    print(f"doubts: {[str(doubt) for doubt in verification.doubts(Page.objects.filter(depth__gt=1))] or 'none'}")
    clock.unlink()


if __name__ == "__main__":
    if "FAKETIME_TIMESTAMP_FILE" in os.environ:
        main()
    else:
        begin_anew()
