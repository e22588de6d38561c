"""Who resizes pictures: nobody waits for what another process is at, or for what takes a process long.

`make run` serves before the demo's pictures have all their sizes. Until they have, pages show the originals. So they do
while the worker makes the copies of a large picture.
"""

import contextlib
import fcntl
import logging
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings
from django.db import connections
from django_tasks import task_backends
from django_tasks.backends.immediate import ImmediateBackend

from approval.context_variables import holding
from home.file_locks import is_locked

log = logging.getLogger(__name__)

PATIENCE = 10  # its "nice" value: whoever reads comes first

LARGE = 12 * 1000 * 1000
"""Pixels of a picture whose copies take some seconds each time."""

_here: ContextVar[bool] = ContextVar("here", default=False)

_resizing = 0
"""The number of this process if it is the one."""


def _lock() -> Path:
    """The file that is locked by who resizes; the system lets go of it however that process ends."""
    return Path(settings.MEDIA_ROOT) / ".resizing"


def here() -> AbstractContextManager[None]:
    """For the worker: whatever size it needs meanwhile, it makes."""
    return holding(_here, True)


def waits_for_worker(pixels: int) -> bool:
    """Whether the copies of so large a picture are the worker's: not where there is none."""
    is_worker = _here.get() or os.getpid() == _resizing
    return pixels > LARGE and not is_worker and not isinstance(task_backends["mail"], ImmediateBackend)


def is_done_elsewhere() -> bool:
    """Whether another process is at it just now."""
    try:
        return is_locked(_lock()) and os.getpid() != _resizing
    except OSError:  # there never was one
        return False


def beside(work: Callable[[Callable[[], bool]], None]) -> None:
    """Starts `work` in a process of its own. It gets a function that says whether this process is still there."""
    global _resizing
    _lock().parent.mkdir(parents=True, exist_ok=True)
    with _lock().open("w") as lock:
        with contextlib.suppress(BlockingIOError):  # here, so that there is no moment without it; it is inherited
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        connections.close_all()
        parent = os.getpid()
        if os.fork():
            return
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)  # after whoever else is at it
            _resizing = os.getpid()
            os.nice(PATIENCE)
            work(lambda: os.getppid() == parent)
        except Exception:
            log.exception("Pictures could not be resized")
        finally:
            os._exit(0)  # all that follows is the parent's
