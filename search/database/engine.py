"""What each database says in its own way: the full-text index, and how long a search may take."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


class TooSlow(Exception):
    """A search took longer than it may."""


@dataclass(frozen=True)
class Row:
    """What is written of a page into the full-text index, in terms (`search.database.terms`)."""

    page_id: int
    terms: str
    beginnings: str


class Engine(Protocol):
    """Makes expressions of terms, and finds pages by them."""

    key: str
    """The column of `pages` that is the page's key."""
    pages: str
    """What follows FROM for all pages of an expression, which is its one parameter."""
    entries: str
    """As `pages`, with the entry of each as `e`."""
    title_entries: str
    """The same, for words that titles begin with."""

    def term(self, term: str) -> str:
        """An expression for a term that stands in a page."""

    def beginning(self, term: str) -> str:
        """An expression for terms that begin so."""

    def every(self, parts: Iterable[str]) -> str:
        """An expression for all of these expressions; there has to be one."""

    def either(self, parts: Iterable[str]) -> str:
        """An expression for one of these expressions; there has to be one."""

    def write(self, rows: Sequence[Row]) -> None:
        """Keep these, whose entries are there, in place of what was kept of the same pages."""

    def remove(self, keys: Collection[int]) -> None:
        """Forget these pages, whose entries are gone."""

    def add_words(self, lines: Sequence[tuple[str, str, int]]) -> None:
        """Language, word, and in how many documents more it stands."""

    def sum_up_words(self, words: Sequence[tuple[str, str]] | None = None) -> None:
        """One line for each word, none for what stands nowhere any more; in the caller's transaction.

        `words`: language and word; all by default.
        """

    def tidy(self) -> None:
        """Nothing is left of what was removed."""

    def bounded(self, seconds: float) -> AbstractContextManager[None]:
        """A statement in the body that takes longer is broken off: `TooSlow`."""
