"""One number that stands for everything public: it rises whenever something public changes.

Cached pieces carry it in their key, so nothing stale is ever found. Old pieces fall out by age.
"""

import time

from django.core.cache import cache
from django.db import transaction

KEY = "content-generation"
MAX_AGE = 300  # seconds; bounds staleness where each process has a cache of its own


def generation() -> int:
    """The current content generation."""
    return cache.get_or_set(KEY, time.time_ns, timeout=None) or 0


def raise_generation(**_signal: object) -> None:
    """Make a new generation once the change at hand is committed. Fits Django's signals."""
    transaction.on_commit(lambda: cache.set(KEY, time.time_ns(), timeout=None))
