"""Who reads while machines come and go: one process for each web machine."""

import http.client
import time
from collections import Counter
from multiprocessing import Process, Queue
from pathlib import Path
from typing import Any

from _machines.servers import ask

BEFORE, AFTER = "wydanie przed zmianą", "wydanie po zmianie"
PAUSE = 0.01
"""Seconds between two requests: the machines shall have processor time left for what they are killed at."""


def read(port: int, host: str, paths: dict[str, str], stop: Path, told: "Queue[dict[str, Any]]") -> None:
    """Reads all `paths` again and again until there is a file `stop`, then tells what it saw.

    `paths`: the addresses, each with the end of the words that its own text is known by; others stand beside it.

    `last_before`: when somebody asked last who still got the old text, for each path; `first_after`: when the new one
    was there for the first time.
    """
    seen: dict[str, Any] = {"answers": 0, "failed": Counter(), "last_before": {}, "first_after": {}, "slowest": 0.0}
    number, marks = 0, list(paths.items())
    while not stop.exists():
        path, own = marks[number % len(marks)]
        number += 1
        begun = time.monotonic()
        try:
            status, body, _headers = ask(port, path, host)
        except (OSError, http.client.HTTPException):
            seen["failed"]["away"] += 1
            time.sleep(0.1)
            continue
        ended = time.monotonic()
        seen["answers"] += 1
        seen["slowest"] = max(seen["slowest"], ended - begun)
        if status != http.HTTPStatus.OK:
            seen["failed"][str(status)] += 1
        elif f"{BEFORE} {own}" in (words := body.decode()):
            seen["last_before"][path] = begun
        elif f"{AFTER} {own}" in words:
            seen["first_after"].setdefault(path, ended)
        time.sleep(PAUSE)
    told.put(seen)


class Readers:
    """One at each port."""

    def __init__(self, ports: list[int], host: str, paths: dict[str, str], stop: Path) -> None:
        self.stop = stop
        self.told: Queue[dict[str, Any]] = Queue()
        self.all = [Process(target=read, args=(port, host, paths, stop, self.told)) for port in ports]
        for reader in self.all:
            reader.start()

    def end(self) -> list[dict[str, Any]]:
        self.stop.touch()
        seen = [self.told.get() for _reader in self.all]
        for reader in self.all:
            reader.join()
        return seen


def stale(seen: list[dict[str, Any]], answered: dict[str, float]) -> dict[str, float]:
    """Seconds for which a text was read that somebody had replaced, and had their answer; by its path."""
    late = {path: max(one["last_before"].get(path, 0) for one in seen) - moment for path, moment in answered.items()}
    return {path: seconds for path, seconds in late.items() if seconds > 0}
