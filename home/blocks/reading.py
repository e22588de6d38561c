"""What a body says to whoever reads it, as plain text: for the search. Asks the database for nothing.

Each kind of block says how its stored value is read; a block of another app registers its own function. What no reader
sees (the tone of a call-out, addresses of links) is left out.
"""

import re
from collections.abc import Iterator
from functools import singledispatch
from html import unescape
from typing import Any

from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageBlock

from home import facts
from home.blocks.facts import FactChooserBlock
from home.blocks.links import CardBlock
from home.blocks.media import VideoBlock
from home.fact_markup import with_words

END_OF_LINE = re.compile(r"</(?:p|li|h[1-6]|blockquote|td|th|tr)>|<br\s*/?>|<hr\s*/?>")
TAG = re.compile(r"<[^>]*>")
IS_HEADING = re.compile(r"<h[1-6]\b").search
HEADING_FIELDS = ("heading", "title")
BETWEEN_CELLS = " · "


class Heading(str):
    """A line that says what the next ones are about."""

    __slots__ = ()


def texts_of(stream: StreamValue) -> Iterator[str]:
    """One text for each block, its paragraphs, items and rows in lines of their own."""
    children = stream.stream_block.child_blocks
    for child in stream.raw_data:
        if child["type"] in children and (text := "\n".join(lines_of(children[child["type"]], child["value"]))):
            yield text


def headings_of(stream: StreamValue) -> Iterator[str]:
    """What its sections, questions, steps and call-outs are called."""
    return _headings(lines_of(stream.stream_block, stream.raw_data))


def lines_in_rich_text(html: str) -> Iterator[str]:
    """Each paragraph, heading and item of a list; facts in their own words."""
    for part in END_OF_LINE.split(with_words(html)):
        if line := " ".join(unescape(TAG.sub("", part)).split()):
            yield Heading(line) if IS_HEADING(part) else line


def headings_in_rich_text(html: str) -> Iterator[str]:
    return _headings(lines_in_rich_text(html))


def _headings(lines: Iterator[str]) -> Iterator[str]:
    return (line for line in lines if isinstance(line, Heading))


@singledispatch
def lines_of(block: blocks.Block, raw: Any) -> Iterator[str]:
    """Nothing, for a kind of block that isn't named below: a choice, a number, an address, something chosen."""
    return iter(())


@lines_of.register(blocks.CharBlock)
@lines_of.register(blocks.TextBlock)
def _words(block: blocks.Block, raw: Any) -> Iterator[str]:
    for line in str(raw or "").splitlines():
        if words := " ".join(line.split()):
            yield words


@lines_of.register(blocks.RichTextBlock)
def _rich_text(block: blocks.Block, raw: Any) -> Iterator[str]:
    return lines_in_rich_text(str(raw or ""))


@lines_of.register(FactChooserBlock)
def _fact(block: blocks.Block, raw: Any) -> Iterator[str]:
    """Of the approved fact, whatever else is known of it."""
    fact = facts.shown(raw)
    yield from (line for line in (fact.line, fact.note) if line)


@lines_of.register(TableBlock)
def _table(block: blocks.Block, raw: Any) -> Iterator[str]:
    yield from _words(block, (raw or {}).get("table_caption"))
    for row in (raw or {}).get("data") or ():
        if cells := [" ".join(str(cell).split()) for cell in row if cell]:
            yield BETWEEN_CELLS.join(cells)


@lines_of.register(ImageBlock)
def _picture(block: blocks.Block, raw: Any) -> Iterator[str]:
    """Its description. An int was saved before the field was an ImageBlock."""
    if isinstance(raw, dict) and not raw.get("decorative"):
        yield from _words(block, raw.get("alt_text"))


@lines_of.register(blocks.StreamBlock)
def _stream(block: blocks.StreamBlock, raw: Any) -> Iterator[str]:
    for child in raw or ():
        if child["type"] in block.child_blocks:
            yield from lines_of(block.child_blocks[child["type"]], child["value"])


@lines_of.register(blocks.ListBlock)
def _list(block: blocks.ListBlock, raw: Any) -> Iterator[str]:
    for item in raw or ():
        yield from lines_of(block.child_block, _of_item(block, item))


@lines_of.register(blocks.StructBlock)
def _struct(block: blocks.StructBlock, raw: Any) -> Iterator[str]:
    for name, child in block.child_blocks.items():
        lines = lines_of(child, (raw or {}).get(name))
        yield from map(Heading, lines) if name in HEADING_FIELDS else lines


@lines_of.register(CardBlock)
@lines_of.register(VideoBlock)
def _of_something_else(block: blocks.StructBlock, raw: Any) -> Iterator[str]:
    """A card is about the page that it leads to, a film stands elsewhere: neither has a heading of this page."""
    return map(str, _struct(block, raw))


def _of_item(block: blocks.ListBlock, item: Any) -> Any:
    return item["value"] if block._item_is_in_block_format(item) else item
