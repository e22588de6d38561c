"""A site that is served, and how fast it answers."""

import re
import subprocess
import sys
import urllib.request
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

    def headers(self) -> dict[str, str]:
        return {"Host": self.host, **({"Accept-Encoding": "br, gzip"} if self.compressed else {})}

    def read(self, page: str) -> bytes:
        asked = urllib.request.Request(self.root + self.pages[page], headers=self.headers())  # noqa: S310 - ours
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 - ours
            return answer.read()

    def measure(self, page: str, seconds: str) -> Figure:
        command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}s", "--timeout", "30s", "--latency"]
        for name, value in self.headers().items():
            command += ["-H", f"{name}: {value}"]
        before = self._work()
        printed = subprocess.run(
            [*command, self.root + self.pages[page]], capture_output=True, text=True, check=True
        ).stdout
        work = self._work() - before
        found, rate = PRINTED.search(printed), RATE.search(printed)
        if found is None or rate is None:
            sys.exit(printed)
        failed = "; ".join(FAILED.findall(printed))
        slowest = float(found["slowest"]) * MILLISECONDS[found["unit"]]
        return Figure(float(rate[1]), slowest, work * 1000 / max(1, int(found["count"])), failed)

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
