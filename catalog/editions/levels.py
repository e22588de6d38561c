"""Titles that lead to something become headings of the level that fits where they stand."""

from collections.abc import Iterable

from .rich_text import Node

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
