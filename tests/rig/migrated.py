"""A migrated SQLite database, kept from one run to the next: migrating from nothing takes as long as a hundred tests.

The file's name holds the migrations and packages that made it. `migrate` runs on the copy all the same, so that
nothing newer is left out.
"""

import contextlib
import fcntl
import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"
"""What Django calls its test database (django/db/backends/sqlite3/creation.py)."""

MADE_BY = ("*/migrations/*.py", "requirements/*.txt")


@contextlib.contextmanager
def opened(database: str | Path) -> Iterator[sqlite3.Connection]:
    """A connection to a file or an address, of its own; a database in memory lives while somebody has one."""
    connection = sqlite3.connect(database, timeout=20, uri=True)
    try:
        yield connection
    finally:
        connection.close()


def copy(source: str | Path, target: str | Path) -> None:
    """Copies a database into another one that may be in use."""
    with opened(source) as old, opened(target) as new:
        new.execute("PRAGMA synchronous = OFF")  # what a power cut takes can be made again
        old.backup(new)


def kept(root: Path, folder: Path, *patterns: str) -> Path:
    """Where in `folder` the database is, or should be, that the files of the project in `root` make."""
    made_by = hashlib.sha256()
    for path in sorted({path for pattern in patterns or MADE_BY for path in root.glob(pattern) if path.is_file()}):
        made_by.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return folder / f"{made_by.hexdigest()[:16]}.sqlite3"


def keep(database: str | Path, file: Path) -> None:
    """Puts a copy into place as a whole, because other processes may be at it too, and removes older ones."""
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        made = Path(folder) / "made"
        copy(database, made)
        for old in file.parent.glob("*.sqlite3"):
            old.unlink(missing_ok=True)
        made.replace(file)


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One process at a time makes what is kept in `folder`; the others wait for it, and find it."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
