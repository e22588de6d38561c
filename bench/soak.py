"""Half an hour at 70 % of what the site can give: answers, how long they took, and memory (docs/performance.md).

PostgreSQL, gunicorn with two processes, nginx by deploy/nginx, the demo and 1,000 news. Of ten readers six ask for a
page that may be kept, four for one that Django makes for each of them; once a minute a text goes live. First eight
readers ask as fast as they can, for CAPACITY=30 seconds; then, for MINUTES=30, requests are begun at 70 % of that rate,
whether the ones before are answered or not. A time is counted from when its request was due. Needs nginx.
"""

import contextlib
import http.client
import itertools
import os
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import _site
import psycopg2

MINUTES = float(os.environ.get("MINUTES", "30"))
CAPACITY = float(os.environ.get("CAPACITY", "30"))
SHARE = 0.7
PARTS = 10
"""Rows of the table."""
KEPT = ("/", "/en/", "/aktualnosci/", "/aktualnosci/abc-dla-ngo-piec-pytan/", "/katalog/po-co-nam-kdo/", "/koalicja/")
MADE = ("/szukaj/?q=podworko", "/en/search/?q=yard", "/aktualnosci/?page={}", "/wydarzenia/?when=past&page={}")
PATIENCE = 60
"""Seconds after the end in which what was due by then is still asked for: a site that doesn't keep up lags behind."""
READERS = 24
"""Threads that ask: more than a site that keeps up ever has waiting."""


class Reader(threading.Thread):
    """Asks for the next address when it is due; `gap` is the time between two, 0 for as fast as they come."""

    def __init__(self, turns: "itertools.count[int]", port: int, begun: float, gap: float, until: float) -> None:
        super().__init__(daemon=True)
        self.turns, self.port, self.begun, self.gap, self.until = turns, port, begun, gap, until
        self.answers: list[tuple[float, bool, float, str]] = []
        """When it was due, whether it may be kept, how long it took in seconds, how it ended."""

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        for turn in self.turns:
            due = self.begun + turn * self.gap if self.gap else time.monotonic()
            if due >= self.until or time.monotonic() > self.until + PATIENCE:
                break
            time.sleep(max(0.0, due - time.monotonic()))
            may_be_kept = turn % 10 < 6
            path = KEPT[turn % len(KEPT)] if may_be_kept else MADE[turn % len(MADE)].format(turn % 60 + 2)
            try:
                connection.request("GET", path, headers={"Host": f"localhost:{self.port}"})
                answer = connection.getresponse()
                answer.read()
                end = str(answer.status)
            except (OSError, http.client.HTTPException) as error:
                connection.close()
                end = type(error).__name__
            self.answers.append((due - self.begun, may_be_kept, time.monotonic() - due, end))
        connection.close()


def ask(port: int, readers: int, rate: float, seconds: float) -> list[tuple[float, bool, float, str]]:
    """What all readers got in so many seconds, at `rate` a second or, with 0, as fast as they can."""
    begun = time.monotonic()
    turns = itertools.count()
    threads = [Reader(turns, port, begun, 1 / rate if rate else 0, begun + seconds) for _reader in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answer for thread in threads for answer in thread.answers)


def memory(pid: int) -> int:
    """Of a process and those that it started, in kB, what they share counted once."""
    with contextlib.suppress(OSError):
        own = next(
            int(line.split()[1])
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            if line.startswith("Pss:")
        )
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return own + sum(memory(int(child)) for child in children)
    return 0


class Watch(threading.Thread):
    """Notes every ten seconds how much memory each server has, and publishes a text once a minute."""

    def __init__(self, servers: dict[str, int], settings: dict[str, str], news: int, end: threading.Event) -> None:
        super().__init__()
        self.servers, self.settings, self.news, self.end = servers, settings, news, end
        self.begun = time.monotonic()
        self.seen: list[tuple[float, dict[str, int]]] = []
        self.published = 0

    def run(self) -> None:
        for look in itertools.count():
            self.seen.append((time.monotonic() - self.begun, {name: memory(pid) for name, pid in self.servers.items()}))
            if self.end.wait(10):
                return
            if look % 6 == 0:
                command = [sys.executable, "bench/_publisher.py", str(self.news), f"Soak {look}", "commit"]
                subprocess.run(
                    command, cwd=_site.ROOT, env={**os.environ, **self.settings}, check=True, stdout=subprocess.DEVNULL
                )
                self.published += 1


def in_milliseconds(answers: list[tuple[float, bool, float, str]], kept: bool) -> str:
    times = sorted(took * 1000 for _due, may_be_kept, took, _end in answers if may_be_kept is kept)
    if not times:
        return ""
    return f"{statistics.median(times):.0f} · {times[int(len(times) * 0.99)]:.0f} · {times[-1]:.0f}"


def table(answers: list[tuple[float, bool, float, str]], watch: Watch, seconds: float) -> None:
    print(f"{'minutes':<12}{'answers':>8}  {'kept, ms':<20}{'made, ms':<20}{'MB: ' + ' · '.join(watch.servers)}")
    for part in range(PARTS):
        first, last = (seconds * edge / PARTS for edge in (part, part + 1))
        those = [answer for answer in answers if first <= answer[0] < last]
        held = [used for when, used in watch.seen if first <= when < last]
        most = " · ".join(f"{max(used[name] for used in held) / 1024:.0f}" for name in watch.servers) if held else ""
        print(
            f"{first / 60:>4.0f} – {last / 60:<5.0f}{len(those):>8}  "
            f"{in_milliseconds(those, True):<20}{in_milliseconds(those, False):<20}{most}"
        )


def main() -> None:
    with _site.behind_nginx(1000) as site:
        port = site.port
        with contextlib.closing(psycopg2.connect(site.address)) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT page_ptr_id FROM news_newspage JOIN wagtailcore_page ON id = page_ptr_id WHERE live")
            news = cursor.fetchone()[0]
            cursor.execute("SHOW data_directory")
            database = int((Path(cursor.fetchone()[0]) / "postmaster.pid").read_text().split()[0])
        servers = {"Python": site.server.pid, "nginx": site.nginx.pid, "PostgreSQL": database}
        ask(port, 8, 0, 5)  # warm
        rate = len(ask(port, 8, 0, CAPACITY)) / CAPACITY
        print(f"{rate:.0f} answers a second at most; {MINUTES:g} minutes at {rate * SHARE:.0f}\n", flush=True)
        end = threading.Event()
        watch = Watch(servers, site.settings, news, end)
        watch.start()
        answers = ask(port, READERS, rate * SHARE, MINUTES * 60)
        end.set()
        watch.join()
        table(answers, watch, MINUTES * 60)
        print("\nmilliseconds: the middle · the slowest of a hundred · the slowest; MB: the most that was seen")
        ends = Counter(end for _due, _may_be_kept, _took, end in answers)
        print(
            f"{watch.published} texts published; " + ", ".join(f"{times} × {end}" for end, times in ends.most_common())
        )


if __name__ == "__main__":
    main()
