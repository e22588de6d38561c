"""Titles that lead to something become headings of the level that fits where they stand.

Also what a book's makers refuse, found before they are asked: a text that jumps from its title to a heading of the
third level, a picture without words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .rich_text import Node, plain_of

DEEPEST = 4


def in_levels(nodes: Iterable[Node]) -> list[Node]:
    """Questions and titles of entries one level below the last heading of the text."""
    found, level = [], 1
    for node in nodes:
        if node["kind"] == "h":
            level = node["level"]
        elif node["kind"] == "entries":
            node = {**node, "level": min(level + 1, DEEPEST)}
        found.append(node)
    return found


@dataclass(frozen=True)
class Fault:
    """`block`: its number in the body, from 1."""

    block: int
    words: str


def faults(nodes: Iterable[Node]) -> Iterator[Fault]:
    """What keeps these nodes from becoming a document that everybody can read."""
    level = 1
    for node in nodes:
        if node["kind"] == "h":
            if node["level"] > level + 1:
                words = _("“%(heading)s” is a heading of a lower level, and there is none above it. Make it a heading.")
                yield Fault(node["block"], words % {"heading": plain_of(node["runs"])})
            level = node["level"]
        elif node["kind"] == "picture" and not node["is_decorative"] and not node["alt"].strip():
            yield Fault(node["block"], _("The picture has no description: say what is to be seen, or that it adorns."))
