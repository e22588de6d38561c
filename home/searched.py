"""What people search for, written down so that it can't be about somebody, and forgotten after a year.

A word that found a page is counted as it is: it stands on this site. Several together, and what found nothing, may be a
name, or an illness. They leave a fingerprint alone, which nobody can read (made with SECRET_KEY), and only once the
same was searched for on three different days the words are kept. No address, no session, no time but the day stands
anywhere.
"""

import datetime
import logging
import time
from threading import Thread
from types import SimpleNamespace

from django.conf import settings
from django.core.signals import request_finished
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from home.models import SearchedWords, UnknownWords
from search import statistics

log = logging.getLogger(__name__)

MONTHS = 12
DAYS_OF_FINGERPRINTS = 60
ENOUGH_DAYS = 3
MOST_A_MONTH = 10_000
"""Rows. Nobody reads more, and whoever sends nonsense by a program fills no disk."""

_process = SimpleNamespace(due=0.0)


def write_down() -> None:
    """Count what this process has gathered."""
    today = timezone.localdate()
    found = statistics.take()
    known = set(
        SearchedWords.objects.filter(words__in={words for words, _code in found}).values_list("words", "language")
    )
    # Several words may all stand on a page, and yet be a person's when they are together.
    nothing = [query for query, count in found.items() if (not count or " " in query[0]) and query not in known]
    repeated = _noted_often_enough(nothing, today)
    has_room = SearchedWords.objects.filter(month=today.replace(day=1)).count() < MOST_A_MONTH
    for query, count in found.items():
        if query in repeated or query not in nothing:
            _count(query, count, today, has_room, repeated.get(query, 1))


def _noted_often_enough(queries: list[statistics.Query], today: datetime.date) -> dict[statistics.Query, int]:
    """Those that were searched for on enough days, with the number of them; the others leave a fingerprint."""
    prints = {query: fingerprint(query) for query in queries}
    if not prints or UnknownWords.objects.filter(day=today).count() > MOST_A_MONTH:
        return {}
    rows = [UnknownWords(fingerprint=one, day=today) for one in prints.values()]
    UnknownWords.objects.bulk_create(rows, ignore_conflicts=True)
    noted = UnknownWords.objects.filter(fingerprint__in=prints.values()).values("fingerprint")
    days = dict(noted.annotate(days=Count("pk")).values_list("fingerprint", "days"))
    return {query: days[one] for query, one in prints.items() if days.get(one, 0) >= ENOUGH_DAYS}


def fingerprint(query: statistics.Query) -> str:
    """The same for the same words in the same language; whoever has no SECRET_KEY can't try words out on it."""
    return salted_hmac("home.searched", "\n".join(query), algorithm="sha256").hexdigest()


def _count(query: statistics.Query, count: int, today: datetime.date, has_room: bool, times: int) -> None:
    words, language = query
    month = SearchedWords.objects.filter(words=words, language=language, month=today.replace(day=1))
    new = {"results": count, "last_day": today}
    if not month.update(times=F("times") + 1, **new) and has_room:
        row = SearchedWords(words=words, language=language, month=today.replace(day=1), times=times, **new)
        SearchedWords.objects.bulk_create([row], ignore_conflicts=True)


def forget() -> int:
    """Delete what is older than a year, and fingerprints after two months; returns how many rows that were."""
    today = timezone.localdate()
    first = today.replace(year=today.year - MONTHS // 12, day=1)
    old, _of = SearchedWords.objects.filter(month__lte=first).delete()
    oldest = today - datetime.timedelta(days=DAYS_OF_FINGERPRINTS)
    prints, _of = UnknownWords.objects.filter(day__lt=oldest).delete()
    return old + prints


# --- Beside the requests ----------------------------------------------------------------------


def connect() -> None:
    """Called once, when the app is ready."""
    request_finished.connect(_write_down_soon, dispatch_uid="searched-words")


def _write_down_soon(**_signal: object) -> None:
    """At most once in so many seconds, and in a thread: no visitor waits for it, and none sees it fail."""
    seconds, now = settings.SEARCH_STATISTICS_SECONDS, time.monotonic()
    if seconds and statistics.is_waiting() and now >= _process.due:
        _process.due = now + seconds
        Thread(target=_write_down_or_leave, daemon=True).start()


def _write_down_or_leave() -> None:
    try:
        with transaction.atomic():
            write_down()
    except DatabaseError as error:
        log.info("What was searched for in the last minute isn't counted: %s", error)
    finally:
        connection.close()
