"""Uploads that several machines share are handed out by the site, at the addresses that they had on its own disk."""

from urllib.parse import urljoin

from django.conf import settings
from django.utils.encoding import filepath_to_uri

from home.own_folders import OwnFoldersMixin, StorageAwayError

__all__ = ["SharedFiles", "StorageAwayError"]


class SharedFiles(OwnFoldersMixin):
    """What the storages of all makers have in common; stands before one of them."""

    def url(self, name: str | None) -> str:
        """No address of the storage's own: pages stay the same wherever files are, and what is private stays so."""
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name or ""))
