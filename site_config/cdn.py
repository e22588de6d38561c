"""A CDN is told which of the answers that it may have are old (`FRONTEND_CACHE`, docs/operators.md)."""

import logging
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


class Cdn:
    """Told in a thread of its own, so that nothing waits for it."""

    def __init__(self) -> None:
        self.addresses: set[str] = set()
        self.thread: threading.Thread | None = None
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
        is_busy = self.thread and self.thread.is_alive()
        if is_busy and time.monotonic() - self.begun > PATIENCE:
            self.outage.failed("it doesn't answer")
            is_busy = False
        if self.addresses and not is_busy:
            told, self.addresses = self.addresses, set()
            self.begun = time.monotonic()
            self.thread = threading.Thread(target=self._purge, args=(told,), name="purge of the CDN", daemon=True)
            self.thread.start()

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
