"""One chapter, or one block, out of a book: to find where a refusal comes from."""

from collections.abc import Callable
from typing import Any

Book = dict[str, Any]


def chapters_in(book: Book) -> list[dict[str, Any]]:
    return [chapter for part in book["parts"] for chapter in part["chapters"]]


def only(book: Book, chapter: dict[str, Any]) -> Book:
    """A book of this chapter alone. Links to other chapters become words: there they have nothing to lead to."""
    kept = set(_labels(chapter))
    part = {"title": book["title"], "chapters": [_without_links(chapter, kept)]}
    return {**book, "parts": [part], "annexes": [], "missing": []}


def find_block(book: Book, chapter: dict[str, Any], is_refused: Callable[[Book], bool]) -> int | None:
    """The number of the block without which the beginning of the chapter is no more refused; None where no one is."""
    for node in chapter["nodes"]:
        number = node.get("block")
        if number is None:
            continue
        until = [one for one in chapter["nodes"] if (one.get("block") or 0) <= number]
        if is_refused(only(book, {**chapter, "nodes": until})):
            return int(number)
    return None


def _labels(found: Any) -> Any:
    if isinstance(found, dict):
        yield from (found[name] for name in ("id", "label") if isinstance(found.get(name), str))
        found = list(found.values())
    if isinstance(found, list):
        for one in found:
            yield from _labels(one)


def _without_links(found: Any, kept: set[str]) -> Any:
    if isinstance(found, list):
        return [_without_links(one, kept) for one in found]
    if isinstance(found, dict):
        return {name: _without_links(value, kept) for name, value in found.items() if name != "to" or value in kept}
    return found
