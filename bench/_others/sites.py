"""A site that is served, and how fast it answers."""

import itertools
import math
import re
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import NamedTuple

import psutil
import psycopg2

POSTS_PER_PAGE = 12  # as many as our lists show (home/listing.py); WordPress would show 10
CLIENTS = 8
PRINTED = re.compile(r"99%\s+(?P<slowest>[\d.]+)(?P<unit>us|ms|s|m).*?(?P<count>\d+) requests in.*?", re.DOTALL)
RATE = re.compile(r"Requests/sec:\s+(\S+)")
FAILED = re.compile(r"(Non-2xx or 3xx responses: \d+|Socket errors: .*)")
MILLISECONDS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}


class Figure(NamedTuple):
    """Of one page in one turn."""

    rate: float  # pages a second
    slowest: float  # of a hundred, in milliseconds
    work: float  # processor time a page of all the site's processes, in milliseconds
    failed: str


@dataclass
class Site:
    """`roots`: the processes that it is made of, with their children. `queries`: by page."""

    name: str
    root: str
    pages: dict[str, str]
    roots: list[int]
    host: str = "localhost"
    versions: str = ""
    compressed: bool = True  # asked for in pieces that a browser would unpack
    queries: dict[str, int] = field(default_factory=dict)

    @property
    def kept(self) -> bool:
        """Nobody counts the queries of an answer that is there."""
        return not self.queries

    def headers(self) -> dict[str, str]:
        return {"Host": self.host, **({"Accept-Encoding": "br, gzip"} if self.compressed else {})}

    def read(self, page: str) -> bytes:
        asked = urllib.request.Request(self.root + self.pages[page], headers=self.headers())  # noqa: S310 - ours
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 - ours
            return answer.read()

    def measure(self, page: str, seconds: float) -> Figure:
        before = self._work()
        rate, slowest, count, failed = (self._kept if self.kept else self._made)(page, seconds)
        return Figure(rate, slowest, (self._work() - before) * 1000 / max(1, count), failed)

    def _made(self, page: str, seconds: float) -> tuple[float, float, int, str]:
        """It waits for what was begun: of twenty answers in a turn, eight unfinished ones would falsify the work."""
        begun = time.monotonic()

        def ask(_client: int) -> list[float]:
            times = [begun]
            while times[-1] - begun < seconds:
                self.read(page)
                times.append(time.monotonic())
            return [later - earlier for earlier, later in itertools.pairwise(times)]

        with ThreadPoolExecutor(CLIENTS) as clients:
            times = sorted(itertools.chain.from_iterable(clients.map(ask, range(CLIENTS))))
        slowest = times[math.ceil(len(times) * 0.99) - 1] * 1000
        return len(times) / (time.monotonic() - begun), slowest, len(times), ""

    def _kept(self, page: str, seconds: float) -> tuple[float, float, int, str]:
        command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{math.ceil(seconds)}s", "--timeout", "30s", "--latency"]
        for name, value in self.headers().items():
            command += ["-H", f"{name}: {value}"]
        printed = subprocess.run(
            [*command, self.root + self.pages[page]], capture_output=True, text=True, check=True
        ).stdout
        found, rate = PRINTED.search(printed), RATE.search(printed)
        if found is None or rate is None:
            sys.exit(printed)
        slowest = float(found["slowest"]) * MILLISECONDS[found["unit"]]
        return float(rate[1]), slowest, int(found["count"]), "; ".join(FAILED.findall(printed))

    def _work(self) -> float:
        """Processor time of its processes so far, in seconds, those that ended included: their parents hold it."""
        total = 0.0
        for root in map(psutil.Process, self.roots):
            for process in (root, *root.children(recursive=True)):
                try:
                    total += sum(process.cpu_times()[:4])
                except psutil.NoSuchProcess:  # its parent has its time now
                    continue
        return total


def postmaster(database: str) -> int:
    """The process of that PostgreSQL server that all others come from."""
    with psycopg2.connect(database) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()
    assert backend  # noqa: S101 - for the type checker
    return psutil.Process(backend[0]).ppid()
