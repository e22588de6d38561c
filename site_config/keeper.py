"""What is served is what the database has: asked every few seconds, because most readers never reach Python.

Whoever changes something tells the store itself. Here is found what nobody told: a change by psql or by a process that
has no `PAGES_ROOT`, one that was rolled back or whose process was killed, the end of an event, a newer version of the
code.
"""

import logging
import os
import threading
import time
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections, connections

from home import cache, changes
from home.outages import Outage
from home.page_cache import content_generation
from home.page_store import Generation, PageStore
from site_config.cdn import Cdn

log = logging.getLogger(__name__)

LOOK_EVERY = 3
"""Seconds. A change that is broken off is settled at the second look: the last thing that a process sent before it was
killed may be the COMMIT that the database is still busy with."""


class Keeper:
    """One for each process that serves pages."""

    def __init__(self, pages: PageStore) -> None:
        self.pages = pages
        self.is_new = True
        self.looking = threading.Lock()
        self.broken_off: set[Path] = set()
        self.committed: set[int] = set()
        self.raised_for: tuple[set[Path], bool, set[int]] | None = None
        self.cdn = Cdn()
        self.keeping = Outage(log, "Ready answers can't be kept: %s", "Ready answers are kept again.")
        self.asking = Outage(
            log,
            "Nobody can say which pages are the newest; what was the newest is served: %s",
            "The newest pages are known again.",
        )

    def start(self) -> None:
        """Look from now on, in this process and in those that it forks (gunicorn's `--preload`)."""
        os.register_at_fork(
            before=lambda: self.looking.acquire(),  # no connection of one process goes over to another
            after_in_parent=lambda: self.looking.release(),
            after_in_child=self._begin,
        )
        self._begin()

    def _begin(self) -> None:
        self.looking = threading.Lock()
        threading.Thread(target=self._run, name="keeper of the pages", daemon=True).start()

    def _run(self) -> None:
        while True:
            with self.looking:
                try:
                    self.look()
                except OSError as error:
                    self.keeping.failed(error)
                except Exception as error:  # whatever it is may be over at the next look
                    self.asking.failed(error)
                finally:
                    connections.close_all()
            time.sleep(self._pause())

    def _pause(self) -> float:
        served = self.pages.current()
        over = served.until - time.time() if served and served.until else LOOK_EVERY
        return min(LOOK_EVERY, max(over, 0.1))

    def look(self) -> None:
        """Put right what readers get, and remove what they get no more."""
        served = self.pages.current()
        if served and served.is_over:
            self.pages.close(served)  # whether the database answers or not
        known = content_generation()
        self.asking.worked()
        if self.is_new:
            self.pages.take_over()
            self.is_new = False
        found = self.pages.broken_off()
        lost = found & self.broken_off
        committed = changes.noted()
        is_put_back = known.number < self.pages.newest() and self.pages.serves()  # the database, from a copy
        wrong = (lost, is_put_back, committed & self.committed)
        if any(wrong):
            if wrong != self.raised_for:  # the store may be full: one new number is enough
                cache.raise_now()
                self.raised_for = wrong
            known = content_generation()
            self.pages.changed(known.number, *lost)
        self.raised_for = None
        self.broken_off, self.committed = found - lost, committed
        if self.pages.open(known):
            for old in self.pages.sweep(known):
                if settings.WAGTAILFRONTENDCACHE:
                    self.cdn.tell(old)
        self.cdn.tell()

    def generation(self) -> Generation | None:
        """The generation whose answers may be given and kept; None while something changes, or nobody can say."""
        served = self.pages.current()
        if served and not served.is_over:
            return served
        if self.pages.is_changing():  # at the end of an event the question would be a change, and wait for the other
            return None
        try:
            close_old_connections()
            known = content_generation()
        except Exception as error:  # whatever is wrong with the database, readers get what there is
            self.asking.failed(error)
            return None
        try:
            return self.pages.open(known)
        except OSError as error:  # a full disk costs time, no answer
            self.keeping.failed(error)
            return None
