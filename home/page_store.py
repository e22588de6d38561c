"""Ready answers as files: one folder for each content generation, that a proxy may serve without us.

    current → 1764460800-1764464400-3f9c    the generation that is served; missing while something public changes
    1764460800-1764464400-3f9c/             its number, the second at which it is over (0: never), the code
        www.example.org/aktualnosci/        index.html, index.html.gz, index.html.br, and headers.json
        www.example.org/sitemap.xml=/       answer.xml and so on: the end of the name says what it is
    changing/                               a file for each change under way, locked by the process that makes it
    newest                                  the number below which nothing is served any more
    serving                                 the code of the process that began to serve last

Nothing is given or kept but through the link. That it never leads to an old page after a change was answered is why it
is taken away *before* the change is committed, and put back only by who has read the new number in the database.
"""

import fcntl
import os
import re
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from home.file_locks import is_locked
from home.page_files import addresses_in

FOLDER = re.compile(r"(?P<number>\d+)-(?P<until>\d+)-(?P<code>\w*)", re.ASCII)
NEWEST, SERVING = "newest", "serving"


@dataclass(frozen=True)
class Generation:
    """A content generation, and the moment at which pages change although nobody changed them (an event is over)."""

    number: int
    until: int = 0

    @property
    def is_over(self) -> bool:
        return bool(self.until) and time.time() >= self.until


class PageStore:
    """The files below one folder, used by several processes at once."""

    def __init__(self, root: Path, *, code: str = "", links: bool = True) -> None:
        """`code`: the version of the code; what another one keeps is never given. `links`: whether a proxy may serve
        the files, because whoever changes something takes this link away."""
        self.root, self.code, self.links = root, code, links
        self.current_link = root / "current"
        self.held: dict[Path, IO[bytes]] = {}  # our own marks, locked as long as they are open

    # --- Which generation --------------------------------------------------------------------

    def current(self) -> Generation | None:
        """The generation that may be served without asking the database."""
        try:
            return self._named(self.current_link.readlink().name)
        except OSError:
            return None

    def change(self, mark: Path | None = None) -> Path:
        """Something public is about to change: nothing is served until `changed` has been told, or nobody holds the
        mark any more.

        `mark`: what an earlier call for the same change has returned. OSError where the link can't be taken away.
        """
        self._take_away()
        self._refuse_others()
        with self._alone():
            try:
                if mark is None:
                    mark = self.root / "changing" / uuid.uuid4().hex
                    mark.parent.mkdir(exist_ok=True)
                    self.held[mark] = mark.open("wb")
                    fcntl.flock(self.held[mark], fcntl.LOCK_EX)
                self._take_away()
            except OSError:
                if mark:  # nobody else would ever let go of it
                    self.let_go(mark)
                raise
        return mark

    def changed(self, number: int, *marks: Path) -> None:
        """Changes are committed, and the database has its number: none before it is served any more."""
        self._refuse_others()
        with self._alone():
            self._take_away()
            self._write(NEWEST, str(max(number, self.newest())))
            for mark in marks:
                mark.unlink(missing_ok=True)
                self.let_go(mark)

    def is_changing(self) -> bool:
        """Whether somebody is about to change something, so that asking the database is of no use."""
        return bool(self._marks())

    def serves(self) -> bool:
        """Whether the code of this process serves, and no other has begun since."""
        return self._read(SERVING) == self.code

    def let_go(self, mark: Path) -> None:
        """The change has ended, and nobody said how: whoever comes next finds it broken off."""
        if mark in self.held:
            self.held.pop(mark).close()

    def broken_off(self) -> set[Path]:
        """The marks of changes that were rolled back, or whose process was killed, before the commit or after."""
        with self._alone():
            return {mark for mark in self._marks() if not is_locked(mark)}

    def take_over(self) -> None:
        """From now on the code of this process serves, and that of others doesn't."""
        with self._alone():
            self._write(SERVING, self.code)

    def open(self, generation: Generation) -> Generation | None:
        """Serve `generation`, which the database has just named; None while something changes, or other code serves."""
        with self._alone():
            if not self.serves():
                return None
            if self._marks() or generation.number < self.newest():
                self._take_away()
                return None
            if generation.number > self.newest():
                self._write(NEWEST, str(generation.number))
            self.folder_of(generation).mkdir(exist_ok=True)
            if self.links and self.current() != generation:
                new = self.root / "current.new"
                new.unlink(missing_ok=True)  # of a process that was killed just there
                new.symlink_to(self.folder_of(generation).name)
                new.replace(self.current_link)
        return generation

    def close(self, generation: Generation) -> None:
        """Serve `generation` no longer."""
        with self._alone():
            if self.current() == generation:
                self._take_away()

    def last(self) -> Generation | None:
        """What was served last, where nothing can have changed since: for when nobody can say what is current."""
        if self._marks():
            return None
        kept = [generation for folder in self.root.iterdir() if (generation := self._named(folder.name))]
        found = max(kept, key=lambda generation: (generation.number, generation.until), default=None)
        return found if found and found.number >= self.newest() else None

    def newest(self) -> int:
        """The number below which nothing is served."""
        number = self._read(NEWEST)
        return int(number) if number.isdigit() else 0

    def sweep(self, served: Generation) -> Iterator[set[str]]:
        """Generations before `served`, and those of other code, are served to nobody. Gives what was kept in each, as
        host and path, and then removes it."""
        for path in self.root.iterdir():
            name = FOLDER.fullmatch(path.name)
            is_old = name and int(name["number"]) <= served.number and path != self.folder_of(served)
            if not is_old and not path.name.startswith("swept."):
                continue
            with suppress(OSError):  # another process was faster
                swept = path.rename(self.root / f"swept.{uuid.uuid4().hex}")
                yield addresses_in(swept)
                shutil.rmtree(swept)

    def folder_of(self, generation: Generation) -> Path:
        return self.root / f"{generation.number}-{generation.until}-{self.code}"

    def is_ours(self) -> bool:
        """Whether it belongs to the user of this process, or is yet to be made; if not, others serve."""
        try:
            return self.root.stat().st_uid == os.geteuid()
        except FileNotFoundError:
            return True
        except PermissionError:
            return False

    def _refuse_others(self) -> None:
        """What root leaves there, the web processes can't take away."""
        if not self.is_ours():
            raise PermissionError(f"{self.root} belongs to another user")

    def _named(self, name: str) -> Generation | None:
        found = FOLDER.fullmatch(name)
        return Generation(int(found["number"]), int(found["until"])) if found and found["code"] == self.code else None

    def _marks(self) -> list[Path]:
        return list((self.root / "changing").glob("*"))

    def _read(self, name: str) -> str:
        try:
            return (self.root / name).read_text()
        except OSError:
            return ""

    def _write(self, name: str, words: str) -> None:
        new = self.root / f"{name}.new"
        new.write_text(words)
        new.replace(self.root / name)

    def _take_away(self) -> None:
        """For good, even if the power goes a moment after the change: what was taken down never comes back."""
        with suppress(FileNotFoundError):
            self.current_link.unlink()
            folder = os.open(self.root, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(lock, fcntl.LOCK_UN)  # closing isn't enough: a process that was forked here has it open too
