"""What fails again and again is said once when it begins, and once when it is over."""

import logging
import time

QUIET = 60
"""Seconds without a failure after which it is over: on a disk that is nearly full, every other page still fits."""


class Outage:
    """One thing that is tried all the time."""

    def __init__(self, log: logging.Logger, fails: str, works: str) -> None:
        """`fails`, with one `%s` for the reason, and `works`: what the log says of it to an operator."""
        self.log, self.fails, self.works = log, fails, works
        self.last: float | None = None

    def failed(self, reason: object) -> None:
        """It did just now. What the system says (`OSError`) is enough; of another exception the log has the way."""
        if self.last is None:
            is_fault = isinstance(reason, Exception) and not isinstance(reason, OSError)
            self.log.error(self.fails, reason, exc_info=is_fault)
        self.last = time.monotonic()

    def worked(self) -> None:
        if self.last is not None and time.monotonic() - self.last >= QUIET:
            self.log.warning(self.works)
            self.last = None
