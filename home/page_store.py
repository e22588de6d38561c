"""Ready answers as files: one folder for each content generation, that a proxy may serve without us.

    current → 1764460800-1764464400   the generation that is served; missing while something public changes
    1764460800-1764464400/            number of the generation, second at which it is over (0: never)
        www.example.org/aktualnosci/  index.html, index.html.gz, index.html.br, and headers.json
        www.example.org/sitemap.xml=/ answer, answer.gz, answer.br: no page, so no proxy serves it as one
    changing/                         a file for each change that isn't committed yet
    newest                            the number below which nothing is served any more

Nothing is given or kept but through the link. That it never leads to an old page after a change was answered is why it
is taken away *before* the change is committed, and put back only by who has read the new number in the database.
"""

import fcntl
import gzip
import json
import os
import re
import shutil
import time
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import brotli

CHANGES_TAKE = 60
"""Seconds after which a change that said nothing more was rolled back, or its process was killed."""
MAKING_TAKES = 10
"""Seconds that a reader waits for another who makes the same page."""
CODINGS = (("br", ".br"), ("gzip", ".gz"), ("", ""))
"""Content-Encoding and how its file ends, the smallest first."""
PLAIN_PATH = re.compile(r"/(?:[\w-]+(?:\.[\w-]+)*/)*(?:[\w-]+(?:\.[\w-]+)*)?", re.ASCII)
"""Addresses that may be names of files as they are: no way up, nothing that a proxy reads otherwise."""
HEADERS, NEWEST = "headers.json", "newest"


@dataclass(frozen=True)
class Generation:
    """A content generation, and the moment at which pages change although nobody changed them (an event is over)."""

    number: int
    until: int = 0

    @property
    def name(self) -> str:
        return f"{self.number}-{self.until}"

    @property
    def is_over(self) -> bool:
        return bool(self.until) and time.time() >= self.until

    @classmethod
    def named(cls, name: str) -> "Generation | None":
        number, _dash, until = name.partition("-")
        return cls(int(number), int(until)) if number.isdigit() and until.isdigit() else None


@dataclass(frozen=True)
class Answer:
    """What is sent: the status is 200."""

    headers: list[tuple[str, str]]
    body: bytes


class PageStore:
    """The files below one folder, used by several processes at once."""

    def __init__(self, root: Path, *, links: bool = True) -> None:
        """`links`: whether a proxy may serve the files, because whoever changes something takes this link away."""
        self.root, self.links = root, links
        self.current_link = root / "current"

    # --- Which generation --------------------------------------------------------------------

    def current(self) -> Generation | None:
        """The generation that may be served without asking the database."""
        try:
            return Generation.named(self.current_link.readlink().name)
        except OSError:
            return None

    def change(self, mark: Path | None = None) -> Path:
        """Something public is about to change: nothing is served until `changed` has been told.

        `mark`: what an earlier call for the same change has returned. OSError where the link can't be taken away.
        """
        self.current_link.unlink(missing_ok=True)
        mark = mark or self.root / "changing" / uuid.uuid4().hex
        mark.parent.mkdir(parents=True, exist_ok=True)
        with self._alone():
            mark.touch()
            self.current_link.unlink(missing_ok=True)
        return mark

    def changed(self, mark: Path | None, number: int) -> None:
        """The change is committed, and the database has its number: none before it is served any more."""
        with self._alone():
            self.current_link.unlink(missing_ok=True)
            new = self.root / f"{NEWEST}-{uuid.uuid4().hex}"
            new.write_text(str(max(number, self.newest())))
            new.replace(self.root / NEWEST)
            if mark is not None:
                mark.unlink(missing_ok=True)

    def broken_off(self) -> list[Path]:
        """The marks of changes that were rolled back, or whose process was killed, before the commit or after."""
        return [mark for mark in self._marks() if time.time() - mark.stat().st_mtime >= CHANGES_TAKE]

    def open(self, generation: Generation) -> Generation | None:
        """Serve `generation`, which the database has just named; None while something changes."""
        with self._alone():
            if self._marks() or generation.number < self.newest():
                self.current_link.unlink(missing_ok=True)
                return None
            is_new = not (self.root / generation.name).exists()
            (self.root / generation.name).mkdir(exist_ok=True)
            if self.links:
                new = self.root / f"current-{uuid.uuid4().hex}"
                new.symlink_to(generation.name)
                new.replace(self.current_link)
        if is_new:
            self._sweep(generation)
        return generation

    def close(self, generation: Generation) -> None:
        """Serve `generation` no longer."""
        with self._alone():
            if self.current() == generation:
                self.current_link.unlink(missing_ok=True)

    def last(self) -> Generation | None:
        """What was served last, where nothing can have changed since: for when nobody can say what is current."""
        if self._marks():
            return None
        kept = [generation for folder in self.root.iterdir() if (generation := Generation.named(folder.name))]
        found = max(kept, key=lambda generation: (generation.number, generation.until), default=None)
        return found if found and found.number >= self.newest() else None

    def newest(self) -> int:
        """The number below which nothing is served."""
        try:
            return int((self.root / NEWEST).read_text())
        except (OSError, ValueError):
            return 0

    def _marks(self) -> list[Path]:
        return list((self.root / "changing").glob("*"))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _sweep(self, served: Generation) -> None:
        """Generations before this one are served to nobody, and what a killed process left is of no use."""
        for path in self.root.iterdir():
            generation = Generation.named(path.name)
            if generation is not None and generation.number < served.number:
                shutil.rmtree(path, ignore_errors=True)
        for path in (*self.root.glob("current-*"), *self.root.glob(f"{NEWEST}-*")):
            with suppress(OSError):
                if time.time() - path.lstat().st_mtime > CHANGES_TAKE:
                    path.unlink()

    # --- Answers -----------------------------------------------------------------------------

    def find(self, generation: Generation, host: str, path: str, accepted: Collection[str]) -> Answer | None:
        """The answer at an address. `accepted`: the codings a reader takes."""
        folder = self.root / generation.name / host / _folder(path)
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

    def keep(self, generation: Generation, host: str, path: str, answer: Answer) -> None:
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
        folder = self.root / generation.name / host / _folder(path)
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
    def turn(self, host: str, path: str) -> Iterator[None]:
        """One process at a time makes the answer of an address; who comes next waits a while, and finds it."""
        turns = self.root / "turns"
        turns.mkdir(parents=True, exist_ok=True)
        number = int.from_bytes(sha256(f"{host}{path}".encode()).digest()[:2])
        with (turns / str(number)).open("w") as turn:
            end = time.monotonic() + MAKING_TAKES
            while time.monotonic() < end:
                with suppress(BlockingIOError):
                    fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                time.sleep(0.01)
            yield


def _folder(path: str) -> str:
    return path[1:] if path.endswith("/") else f"{path[1:]}="


def _file_name(headers: list[tuple[str, str]]) -> str:
    is_page = any(name == "Content-Type" and value.startswith("text/html") for name, value in headers)
    return "index.html" if is_page else "answer"
