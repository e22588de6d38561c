"""Where an upload goes: a folder of its own, whose name nobody guesses.

Pictures are handed out as files to whoever knows their address, also those that a private page shows; a name as
mural.jpg is soon guessed. What was added before stays where it is.
"""

import contextlib
import posixpath
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage, Storage
from django.utils.crypto import get_random_string

SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789"  # addresses are read out, and some disks know no capital letters
LENGTH = 12
"""More than 60 bits: nobody gets through that by asking a server."""


class StorageAwayError(OSError):
    """Uploads can't be had or taken just now: people are told to come back (`home.views.server_error`)."""


class OwnFoldersMixin(Storage):
    """What all our storages have in common; stands before one of Django's or of another maker."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """In a folder of its own: two machines that save the same name at once would else share one file.

        Asking whether the name is free is no answer, because a shared storage can't take it in the same breath.
        """
        folder, file = posixpath.split(str(name).replace("\\", "/"))
        own = posixpath.join(folder, get_random_string(LENGTH, SIGNS))
        if max_length is not None:
            stem, ending = posixpath.splitext(file)
            file = f"{stem[: max_length - len(own) - 1 - len(ending)]}{ending}"
        return posixpath.join(own, file)


class LocalFiles(OwnFoldersMixin, FileSystemStorage):
    """Uploads on the disk of this machine (MEDIA_ROOT)."""

    def _save(self, name: str, content: Any) -> str:
        """Raises StorageAwayError where the folder is gone: a network disk that isn't mounted, a lost link."""
        try:
            return super()._save(name, content)  # type: ignore[misc]  # Django's own, which its stubs leave out
        except OSError as error:
            raise StorageAwayError(error.errno, str(error)) from error

    def delete(self, name: str) -> None:
        """With the folder that was its own. Those at the top stay: others are about to make theirs in them."""
        super().delete(name)
        folder = posixpath.dirname(name)
        if posixpath.dirname(folder):
            with contextlib.suppress(OSError):  # something else is in it
                Path(self.path(folder)).rmdir()
