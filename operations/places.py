"""Where restored uploads wait until everything is there, and how they get into their place together."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils._os import safe_join

from operations.backups import uploads
from operations.sealing import BackupError

storage: Any = default_storage
"""With what only some storages have."""


class Folder:
    """Files wait beside the folder of uploads, or in it where it is a disk of its own, and are renamed into it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        room = root if root.is_mount() or not os.access(root.parent, os.W_OK) else root.parent
        waiting, before = f".{root.name}.restored-", f".{root.name}.before-"
        for old in room.glob(f"{waiting}*"):  # of a process that was killed
            shutil.rmtree(old)
        name = uuid.uuid4().hex
        self.waiting, self.before = room / f"{waiting}{name}", room / f"{before}{name}"
        self.moved: list[tuple[Path, Path]] = []
        self.waiting.mkdir(mode=0o700)

    def add(self, name: str, file: Any) -> None:
        path = Path(safe_join(self.waiting, name))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as new:
            shutil.copyfileobj(file, new, 2**20)
        path.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o644)

    def move_into_place(self) -> None:
        """What stood there is kept in a folder of its own."""
        for there in list(self.root.iterdir()):
            if not there.name.startswith("."):
                self.before.mkdir(mode=0o700, exist_ok=True)
                self._move(there, self.before / there.name)
        for new in list(self.waiting.iterdir()):
            self._move(new, self.root / new.name)

    def _move(self, source: Path, target: Path) -> None:
        source.rename(target)
        self.moved.append((source, target))

    def undo(self) -> None:
        for source, target in reversed(self.moved):
            target.rename(source)

    def tidy(self) -> None:
        shutil.rmtree(self.waiting)
        if self.before.exists() and not any(path.is_file() for path in self.before.rglob("*")):
            shutil.rmtree(self.before)


class Bucket:
    """A storage that can't rename: files are written where they belong, and removed again if anything fails."""

    def __init__(self) -> None:
        self.added: list[str] = []
        if next(uploads(), ""):
            raise BackupError("The storage of uploads is not empty, and can't be replaced as a whole: empty it first.")

    def add(self, name: str, file: Any) -> None:
        self.added.append(name)
        with tempfile.TemporaryFile() as whole:
            shutil.copyfileobj(file, whole, 2**20)
            whole.seek(0)
            storage._save(name, File(whole, name))  # save() would find another name, and rows know this one

    def move_into_place(self) -> None:
        """They are there."""

    def undo(self) -> None:
        for name in self.added:
            storage.delete(name)

    def tidy(self) -> None:
        """Nothing was left behind."""


@contextmanager
def place_for_files() -> Iterator[Folder | Bucket]:
    """If what is done inside fails, all files are as they were."""
    on_disk = isinstance(storage, FileSystemStorage)
    place = Folder(Path(storage.location)) if on_disk else Bucket()
    try:
        yield place
    except BaseException:
        place.undo()
        raise
    finally:
        place.tidy()
