"""What stands after the chapters of an edition: a register, so that each annex is declared beside what it lists."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .block_nodes import Book
from .rich_text import Node


@dataclass(frozen=True)
class Annex:
    """`nodes`: what it says in the language of the book; an annex without any is left out. Called in that language."""

    key: str
    title: Callable[[], str]
    nodes: Callable[[str, Book], Iterator[Node]]
    path: Callable[[str], str] = lambda _language: ""
    """Of the page that lists the same: links to it, and into it, lead to the annex."""


registry: dict[str, Annex] = {}
"""Key → annex, in their order."""


def register(annex: Annex) -> None:
    registry[annex.key] = annex
