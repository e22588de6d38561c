"""One number that stands for everything public: it rises whenever something public changes.

Cached pieces carry it in their key, so nothing stale is ever found. Old pieces fall out by age. The number is in the
database, so that all processes know of a change at once, whatever cache each of them has.
"""

import logging
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from asgiref.local import Local
from django.conf import settings
from django.core.cache import cache, caches
from django.core.signals import request_finished, request_started
from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django_tasks.signals import task_finished
from wagtail.models import Site

from home import changes
from home.code_version import CODE, CODE_SINCE_START, DATABASE
from home.outages import Outage
from home.page_store import PageStore

log = logging.getLogger(__name__)

MAX_AGE = 300  # seconds; how long a piece stays that nobody can find any more
NEAR = "near"
"""The cache in the memory of each process: no piece in it is ever old, and it is there when the shared one is away."""
TEXTS = "texts"
"""As NEAR, for what there may be any number of: a hundred texts with their heads, and nothing else has to go."""


class ContentGeneration(models.Model):
    """The one row with the number."""

    number = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.number)


store = (
    PageStore(
        Path(settings.PAGES_ROOT),
        code=f"{CODE_SINCE_START if settings.PAGES_ON_ONE_MACHINE else CODE}{DATABASE}",
        links=settings.PAGES_ON_ONE_MACHINE,
    )
    if settings.PAGES_ROOT
    else None
)
"""Ready answers of this generation (home/page_cache.py)."""
telling = Outage(log, "Ready answers can't be told of a change: %s", "Ready answers are told of changes again.")

_process = SimpleNamespace()
_request = Local()
"""`number`: what this request was told, None before it asked. Outside of requests nothing is kept.

`has_changed`: whether something public changed in the transaction under way; `change`: what the store calls it.
`asked`, `raised`: how many times a new number was asked for, and how many of these have got it.
"""


def generation() -> int:
    """The current content generation; a request asks once."""
    number = getattr(_request, "number", None)
    if number is None:
        number = ContentGeneration.objects.filter(pk=1).values_list("number", flat=True).first() or 0
        _forget_addresses_of_sites(number)
        if getattr(_request, "is_open", False):
            _request.number = number
    return number


def _forget_addresses_of_sites(number: int) -> None:
    """Wagtail keeps them for an hour, and the process that changes them tells no other one."""
    if getattr(_process, "number", None) != number:
        _process.number = number
        Site.clear_site_root_paths_cache()


def raise_generation(**_signal: object) -> None:
    """Make a new generation once the change at hand is committed. Fits Django's signals."""
    announce_change()
    changes.note()
    _request.asked = asked = getattr(_request, "asked", 0) + 1
    transaction.on_commit(partial(_raise_and_open, asked), robust=True)


def raise_generation_with_commit(**_signal: object) -> None:
    """Make a new generation with the change at hand, as its last act: whoever sees one sees the other.

    For several changes that have to be seen at one moment. Others who raise it wait meanwhile. Fits Django's signals.
    """
    announce_change()
    _raise()
    _request.has_changed = True
    transaction.on_commit(_open_store, robust=True)


def raise_now() -> int:
    """Make a new generation although nothing changes; returns its number, or fails."""
    _raise()
    return generation()


def remembered(name: str, build: Callable[[], Any], *, is_of_many: bool = False) -> Any:
    """What `build` made in this content generation; it must fit into a cache, and not be None.

    `is_of_many`: each process remembers the two hundred of these that were asked for last, and nobody shares them.

    In a transaction that changed something it is made anew and kept for nobody: others may never see that change.
    """
    if getattr(_request, "has_changed", False) and transaction.get_connection().in_atomic_block:
        return build()
    key = f"{name}:{CODE}{DATABASE}:{generation()}"
    near = caches[TEXTS if is_of_many else NEAR]
    found = near.get(key)
    if found is None:
        found = None if is_of_many else cache.get(key)
        if found is None:
            found, is_to_be_kept = _build(build)
            if not is_to_be_kept:
                return found
            if not is_of_many:
                cache.set(key, found, MAX_AGE)
        near.set(key, found, MAX_AGE)
    return found


def _build(build: Callable[[], Any]) -> tuple[Any, bool]:
    """What `build` makes, and whether nothing in it stands in for something else."""
    before = is_provisional()
    _request.is_provisional = False
    try:
        built = build()
        return built, not is_provisional()
    finally:
        _request.is_provisional = before or is_provisional()


def is_changing() -> bool:
    """Whether somebody changes something public just now, or has: the number may be that of before."""
    return store is not None and store.is_changing()


def announce_change(**_signal: object) -> None:
    """Something public is about to be saved: nothing that is kept is given out meanwhile. Fits Django's signals."""
    _request.has_changed = True
    if store is None:
        return
    try:
        _request.change = store.change(getattr(_request, "change", None))
    except OSError as error:
        if not store.is_ours():  # nor may we take anything away there; the keeper of its owner looks every few seconds
            telling.failed(f"{store.root} belongs to another user, so pages are right some seconds later. {error}")
        elif store.current_link.is_symlink():
            raise  # visitors would go on reading what is about to be taken down
        else:
            telling.failed(error)
    else:
        telling.worked()


def do_not_keep() -> None:
    """What is being answered stands in for something that failed, and may work the next time."""
    _request.is_provisional = True


def is_provisional() -> bool:
    return getattr(_request, "is_provisional", False)


def _open_store() -> None:
    mark = getattr(_request, "change", None)
    if store:
        try:
            store.changed(generation(), *([mark] if mark else []))
        except OSError as error:  # the mark stays until the request ends, and is then found broken off
            telling.failed(error)
            return
    _request.change = None


def _let_go() -> None:
    """A change that didn't get to its end was rolled back, or nobody knows: whoever looks next makes all pages new."""
    mark = getattr(_request, "change", None)
    if store and mark:
        store.let_go(mark)
    _request.change = None


def _raise_and_open(asked: int) -> None:
    """Once for all changes of a transaction, however many have asked for it."""
    if asked > getattr(_request, "raised", 0):
        _raise()
        _open_store()
        _request.raised = _request.asked


def _raise() -> None:
    """Numbers only rise, whatever the clocks of several machines say."""
    now, committed = time.time_ns(), changes.noted()
    row = ContentGeneration.objects.filter(pk=1)
    if not row.update(number=Greatest(F("number") + 1, now)):
        ContentGeneration.objects.bulk_create([ContentGeneration(pk=1, number=now)], ignore_conflicts=True)
    changes.forget(committed)
    _request.number, _request.has_changed = None, False


def _open_request(**_signal: object) -> None:
    _let_go()
    _request.number, _request.is_open, _request.has_changed, _request.is_provisional = None, True, False, False


def _close_request(**_signal: object) -> None:
    _let_go()
    _request.number, _request.is_open, _request.has_changed = None, False, False


def _close_task(**_signal: object) -> None:
    """As a request ends; but one that is done at once may be part of somebody's transaction."""
    if not transaction.get_connection().in_atomic_block:
        _let_go()


request_started.connect(_open_request, dispatch_uid="content-generation")
request_finished.connect(_close_request, dispatch_uid="content-generation")
task_finished.connect(_close_task, dispatch_uid="content-generation")
