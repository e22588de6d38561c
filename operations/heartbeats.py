"""The worker and the scheduler say that they are at work; `operations/health.py` notices when they don't."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import DatabaseError, InterfaceError, connections
from django.utils import timezone

from approval.signals import scheduler_ran
from operations.models import Heartbeat

log = logging.getLogger(__name__)

SCHEDULER, WORKER = "scheduler", "worker"
EVERY = 30
"""Seconds between two heartbeats of a process that lives on."""


def connect() -> None:
    scheduler_ran.connect(_scheduler_ran, dispatch_uid="heartbeat")


def beat(process: str) -> None:
    """The process of that kind is at work. Without a database it goes unsaid: that is a fault of its own."""
    try:
        Heartbeat.objects.update_or_create(process=process, defaults={"at": timezone.now()})
    except (DatabaseError, InterfaceError) as error:
        log.warning("No heartbeat of the %s: %s", process, error)


@contextmanager
def beating(process: str) -> Iterator[None]:
    """Beat now and then, until the block ends or the process dies.

    In a thread: one job may take minutes. A worker that lives and does nothing is found by the age of its queue.
    """
    is_over = threading.Event()

    def go_on() -> None:
        while True:
            beat(process)
            connections.close_all()
            if is_over.wait(EVERY):
                return

    thread = threading.Thread(target=go_on, name=f"heartbeat of the {process}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join(EVERY)


def last_seen() -> dict[str, datetime]:
    """Process → when it was last at work; a process that never was is missing."""
    return dict(Heartbeat.objects.values_list("process", "at"))


def _scheduler_ran(**signal: Any) -> None:
    beat(SCHEDULER)
