"""The files of ready answers: what is kept of one address, and who makes it (home/page_store.py says where)."""

import fcntl
import gzip
import json
import os
import re
import time
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import brotli

MAKING_TAKES = 10
"""Seconds that a reader waits for another who makes the same page."""
CODINGS = (("br", ".br"), ("gzip", ".gz"), ("", ""))
"""Content-Encoding and how its file ends, the smallest first."""
PLAIN_PATH = re.compile(r"/(?:[\w-]+(?:\.[\w-]+)*/)*(?:[\w-]+(?:\.[\w-]+)*)?", re.ASCII)
"""Addresses that may be names of files as they are: no way up, nothing that a proxy reads otherwise."""
HEADERS = "headers.json"
NAMES = {
    "text/html": "index.html",
    "application/xml": "answer.xml",
    "application/rss+xml": "answer.rss",
    "application/atom+xml": "answer.atom",
    "text/calendar": "answer.ics",
}
"""A proxy tells by the name what is in the file (deploy/nginx/locations.conf)."""


@dataclass(frozen=True)
class Answer:
    """What is sent: the status is 200."""

    headers: list[tuple[str, str]]
    body: bytes


def find(root: Path, host: str, path: str, accepted: Collection[str]) -> Answer | None:
    """The answer at an address, kept in `root`. `accepted`: the codings a reader takes."""
    folder = root / host / _folder(path)
    try:
        headers = [(name, value) for name, value in json.loads((folder / HEADERS).read_bytes())]
        name = _file_name(headers)
        for coding, ending in CODINGS:
            if not coding or coding in accepted:
                body = (folder / f"{name}{ending}").read_bytes()
                break
    except (OSError, ValueError):
        return None
    if coding:
        headers.append(("Content-Encoding", coding))
    return Answer([*headers, ("Content-Length", str(len(body)))], body)


def keep(root: Path, host: str, path: str, answer: Answer) -> None:
    """Each file appears whole, the headers last: who finds them finds the rest."""
    name = _file_name(answer.headers)
    files = {
        name: answer.body,
        f"{name}.gz": gzip.compress(answer.body, 6, mtime=0),
        f"{name}.br": brotli.compress(answer.body, quality=5),
        HEADERS: json.dumps(answer.headers).encode(),
    }
    # A proxy makes the ETag from size and time: other words have another time, and the same words the same.
    stamp = int.from_bytes(sha256(answer.body).digest()[:4]) & 0x7FFFFFFF  # file systems that end in 2038
    folder = root / host / _folder(path)
    folder.mkdir(parents=True, exist_ok=True)
    for file, content in files.items():
        new = folder / f"{file}-{uuid.uuid4().hex}"
        try:
            new.write_bytes(content)
            os.utime(new, (stamp, stamp))
            new.replace(folder / file)
        except OSError:
            new.unlink(missing_ok=True)
            raise


@contextmanager
def turn(root: Path, host: str, path: str, is_vain: Callable[[], bool] = lambda: False) -> Iterator[None]:
    """One process at a time makes the answer of an address; who comes next waits a while, and finds it.

    `is_vain`: whether there is nothing to be found by waiting any longer.
    """
    turns = root / "turns"
    turns.mkdir(parents=True, exist_ok=True)
    number = int.from_bytes(sha256(f"{host}{path}".encode()).digest()[:2])
    with (turns / str(number)).open("w") as turn:
        end = time.monotonic() + MAKING_TAKES
        while time.monotonic() < end and not is_vain():
            with suppress(BlockingIOError):
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            time.sleep(0.01)
        yield


def addresses_in(root: Path) -> set[str]:
    """Host and path of each answer that is kept in `root`."""
    names = (file.parent.relative_to(root).as_posix() for file in root.rglob(HEADERS))
    return {name[:-1] if name.endswith("=") else f"{name}/" for name in names}


def _folder(path: str) -> str:
    return path[1:] if path.endswith("/") else f"{path[1:]}="


def _file_name(headers: list[tuple[str, str]]) -> str:
    kind = next((value.partition(";")[0] for name, value in headers if name == "Content-Type"), "")
    return NAMES.get(kind, "answer")
