"""Making backups, and keeping some of them: `manage.py backup`.

The rows are those of one moment (a snapshot of the database), while the site serves. Uploads are read after that, so
everything that a row names is there: a file gets its row after it is written, and no file is written twice. One that
is deleted meanwhile makes the backup begin again. What isn't finished is never called a backup.
"""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import Error, IntegrityError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from operations.backup_files import FILES, TABLES, Manifest, Writer, verify
from operations.sealing import BackupError
from operations.tables import Table, applied_migrations, kept_tables, read, snapshot

NAME = "site-%Y%m%dT%H%M%SZ.backup"
LAST, PARTIAL, BROKEN = "last.json", ".partial", ".broken"
LAST_KEY = "operations:last-backup"
TRIES = 3
TELL_EVERY = 10_000  # rows
Tell = Callable[[str], Any]


class _DeletedMeanwhileError(Exception):
    """A file that a row of the snapshot names is gone."""


def folder() -> Path:
    return Path(settings.BACKUP_ROOT)


def last() -> datetime | None:
    """When the last backup was made that was read again and is whole; None where there was none.

    Made on another machine, it is known as long as they share a cache, or `BACKUP_ROOT`.
    """
    found: list[str] = []
    with suppress(OSError, ValueError, KeyError):
        found.append(json.loads((folder() / LAST).read_text())["made_at"])
    with suppress(Error):  # the cache may be a table
        found.append(cache.get(LAST_KEY) or "")
    return max((datetime.fromisoformat(one) for one in found if one), default=None)


def kept() -> dict[Path, datetime]:
    """The backups in the folder, the newest first."""
    found: dict[Path, datetime] = {}
    for path in sorted(folder().glob("site-*.backup"), reverse=True):
        with suppress(ValueError):
            found[path] = datetime.strptime(path.name, NAME).replace(tzinfo=UTC)
    return found


def superfluous(found: dict[Path, datetime], days: int, weeks: int, months: int) -> list[Path]:
    """Which backups may go: all but the newest of each of the last `days`, `weeks` and `months` that have one."""
    newest_first = sorted(found, key=lambda path: found[path], reverse=True)
    keep: set[Path] = set(newest_first[:1])
    periods: list[tuple[int, Callable[[date], object]]] = [
        (days, lambda day: day),
        (weeks, lambda day: day.isocalendar()[:2]),
        (months, lambda day: (day.year, day.month)),
    ]
    for how_many, period in periods:
        chosen: dict[object, Path] = {}
        for path in newest_first:
            chosen.setdefault(period(found[path].date()), path)
        keep.update(list(chosen.values())[:how_many])
    return [path for path in newest_first if path not in keep]


def make(*, with_files: bool = True, tell: Tell = len) -> tuple[Path, Manifest]:
    """Make a backup, read it again, and remove those that are superfluous then.

    Raises BackupError, with the backups of before as they were.
    """
    now = datetime.now(UTC)
    path = folder() / now.strftime(NAME)
    if len(settings.BACKUP_KEEP) != 3:
        raise BackupError("BACKUP_KEEP names three numbers: of days, weeks and months.")
    with _alone():
        for unfinished in folder().glob(f"*{PARTIAL}"):  # of a process that was killed
            unfinished.unlink()
        if path.exists():
            raise BackupError(f"{path} exists already: one backup a second is enough.")
        begun = time.monotonic()
        manifest = write(path, now, with_files=with_files, tell=tell)
        if manifest.broken:
            path = path.replace(folder() / f"site{BROKEN}")  # one: it pushes out no good one, and isn't taken for one
            raise BackupError(f"{path} was made, but can't be restored before this is mended: {manifest.broken}")
        said = {"made_at": manifest.made_at, "file": path.name, "bytes": path.stat().st_size}
        _replace(folder() / LAST, json.dumps({**said, "seconds": round(time.monotonic() - begun, 1)}).encode())
        with suppress(Error):
            cache.set(LAST_KEY, manifest.made_at, None)
        for old in superfluous(kept(), *settings.BACKUP_KEEP):
            old.unlink()
            tell(f"Removed: {old.name}")
    return path, manifest


def write(path: Path, now: datetime, *, with_files: bool, tell: Tell = len) -> Manifest:
    """One backup at `path`, whole or not at all, readable by its owner only. Raises BackupError."""
    partial = path.with_name(f"{path.name}{PARTIAL}")
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise BackupError("The database is older than this version: migrate first, or back up with the one before.")
        for attempt in range(1, TRIES + 1):
            try:
                _write(partial, now, with_files, tell, is_last_try=attempt == TRIES)
                break
            except _DeletedMeanwhileError as error:
                tell(f"{error} was deleted meanwhile: once more from the beginning.")
        manifest = verify(partial, settings.BACKUP_KEY)
        partial.rename(path)
        _sync(path.parent)
    except (OSError, Error) as error:
        raise BackupError(f"No backup was made: {error}. What was there before is still there.") from error
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def _write(partial: Path, now: datetime, with_files: bool, tell: Tell, is_last_try: bool) -> None:
    versions = {name: version(name) for name in ("Django", "wagtail")}
    partial.unlink(missing_ok=True)  # of a process that was killed
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        writer = Writer(file, settings.BACKUP_KEY, partial.parent)
        with snapshot() as source:
            applied = applied_migrations(source)  # the first look: the moment of the snapshot
            manifest = Manifest(now.isoformat(), source.vendor, versions, applied, with_files, kept_tables())
            names = list(uploads())
            needed: set[str] = set()
            for table in manifest.tables:
                needed |= _add_table(writer, source, table, tell)
            manifest.broken = _broken(source)
        there = set(names)
        for number, name in enumerate(names if with_files else (), 1):
            try:
                with default_storage.open(name) as upload:
                    writer.add(f"{FILES}{name}", upload.size, upload)
            except FileNotFoundError as error:
                if name in needed and not is_last_try:
                    raise _DeletedMeanwhileError(name) from error
                there.remove(name)
            if number % 1000 == 0:
                tell(f"{number} of {len(names)} files")
        manifest.missing = sorted(needed - there)
        writer.finish(manifest)
        file.flush()
        os.fsync(file.fileno())


def _add_table(writer: Writer, source: BaseDatabaseWrapper, table: Table, tell: Tell) -> set[str]:
    files: set[str] = set()
    numbers = count(1)

    def fill(write_line: Callable[[bytes], Any]) -> None:
        def write_and_tell(line: bytes) -> None:
            write_line(line)
            if (number := next(numbers)) % TELL_EVERY == 0:
                tell(f"{table.name}: {number} rows")

        files.update(read(source, table, write_and_tell))

    writer.add_table(f"{TABLES}{table.name}.jsonl.gz", fill)
    return files


def _broken(source: BaseDatabaseWrapper) -> str:
    """A relation that leads nowhere: SQLite's own program lets one delete rows that others name."""
    if source.vendor == "sqlite":
        try:
            source.check_constraints()
        except IntegrityError as error:
            return str(error)
    return ""


def uploads(path: str = "") -> Iterator[str]:
    """The names of all files in the storage, but for folders and files at its top whose name begins with a dot."""
    try:
        folders, files = default_storage.listdir(path)
    except FileNotFoundError:
        return
    for name in sorted(files):
        if path or not name.startswith("."):
            yield f"{path}{name}"
    for name in sorted(folders):
        if path or not name.startswith("."):
            yield from uploads(f"{path}{name}/")


def _replace(path: Path, words: bytes) -> None:
    new = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(words)
    new.replace(path)


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def _alone() -> Iterator[None]:
    """Two at once would remove each other's beginnings. Raises BackupError."""
    try:
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (folder() / "lock").open("w")
    except OSError as error:
        raise BackupError(f"Backups can't be written: {error}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError("Another backup is being made at this moment.") from error
        yield
