"""Where in a text a comment stands: the field or block, and the words that it is about."""

import json
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.core.exceptions import FieldDoesNotExist
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

from approval import visitor
from approval.diff import comparison, content_lines

LONGEST = 90
"""Signs of the words that are quoted."""


@dataclass(frozen=True)
class Place:
    """`path`: of the field or block; `label`: its names, “Body › Text”; `words`: what is commented on, if known."""

    path: str = ""
    label: str = ""
    words: str = ""


def add_places(comments: list[Any], text: Any, sections: list[comparison.DifferenceSection]) -> None:
    """Give each comment its `place` in `text`, and `shown_at`, where `sections` show it; no query."""
    for comment in comments:
        comment.place = place_of(comment, text)
        comment.shown_at = comparison.shown_at(comment.place.path, sections)


def place_of(comment: Any, text: Any) -> Place:
    """Where `comment` stands by now. What has left the text has no words, but still its field."""
    name, _dot, inside = comment.contentpath.partition(".")
    try:
        field = text._meta.get_field(name)
    except FieldDoesNotExist:
        return Place()
    label = content_lines.label_of(text, name)
    if isinstance(field, StreamField):
        leaf = _leaf(getattr(text, name), comment.contentpath, name) if inside else None
        if leaf is None:
            return Place(name, label)
        is_rich = isinstance(leaf.block, blocks.RichTextBlock)
        label = " › ".join([label, *(str(each) for each in leaf.labels[-2:])])
        return Place(leaf.path, label, _quoted(comment, leaf.value, is_rich))
    if field.one_to_many:
        return Place(name, label)
    return Place(name, label, _quoted(comment, getattr(text, name), isinstance(field, RichTextField)))


def _leaf(stream: Any, path: str, name: str) -> visitor.Leaf | None:
    """What stands at `path`, or else the first thing inside it; a picture is one thing with its words."""
    found: list[visitor.Leaf] = []
    visitor.visited(stream.stream_block, stream.get_prep_value(), name, found.append)
    inside = (leaf for leaf in found if f"{leaf.path}.".startswith(f"{path}.") or path.startswith(f"{leaf.path}."))
    return next(inside, None)


def _quoted(comment: Any, value: Any, is_rich: bool) -> str:
    plain = value if isinstance(value, str) else ""
    words = " ".join((_marked(comment.position, plain) if is_rich else plain).split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()}…"


def _marked(position: str, source: str) -> str:
    """The words under the mark of a comment: it names paragraphs by their key, and counts as JavaScript does."""
    soup = BeautifulSoup(source, "html.parser")
    try:
        ranges = [(each["key"], 2 * each["start"], 2 * each["end"]) for each in json.loads(position or "[]")]
    except (ValueError, TypeError, KeyError):
        ranges = []
    parts = []
    for key, start, end in ranges:
        paragraph = next((tag for tag in soup.find_all(True) if tag.get("data-block-key") == key), None)
        if paragraph is not None:
            units = paragraph.get_text().encode("utf-16-le")[start:end]
            parts.append(units.decode("utf-16-le", errors="ignore"))
    return " ".join(parts) or soup.get_text(" ")
