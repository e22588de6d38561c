"""How many requests all processes of this machine answered, and how long it took; only with METRICS_TOKEN.

prometheus-client adds up files of its processes. A process takes the lowest number that is free, not its process id,
so that there are only ever as many files as there were processes at once.
"""

import fcntl
import os
import time
from collections.abc import Iterable
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from prometheus_client import Counter, Histogram, values

from operations.request_context import App, Start, route

FOLDER = Path(settings.METRICS_ROOT)
FOLDER.mkdir(parents=True, exist_ok=True)
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(FOLDER)  # prometheus-client reads it there and nowhere else

METHODS = ("GET", "HEAD", "POST")
KEPT, OTHER = "kept page", "other"
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


@lru_cache
def _number_of(process: int) -> tuple[int, int]:
    """The lowest number that no living process has, and the file that keeps it ours."""
    for number in count():
        file = os.open(FOLDER / f"{number}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, mode=0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
        else:
            return number, file
    raise AssertionError("numbers don't end")


values.ValueClass = values.MultiProcessValue(process_identifier=lambda: _number_of(os.getpid())[0])
REQUESTS = Counter("site_requests", "Answers, by the address asked.", ["route", "method", "status"], registry=None)
LATENCY = Histogram("site_request_seconds", "Until an answer began.", ["route"], buckets=SECONDS, registry=None)


class Measured:
    """A WSGI application around the site. Routes have the names of the site's addresses, so there is an end to them."""

    def __init__(self, application: App) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        begun = time.perf_counter()
        route.set("")

        def measured(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            is_kept = dict(headers).get("Cache-Status", "").startswith("pages; hit")
            name = KEPT if is_kept else route.get() or OTHER
            method = environ["REQUEST_METHOD"] if environ["REQUEST_METHOD"] in METHODS else OTHER
            REQUESTS.labels(name, method, status[:3]).inc()
            LATENCY.labels(name).observe(time.perf_counter() - begun)
            return start(status, headers, *more)

        return self.application(environ, measured)
