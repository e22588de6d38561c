"""The contract between the site and whatever keeps its index.

`settings.SEARCH_INDEX` names the class; `search.database.DatabaseIndex` keeps it in the site's own database, in the
transaction that publishes. Another one gets the same terms, and has to pass tests/search/test_index_contract.py.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from search.documents import AnalysedDocument, Document

RELEVANCE, DATE = "relevance", "date"


@dataclass(frozen=True)
class Alternative:
    """Words that have to stand in a document together: of each, one of its terms. `weight`: less for a synonym."""

    words: tuple[frozenset[str], ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Group:
    """One thing that is asked for: any of its alternatives will do."""

    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True)
class Query:
    """All groups have to be there, or `least` of them."""

    groups: tuple[Group, ...]
    language: str
    labels: frozenset[str] = frozenset()
    """All of them."""
    order: str = RELEVANCE
    least: int | None = None


@dataclass(frozen=True)
class Found:
    keys: Sequence[int]
    """From `start` to `stop`, in their order."""
    count: int
    """Of all that matches."""
    labels: Mapping[str, int] = field(default_factory=dict)
    """How many of all that matches have each label."""
    is_cut: bool = False
    """Whether the search was broken off: there may be more, and better ones."""


class Index(Protocol):
    """Keeps analysed documents, one for each page."""

    def write(self, documents: Iterable[AnalysedDocument]) -> None:
        """Keep these, in place of what was kept of the same pages."""

    def remove(self, keys: Collection[int]) -> None:
        """Forget these pages; those that it doesn't know are no error."""

    def keys(self) -> Iterable[int]:
        """Of all pages that it knows, in their order."""

    def is_empty(self) -> bool:
        """Whether it knows no page at all: it is new, or there is none."""

    def find(self, query: Query, start: int, stop: int, counts: bool = True) -> Found:
        """What matches, best first. Without `counts`, nobody asks how many there are, and by which label."""

    def count(self, query: Query) -> int:
        """How much matches, by no label; 0 as well where it would take too long to say."""

    def stored(self, keys: Collection[int], passages: bool = True) -> Mapping[int, Document]:
        """The documents as they were written, for passages and for whoever asks why something is found.

        Without their passages, which may be long, where these aren't needed.
        """

    def titles_with(self, beginnings: Sequence[str], language: str, limit: int) -> Sequence[int]:
        """Pages whose titles have words that begin so, each of them (folded); the nearest first."""

    def words(self, language: str) -> Mapping[str, int]:
        """Every word that stands somewhere, as it is written there in small letters: in how many documents."""

    def version(self) -> Hashable:
        """Another one after each change of `words`."""

    def tidy(self) -> None:
        """Called at night: nothing is left of what was removed, wherever the index keeps it."""

    def outdated(self) -> int:
        """How many documents another version of the analyser took apart."""

    def current(self, keys: Collection[int]) -> Collection[int]:
        """Those of these pages that this version of the analyser took apart: they need no new analysis."""


@cache
def get_index() -> Index:
    """The one that the site uses."""
    return import_string(settings.SEARCH_INDEX)()
