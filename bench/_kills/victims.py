"""What is killed, by whom it is started again, and how somebody notices that it is."""

import contextlib
import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

import _site
import psycopg2
from _machines import servers
from page_outage import Database

from _kills.office import Office

RESTART_AFTER = 1.0
"""Seconds until PostgreSQL is started again: `RestartSec` of a unit of systemd."""
PATIENCE = 180
LOOK_EVERY = 0.1
ASK_EVERY = 0.5
"""Seconds; asking is work for the site too."""
LONGEST_REST = 8.0
"""Seconds at most from the moment at which all is well to the next kill."""
SUPERVISOR = f"""
import os, sys
from pathlib import Path
sys.path.insert(0, "scripts")
import processes, serve
processes.WELL_AFTER = 3  # nobody is killed as often as here
sys.exit(processes.run(serve.programs(Path({sys.executable!r}), "database"), Path.cwd(), os.environ, is_named=True))
"""


def children(parent: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, above = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            if int(above) == parent and state != "Z":
                found.append(int(folder.name))
    return found


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().replace("\0", " ")
    except OSError:
        return ""


def is_there(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class PostgreSQL:
    """Loses nothing that it has confirmed, and is started again a second after it has ended, as by systemd."""

    def __init__(self, address: str) -> None:
        self.address, self.database = address, Database(address)
        self.pid, self.running = self.database.pid, None
        self.ended = threading.Event()
        with contextlib.closing(psycopg2.connect(address)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                for name in ("fsync", "synchronous_commit", "full_page_writes"):  # the tests' server goes without
                    cursor.execute(f"ALTER SYSTEM SET {name} = on")
                cursor.execute("SELECT pg_reload_conf()")
        self.keeper = threading.Thread(target=self._keep, name="PostgreSQL's unit")
        self.keeper.start()

    def _keep(self) -> None:
        while not self.ended.wait(LOOK_EVERY):
            if self.running.poll() is None if self.running else is_there(self.pid):
                continue
            if self.ended.wait(RESTART_AFTER):
                return
            self.running = self.database.start()
            self.pid = self.running.pid

    def stop(self) -> None:
        self.ended.set()
        self.keeper.join()
        if self.running:
            self.running.send_signal(signal.SIGINT)
            self.running.wait(60)


class Site:
    """Web, worker and scheduler under the supervisor of `make serve`."""

    def __init__(self, port: int, settings: dict[str, str], log: Path) -> None:
        self.port = port
        environment = {**os.environ, **settings, "PORT": str(port)}
        with log.open("w") as said:
            self.running = subprocess.Popen(
                [sys.executable, "-c", SUPERVISOR], cwd=_site.ROOT, env=environment, stdout=said, stderr=said
            )

    def program(self, words: str) -> int:
        """Its process; 0 while there is none."""
        return next((pid for pid in children(self.running.pid) if words in command_of(pid)), 0)

    def is_ready(self) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            return servers.ask(self.port, "/health/ready", "localhost")[0] == http.HTTPStatus.OK
        return False

    def stop(self) -> int:
        self.running.terminate()
        return self.running.wait(90)


class Killer(threading.Thread):
    """Kills, waits until it is as before, rests a moment, and goes on until all have killed enough."""

    def __init__(
        self, kinds: dict[str, int], office: Office, site: Site, database: PostgreSQL, left: list[int]
    ) -> None:
        """`kinds`: how often each is chosen. `left`: how many kills are left, for all killers."""
        super().__init__(name=f"killer of {', '.join(kinds)}")
        self.kinds, self.office, self.site, self.database, self.left = kinds, office, site, database, left
        self.random = random.Random(sum(map(len, kinds)))  # noqa: S311 - a load, no secret
        self.took: dict[str, list[float]] = defaultdict(list)
        self.never: Counter[str] = Counter()

    def run(self) -> None:
        while not self.office.ended.wait(self.random.uniform(0, LONGEST_REST)):
            (kind,) = self.random.choices(list(self.kinds), list(self.kinds.values()))
            pid = self._victim(kind)
            if not pid:
                continue
            with self.office.lock:
                if not self.left[0]:
                    return
                self.left[0] -= 1
                self.office.down[kind] += 1
            moment, begun = time.time(), time.monotonic()
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            is_again = self._until(partial(self._is_again, kind, pid, moment))
            with self.office.lock:
                self.office.down[kind] -= 1
            if is_again:
                self.took[kind].append(time.monotonic() - begun)
            else:
                self.never[kind] += 1

    def _victim(self, kind: str) -> int:
        web, scheduler = self.site.program("gunicorn"), self.site.program("run_scheduler")
        among = {
            "one web process": lambda: children(web) if web else [],
            "gunicorn": lambda: [web],
            "worker": lambda: [self.site.program("db_worker")],
            "scheduler": lambda: [scheduler],
            "a job of the scheduler": lambda: children(scheduler) if scheduler else [],
            "a connection of PostgreSQL": lambda: self._connections(),
            "PostgreSQL": lambda: [self.database.pid] if is_there(self.database.pid) else [],
        }[kind]()
        return self.random.choice(among) if among else 0

    def _connections(self) -> list[int]:
        found = children(self.database.pid)
        return [pid for pid in found if "[local]" in command_of(pid)]

    def _until(self, is_well: Callable[[], bool]) -> bool:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            time.sleep(ASK_EVERY)
            if is_well():
                return True
        return False

    def _is_again(self, kind: str, pid: int, moment: float) -> bool:
        if is_there(pid):
            return False
        if kind in ("worker", "scheduler"):
            return self._last_seen(kind) > moment
        if kind == "one web process":
            web = self.site.program("gunicorn")
            return bool(web) and len(children(web)) > 1 and self.site.is_ready()
        if kind == "PostgreSQL" and self.database.pid == pid:
            return False
        return self.site.is_ready()

    def _last_seen(self, process: str) -> float:
        try:
            with contextlib.closing(psycopg2.connect(self.database.address)) as found, found.cursor() as cursor:
                cursor.execute("SELECT at FROM operations_heartbeat WHERE process = %s", [process])
                row = cursor.fetchone()
        except psycopg2.Error:
            return 0
        return row[0].timestamp() if row else 0
