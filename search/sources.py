"""Where the pages of the index come from: an upper layer registers a source, as the search knows no kind of page."""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from search.documents import Document


class Source(Protocol):
    """The pages that are public, and what each of them says."""

    def keys(self, after: int, limit: int) -> Sequence[int]:
        """Of the first `limit` public pages whose keys are greater than `after`, in their order."""

    def count(self) -> int:
        """Of all public pages."""

    def public(self, keys: Collection[int]) -> set[int]:
        """Those of these pages that are public now."""

    def documents(self, keys: Collection[int]) -> Iterable[Document]:
        """What those of these pages say that are public now."""

    def lock(self, keys: Collection[int], waits: bool = True) -> set[int]:
        """Nobody else changes these pages until the transaction ends; returns those that are there.

        Without `waits`, what somebody else is changing now is left out.
        """

    def tidy(self) -> None:
        """Called after a re-index and at night: what is kept beside the pages, and no public page needs, goes.

        What is missing is asked for again.
        """

    def start_anew(self) -> None:
        """Called before all of the index is written anew: what is kept beside the pages, and may be wrong, goes."""


_registered: list[Source] = []


def register(source: Source) -> None:
    """Called once, when the apps are ready."""
    _registered[:] = [source]


def registered() -> Source:
    """The one that the site has. Raises LookupError where there is none."""
    if not _registered:
        raise LookupError("No app has registered a source of pages for the search (search.sources.register).")
    return _registered[0]
