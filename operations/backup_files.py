"""One file for one backup: a tar (tables/*.jsonl.gz, files/*, manifest.json at the end), sealed.

Without a key `tar` opens it, and what is in it can be read in an editor.
"""

import gzip
import hashlib
import io
import json
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from operations.sealing import BackupError, Opened, Sealed
from operations.tables import Table

FORMAT = 1
TABLES, FILES, MANIFEST = "tables/", "files/", "manifest.json"


@dataclass
class Manifest:
    """What is in a backup. `made_at` in ISO 8601, UTC; `migrations`: "app.0001_name", as they were applied.

    `missing`: files that a row names and the storage hasn't; `broken`: a relation that leads nowhere. `members`: name →
    size and SHA-256 in the tar.
    """

    made_at: str
    vendor: str
    versions: dict[str, str]
    migrations: list[str]
    with_files: bool
    tables: list[Table] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    broken: str = ""
    members: dict[str, tuple[int, str]] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    @property
    def files(self) -> int:
        return sum(name.startswith(FILES) for name in self.members)


class Counting:
    """Reads from a file, and knows what it gave: sizes and checksums without reading twice."""

    def __init__(self, file: Any) -> None:
        self.file, self.size, self.digest = file, 0, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        given = self.file.read(size)
        self.size += len(given)
        self.digest.update(given)
        return bytes(given)

    @property
    def seen(self) -> tuple[int, str]:
        return self.size, self.digest.hexdigest()


class Writer:
    """Puts members into a new backup, and the manifest after them."""

    def __init__(self, file: IO[bytes], key: str, room: Path) -> None:
        """`room`: where a table may wait until its size is known."""
        self.sealed, self.room = Sealed(file, key), room
        self.tar = tarfile.TarFile(fileobj=self.sealed, mode="w", format=tarfile.PAX_FORMAT)  # type: ignore[arg-type]
        self.members: dict[str, tuple[int, str]] = {}

    def add(self, name: str, size: int, file: Any) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        counted = Counting(file)
        self.tar.addfile(member, counted)
        self.members[name] = counted.seen

    def add_table(self, name: str, fill: Callable[[Callable[[bytes], Any]], None]) -> None:
        """`fill` gets what to call with each line."""
        with tempfile.TemporaryFile(dir=self.room) as made:
            with gzip.GzipFile("", "wb", 3, made, mtime=0) as pressed:
                fill(pressed.write)
            size = made.tell()
            made.seek(0)
            self.add(name, size, made)

    def finish(self, manifest: Manifest) -> None:
        manifest.members = dict(self.members)
        words = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
        self.add(MANIFEST, len(words), io.BytesIO(words))
        self.tar.close()
        self.sealed.finish()


def members(path: Path, key: str) -> Iterator[tuple[str, Counting]]:
    """Each member in its order; whoever is given one reads it, or it is skipped. At the end everything was whole."""
    with closing(Opened(path, key)) as opened, tarfile.open(fileobj=opened, mode="r|") as tar:  # type: ignore[call-overload]
        for member in tar:
            yield member.name, Counting(tar.extractfile(member))
        opened.finish()


def verify(path: Path, key: str) -> Manifest:
    """What is in the backup, after every byte of it was read and compared. Raises BackupError."""
    try:
        return _verified(path, key)
    except BackupError:
        raise
    except Exception as error:  # whatever a damaged file makes its readers stumble over
        raise BackupError(f"This is no backup, or it is not whole: {error}") from error


def _verified(path: Path, key: str) -> Manifest:
    seen: dict[str, tuple[int, str]] = {}
    said: dict[str, Any] = {}
    for name, file in members(path, key):
        if said:
            raise BackupError("The backup goes on after its list of contents.")
        if name == MANIFEST:
            said = json.loads(file.read())
        else:
            while file.read(2**20):
                pass
            seen[name] = file.seen
    if not said:
        raise BackupError("The backup has no list of its contents: it is not whole.")
    if said["format"] != FORMAT:
        raise BackupError(f"The backup has the format {said['format']}, and this version of the site reads {FORMAT}.")
    manifest = Manifest(**said)
    manifest.tables = [Table(**table) for table in said["tables"]]
    manifest.members = {name: (size, digest) for name, (size, digest) in said["members"].items()}
    if manifest.members != seen:
        raise BackupError("The backup holds something else than its list of contents says.")
    return manifest


def lines(file: Counting) -> Iterator[bytes]:
    """The rows of a table."""
    with gzip.GzipFile(fileobj=file, mode="rb") as pressed:  # type: ignore[call-overload]
        yield from pressed
