"""Uploads that several machines share are handed out by the site, at the addresses that they had on its own disk."""

import posixpath
from urllib.parse import urljoin

from django.conf import settings
from django.core.files.storage import Storage
from django.utils.crypto import get_random_string
from django.utils.encoding import filepath_to_uri


class SharedFiles(Storage):
    """What the storages of all makers have in common; stands before one of them."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """In a folder of its own: two machines that save the same name at once would else share one file.

        Asking whether the name is free is no answer, because such storages can't take it in the same breath.
        """
        folder, file = posixpath.split(name)
        own = posixpath.join(folder, get_random_string(10).lower())
        if max_length is not None:
            stem, ending = posixpath.splitext(file)
            file = f"{stem[: max_length - len(own) - 1 - len(ending)]}{ending}"
        return posixpath.join(own, file)

    def url(self, name: str | None) -> str:
        """No address of the storage's own: pages stay the same wherever files are, and what is private stays so."""
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name or ""))
