"""A CDN is told which of the answers that it may have are old (`FRONTEND_CACHE`, docs/operators.md)."""

import logging
import re
import threading
import time
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.contrib.frontend_cache.tasks import purge_urls_from_cache_task

from home.outages import Outage

log = logging.getLogger(__name__)

PATIENCE = 120
"""Seconds after which a call is taken for one that never returns: Wagtail's HTTPBackend sets itself no limit."""
IS_NOT_THERE = re.compile(r"\b404\b")
"""What some say of an address that they never kept."""
MOST_CALLS = 2


class Cdn:
    """Told in a thread of its own, so that nothing waits for it."""

    def __init__(self) -> None:
        self.addresses: set[str] = set()
        self.told: set[str] = set()
        self.calls: list[threading.Thread] = []
        self.begun = 0.0
        self.outage = Outage(
            log,
            "The CDN can't be told what is new: %s. It is tried again every few seconds.",
            "The CDN could be told again what is new.",
        )

    def tell(self, addresses: Iterable[str] = ()) -> None:
        """Tell it of `addresses` (host and path), and of those that it couldn't be told of before.

        What is not told when the process ends is told by nobody: the CDN asks for it again by itself, `s-maxage`.
        """
        self.addresses.update(addresses)
        self.calls = [call for call in self.calls if call.is_alive()]
        most = 1
        if self.calls and time.monotonic() - self.begun > PATIENCE:
            self.outage.failed("it doesn't answer")
            self.addresses |= self.told
            most = MOST_CALLS
        if self.addresses and len(self.calls) < most:
            self.told, self.addresses = self.addresses, set()
            self.begun = time.monotonic()
            call = threading.Thread(target=self._purge, args=(self.told,), name="purge of the CDN", daemon=True)
            self.calls.append(call)
            call.start()

    def _purge(self, addresses: set[str]) -> None:
        scheme = urlsplit(settings.SITE_URL).scheme
        try:
            _purge([f"{scheme}://{address}" for address in sorted(addresses)])
        except Exception as error:  # what a backend may raise, Wagtail promises nowhere
            self.addresses.update(addresses)
            self.outage.failed(error)
        else:
            self.outage.worked()


class PurgeError(OSError):
    """What Wagtail's backend wrote into the log."""


def _purge(urls: list[str]) -> None:
    """Wagtail's backends mostly raise nothing, and write a line for each address instead, Cloudflare's to the root."""
    said: list[str] = []
    thread = threading.get_ident()

    def is_shown(record: logging.LogRecord) -> bool:
        if record.thread != thread or record.levelno < logging.ERROR:
            return True
        if not IS_NOT_THERE.search(record.getMessage()):
            said.append(record.getMessage())
        return False

    loggers = [logging.getLogger("wagtail.frontendcache"), logging.getLogger()]
    for logger in loggers:
        logger.addFilter(is_shown)
    try:
        purge_urls_from_cache_task.call(urls)
    finally:
        for logger in loggers:
            logger.removeFilter(is_shown)
    if said:
        raise PurgeError(said[0])
