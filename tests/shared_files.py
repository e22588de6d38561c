"""A storage that is no folder of this machine, in place of a bucket."""

import posixpath
from typing import Any

from django.core.files.base import ContentFile

from home.shared_files import SharedFiles, StorageAwayError


class Bucket(SharedFiles):
    """Reads a name as servers do that speak S3 through django-storages: put in order first."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def _open(self, name: str, mode: str = "rb") -> Any:
        try:
            return ContentFile(self.files[posixpath.normpath(name)], name)
        except KeyError as error:
            raise FileNotFoundError(name) from error

    def _save(self, name: str, content: Any) -> str:
        content.seek(0)
        self.files[name] = content.read()
        return name

    def exists(self, name: str) -> bool:
        return name in self.files

    def delete(self, name: str) -> None:
        self.files.pop(name, None)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        below = [name.removeprefix(path) for name in self.files if name.startswith(path)]
        return sorted({name.split("/")[0] for name in below if "/" in name}), [
            name for name in below if "/" not in name
        ]

    def size(self, name: str) -> int:
        return len(self.files[name])


class AwayBucket(Bucket):
    """One whose server doesn't answer."""

    def _open(self, name: str, mode: str = "rb") -> Any:
        raise StorageAwayError(name)

    def _save(self, name: str, content: Any) -> str:
        raise StorageAwayError(name)
