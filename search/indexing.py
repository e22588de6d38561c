"""What keeps the index as the public pages are: with each change, and all of it anew.

`update` is called inside of the transaction that publishes, so that a page is found from the same moment as it is
listed, and what is rolled back is rolled back there too.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction

from search import sources
from search.analysed import analysed
from search.documents import Document
from search.index import get_index

log = logging.getLogger(__name__)

AT_A_TIME = 100  # pages in one transaction of a re-index: visitors and editors never wait long for it


class Outcome(NamedTuple):
    """Of a run over all pages."""

    written: int
    """Entries."""
    removed: int
    failed: Sequence[int]
    """Pages that can't be indexed: what the index knew of them stays."""


_gathered: ContextVar[set[int] | None] = ContextVar("gathered", default=None)


def is_on() -> bool:
    """Whether changes are followed. Without, publishing needs no index, and a command fills it."""
    return settings.SEARCH_AUTO_UPDATE


@contextmanager
def together() -> Iterator[None]:
    """For commands that publish many pages in one transaction: what changes meanwhile is indexed once, at its end."""
    if _gathered.get() is not None:
        yield
        return
    gathered: set[int] = set()
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    for keys in parts(sorted(gathered)):
        update(keys)


def put(documents: Iterable[Document]) -> None:
    """Write `documents`, whose pages are just being published, without asking what is known of them."""
    if not is_on():
        return
    documents = list(documents)
    if (gathered := _gathered.get()) is not None:
        gathered.update(document.key for document in documents)
    else:
        _write(documents, anew=True)


def forget(keys: Collection[int]) -> None:
    """These pages are not public, or gone."""
    if not is_on() or not keys:
        return
    if (gathered := _gathered.get()) is not None:
        gathered.update(keys)
    else:
        get_index().remove(keys)


def update(keys: Collection[int]) -> int:
    """Make the index say what the public reads on these pages now; returns how many of its entries changed."""
    if not is_on() or not keys:
        return 0
    if (gathered := _gathered.get()) is not None:
        gathered.update(keys)
        return 0
    return _update(keys)


def update_and_look_again(keys: Collection[int]) -> int:
    """`update` for pages that show what has changed elsewhere (a place, a topic, a file).

    Somebody may publish one of them at this very moment, and neither sees what the other is about to change: so it is
    looked at again once both are committed. Until then what somebody else holds is left alone: nobody waits here.
    """
    if keys:
        look_again(lambda: keys)
    if not is_on() or not keys or _gathered.get() is not None:
        return update(keys)
    with transaction.atomic():
        free = sources.registered().lock(keys, waits=False)
        return sum(update(part) for part in parts(sorted(free)))


def look_again(keys: Callable[[], Collection[int]]) -> None:
    """Once all is committed, update what `keys` finds then. No lock is held meanwhile that others may wait for."""
    if is_on() and _gathered.get() is None:
        transaction.on_commit(lambda: [update_locked(part) for part in parts(sorted(keys()))], robust=True)


def follow_time(keys: Collection[int]) -> Outcome:
    """`update` for pages of which readers are told something else since a day began, although nobody changed them."""
    done = [_tried(part) for part in parts(sorted(keys))]
    return Outcome(sum(written for written, _failed in done), 0, [page for _written, failed in done for page in failed])


def rebuild(told: Callable[[int, int], Any], anew: bool = False) -> Outcome:
    """Make the whole index say what the public reads, part by part.

    May be broken off anywhere: what is in the index in the same words, by the same version of the analyser, is left as
    it is by the next run. `told(done, of)` is called after each part. `anew`: write all of them,
    and read again the files that gave nothing.
    """
    source, written, after, done = sources.registered(), 0, 0, 0
    failed: list[int] = []
    total = source.count()
    if anew:
        source.start_anew()
    while keys := source.keys(after, AT_A_TIME):
        of_part, failed_there = _tried(keys, anew)
        written, failed = written + of_part, failed + failed_there
        after, done = keys[-1], done + len(keys)
        told(done, max(done, total))
    return Outcome(written, _tidied(), failed)


def mend() -> Outcome:
    """Write what is missing or of older rules, and remove what is gone.

    For what went past Django's signals (a command in SQL, a process killed at the wrong moment), and after an upgrade;
    by keys and versions alone, so it is cheap enough for every night. Afterwards nothing is left anywhere of what was
    removed.
    """
    source, index, written, after = sources.registered(), get_index(), 0, 0
    failed: list[int] = []
    while keys := source.keys(after, 50 * AT_A_TIME):
        stale = set(keys).difference(*(index.current(part) for part in parts(list(keys))))
        for part in parts(sorted(stale)):
            of_part, failed_there = _tried(part)
            written, failed = written + of_part, failed + failed_there
        after = keys[-1]
    return Outcome(written, _tidied(), failed)


def _tidied() -> int:
    """Remove whatever is known and the public doesn't read; returns how many entries of the index that were."""
    removed = _remove_what_is_gone()
    sources.registered().tidy()
    get_index().tidy()
    return removed


def _remove_what_is_gone() -> int:
    removed = 0
    for keys in parts(list(get_index().keys())):
        if gone := set(keys) - sources.registered().public(keys):
            removed += _one_by_one(gone, _remove_if_gone)
    return removed


def _remove_if_gone(keys: Collection[int]) -> int:
    gone = set(keys) - sources.registered().public(keys)  # somebody may have published one while we waited
    get_index().remove(gone)
    return len(gone)


def _tried(keys: Sequence[int], anew: bool = False) -> tuple[int, list[int]]:
    """How many entries were written, and pages that can't be indexed: none of them holds the others up."""
    try:
        return update_locked(keys, anew), []
    except Exception:
        if len(keys) == 1:
            log.exception("Page %s can't be indexed.", keys[0])
            return 0, list(keys)
    middle = len(keys) // 2
    (first, failed), (second, failed_too) = _tried(keys[:middle], anew), _tried(keys[middle:], anew)
    return first + second, failed + failed_too


def update_locked(keys: Collection[int], anew: bool = False) -> int:
    """`update` while nobody else changes these pages, or writes what they said before. Never gathered."""
    return _one_by_one(keys, lambda free: _update(free, anew))


def _one_by_one(keys: Collection[int], act: Callable[[Collection[int]], int]) -> int:
    """`act` while nobody else changes these pages: on all that are free, then on each of the others; adds up.

    Whoever waits for a page holds no other one meanwhile. So nobody waits in a circle, whatever comes first elsewhere
    (a release lists the page above beside each page).
    """
    source = sources.registered()
    with transaction.atomic():
        free = source.lock(keys, waits=False)
        done = act(free)
    for key in sorted(set(keys) - free):
        with transaction.atomic():
            source.lock([key])
            done += act([key])
    return done


def _update(keys: Collection[int], anew: bool = False) -> int:
    documents = list(sources.registered().documents(keys))
    if gone := set(keys) - {document.key for document in documents}:
        get_index().remove(gone)
    return _write(documents, anew)


def _write(documents: Collection[Document], anew: bool = False) -> int:
    index = get_index()
    if not anew and documents:
        keys = [document.key for document in documents]
        stored, current = index.stored(keys), set(index.current(keys))
        documents = [one for one in documents if one.key not in current or stored.get(one.key) != one]
    if documents:
        index.write([analysed(document) for document in documents])
    return len(documents)


def parts(keys: list[int]) -> Iterator[list[int]]:
    """`keys`, a part of a re-index at a time."""
    for start in range(0, len(keys), AT_A_TIME):
        yield keys[start : start + AT_A_TIME]
