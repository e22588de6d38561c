"""One number that stands for everything public: it rises whenever something public changes.

Cached pieces carry it in their key, so nothing stale is ever found. Old pieces fall out by age. The number is in the
database, so that all processes know of a change at once, whatever cache each of them has.
"""

import time
from collections.abc import Callable
from typing import Any

from asgiref.local import Local
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import models, transaction

MAX_AGE = 300  # seconds; how long a piece stays that nobody can find any more


class ContentGeneration(models.Model):
    """The one row with the number."""

    number = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.number)


_request = Local()
"""`number`: what this request was told, None before it asked. Outside of requests nothing is kept.

`has_changed`: whether something public changed in the transaction under way.
"""


def generation() -> int:
    """The current content generation; a request asks once."""
    number = getattr(_request, "number", None)
    if number is None:
        number = ContentGeneration.objects.filter(pk=1).values_list("number", flat=True).first() or 0
        if getattr(_request, "is_open", False):
            _request.number = number
    return number


def raise_generation(**_signal: object) -> None:
    """Make a new generation once the change at hand is committed. Fits Django's signals."""
    _request.has_changed = True
    transaction.on_commit(_raise, robust=True)


def raise_generation_with_commit(**_signal: object) -> None:
    """Make a new generation with the change at hand, as its last act: whoever sees one sees the other.

    For several changes that have to be seen at one moment. Others who raise it wait meanwhile. Fits Django's signals.
    """
    _raise()
    _request.has_changed = True


def remembered(name: str, build: Callable[[], Any]) -> Any:
    """What `build` made in this content generation; it must fit into a cache, and not be None.

    In a transaction that changed something it is made anew and kept for nobody: others may never see that change.
    """
    if getattr(_request, "has_changed", False) and transaction.get_connection().in_atomic_block:
        return build()
    key = f"{name}:{generation()}"
    found = cache.get(key)
    if found is None:
        found = build()
        cache.set(key, found, MAX_AGE)
    return found


def _raise() -> None:
    row = ContentGeneration(pk=1, number=time.time_ns())
    ContentGeneration.objects.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=["number"])
    _request.number, _request.has_changed = None, False


def _open_request(**_signal: object) -> None:
    _request.number, _request.is_open, _request.has_changed = None, True, False


def _close_request(**_signal: object) -> None:
    _request.number, _request.is_open, _request.has_changed = None, False, False


request_started.connect(_open_request, dispatch_uid="content-generation")
request_finished.connect(_close_request, dispatch_uid="content-generation")
