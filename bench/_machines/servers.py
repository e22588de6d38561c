"""Machines on this one: each a group of processes with a disk of its own, that can be killed as a whole."""

import contextlib
import http.client
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import _site

TICK = os.sysconf("SC_CLK_TCK")
LOOP = "from bench._machines import scene; scene.keep_time()"


@dataclass
class Machine:
    """A command with its environment."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0
    running: "subprocess.Popen[Any] | None" = None

    def start(self) -> "Machine":
        self.running = subprocess.Popen(
            self.command,
            cwd=_site.ROOT,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=None if os.environ.get("SHOW_LOGS") else subprocess.DEVNULL,
            start_new_session=True,
        )
        return self

    def kill(self) -> None:
        """As the power goes: all its processes at once, and nothing is tidied up."""
        if self.running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait(30)

    def stop(self) -> None:
        if self.running and self.running.poll() is None:
            os.killpg(self.running.pid, signal.SIGTERM)
            try:
                self.running.wait(40)
            except subprocess.TimeoutExpired:
                self.kill()

    def cpu(self) -> float:
        """Seconds of processor time of all its processes that are there."""
        return sum(ticks for _pid, _parent, session, ticks in _processes() if session == self.running.pid) / TICK


def _processes() -> list[tuple[int, int, int, int]]:
    """Number, parent, session and ticks of each process."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (folder / "stat").read_text().rpartition(")")[2].split()
            found.append((int(folder.name), int(words[1]), int(words[3]), sum(map(int, words[11:15]))))
    return found


def cpu_of_children(parent: int) -> float:
    """The same of a process, its children (PostgreSQL has one for each connection), and those that have ended."""
    return sum(ticks for pid, above, _session, ticks in _processes() if parent in (pid, above)) / TICK


def program(name: str, *others: str) -> str:
    """Where a server is; its place may be told (MOTO_SERVER=…). Ends the program where it is not installed."""
    found = os.environ.get(name.upper().replace("-", "_")) or next(filter(None, map(shutil.which, (name, *others))), "")
    if not found:
        sys.exit(f"{name} is not installed (bench/README.md).")
    return found


def redis(folder: Path) -> Machine:
    port = _site.free_port()
    server = program("redis-server", "valkey-server")
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder), "--appendonly", "no"]
    return Machine("redis", [server, *options], port=port)


def bucket() -> Machine:
    port = _site.free_port()
    return Machine("bucket", [program("moto_server"), "-H", "127.0.0.1", "-p", str(port)], port=port)


def web(number: int, environment: dict[str, str]) -> Machine:
    port = _site.free_port()
    return Machine(f"web {number}", _site.gunicorn(port), environment, port)


def worker(number: int, environment: dict[str, str]) -> Machine:
    command = [sys.executable, "manage.py", "db_worker", "--backend", "mail", "--no-startup-delay", "--no-reload"]
    return Machine(f"worker {number}", [*command, "--interval", "0.2"], environment)


def scheduler(number: int, environment: dict[str, str]) -> Machine:
    named = {**environment, "DATABASE_URL": f"{environment['DATABASE_URL']}&application_name=scheduler-{number}"}
    return Machine(f"scheduler {number}", [sys.executable, "manage.py", "shell", "--no-imports", "-c", LOOP], named)


def ask(port: int, path: str, host: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """One request over a connection of its own; OSError or HTTPException where the machine is away."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": host, **headers})
        answer = connection.getresponse()
        return answer.status, answer.read(), dict(answer.headers)
    finally:
        connection.close()


def send(port: int, path: str, host: str, cookie: str, words: str) -> tuple[int, str]:
    """A form that somebody who has logged in sends; its status and where it leads."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        connection.request("POST", path, words, {"Host": host, "Cookie": cookie, **kind})
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()


def until_it_answers(port: int, path: str = "/health/ready", host: str = "localhost", patience: float = 300) -> float:
    """Seconds until it did."""
    begun = time.monotonic()
    while time.monotonic() - begun < patience:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if ask(port, path, host)[0] < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                return time.monotonic() - begun
        time.sleep(0.1)
    sys.exit(f"Nothing answers at {port}{path}.")
