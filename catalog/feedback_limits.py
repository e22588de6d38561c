"""How many answers are taken, so that nobody sends so many that others are not read.

By network, everything that is sent counts, within an hour of the clock: kept as fingerprints, in the cache alone, and
only until that hour ends. By day, what was stored counts, for each chapter and for all of them; "yes" and words apart,
so that whoever presses a button again and again takes the words from nobody.
"""

import contextlib
import ipaddress
from datetime import UTC, datetime

from django.core.cache import cache
from django.core.cache.backends.base import BaseCache
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from catalog.models import ChapterFeedback, ChapterPage

MOST_AN_HOUR = 20
"""From one address: a shared office, or a workshop in a library, has one."""
MOST_OF_A_SITE = 40
"""An hour, from all the networks that one customer of a provider can have (IPv6)."""
NETWORK_OF_A_HOUSE, NETWORK_OF_A_SITE = 64, 48
"""Bits of an IPv6 address that a household has for itself, and that a firm or a rented server has (RFC 6177)."""
WORDS_OF_ALL, WORDS_OF_A_CHAPTER = 1000, 100
"""A day: nobody reads more, and whoever sends nonsense fills no disk. No single site gets so far within a day."""
YES_OF_ALL, YES_OF_A_CHAPTER = 10_000, 1000
HOUR = 3600


def of_network(address: str) -> str:
    """What to say where this hour's answers from around `address` are used up, else nothing. Counts this one.

    What is refused is not counted again: it makes the wait of nobody longer.
    """
    now = timezone.now()
    limits = [(f"feedback:{now:%Y%m%d%H}:{name}", most) for name, most in _fingerprints(address, now)]
    counted = cache.get_many([key for key, _most in limits]) or {}  # None where Redis is away
    if any(counted.get(key, 0) >= most for key, most in limits):
        return _("Many answers have come from your network within an hour. Send yours again in an hour.")
    left = HOUR - now.minute * 60 - now.second
    for key, _most in limits:
        _count(key, left)
    return ""


def of_day(chapter: ChapterPage, *, helped: bool) -> str:
    """What to say where today's answers are used up, about this chapter or about all, else nothing."""
    of_all, of_a_chapter = (YES_OF_ALL, YES_OF_A_CHAPTER) if helped else (WORDS_OF_ALL, WORDS_OF_A_CHAPTER)
    today = ChapterFeedback.objects.filter(day=timezone.localdate(), helped=helped)
    if today.filter(page=chapter).count() >= of_a_chapter:
        return _(
            "So many answers about this chapter have come today that we take no more of them. Send yours tomorrow."
        )
    if today.count() >= of_all:
        return _("So many answers have come today that we take no more of them. Send yours tomorrow.")
    return ""


def _count(key: str, seconds: int) -> None:
    """One more, forgotten in `seconds`.

    Redis and the cache of a process count by themselves and keep the time. `BaseCache.incr`, which DatabaseCache has,
    reads and writes, and gives what it writes five minutes: there the time is said again. Two that come at once may
    then count as one; what is stored is bounded by the day.
    """
    if cache.add(key, 1, timeout=seconds):
        return
    if _counts_by_itself():
        with contextlib.suppress(ValueError):  # the hour ended just now
            cache.incr(key)
    else:
        cache.set(key, (cache.get(key) or 0) + 1, timeout=seconds)


def _counts_by_itself() -> bool:
    return getattr(cache.incr, "__func__", None) is not BaseCache.incr


def _fingerprints(address: str, now: datetime) -> list[tuple[str, int]]:
    """Of the networks around `address`, each with what it may send; another one every day.

    Whoever has no SECRET_KEY can't try addresses out on them.
    """
    found = ipaddress.ip_address(address)
    networks: list[tuple[object, int]] = [(found, MOST_AN_HOUR)]
    if found.version == 6:
        networks = [
            (ipaddress.ip_network((found, NETWORK_OF_A_HOUSE), strict=False), MOST_AN_HOUR),
            (ipaddress.ip_network((found, NETWORK_OF_A_SITE), strict=False), MOST_OF_A_SITE),
        ]
    day = now.astimezone(UTC).date()
    return [
        (salted_hmac("catalog.feedback", f"{day} {network}", algorithm="sha256").hexdigest(), most)
        for network, most in networks
    ]
