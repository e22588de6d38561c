"""Whether two values mean the same as a version keeps them, where only their writing differs.

The form of the editor writes what was left out: an optional field of a block as "", the settings of a table. Nobody
touched it, and a comparison that calls it a change makes people look for what isn't there.
"""

from typing import Any

from bs4 import BeautifulSoup
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock

from approval.visitor import is_item

EMPTY: tuple[Any, ...] = (None, "", [], {})
KEY = "data-block-key"
"""By which the editor finds a paragraph again."""


def mean_the_same(instance: Any, name: str, old: Any, new: Any) -> bool:
    """Whether two plain values (`digest.content_of`) of the field `name` differ in nothing that anybody can meet."""
    field = next((field for field in instance._meta.fields if field.name == name), None)
    if isinstance(field, StreamField):
        block = field.stream_block
        return bool(_meaning(block, completed(block, old)) == _meaning(block, completed(block, new)))
    if isinstance(field, RichTextField):
        return _rich_text(old) == _rich_text(new)
    return bool(old == new)


def completed(block: Any, value: Any) -> Any:
    """`value` with the optional fields that a version of before didn't have, as the form fills them in."""
    if isinstance(block, blocks.StructBlock) and isinstance(value, dict):
        missing = {name: child.get_prep_value(child.get_default()) for name, child in block.child_blocks.items()}
        found = {**missing, **value}
        return {name: completed(block.child_blocks.get(name), inner) for name, inner in found.items()}
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock) and isinstance(value, list):
        return [
            {**item, "value": completed(_child_of(block, item), item["value"])}
            if is_item(item)
            else completed(_child_of(block, item), item)
            for item in value
        ]
    return value


def _child_of(block: Any, item: Any) -> Any:
    return block.child_block if isinstance(block, blocks.ListBlock) else block.child_blocks.get(item["type"])


def _meaning(block: Any, value: Any) -> Any:
    """What is read in `value`, which is complete: no numbers of blocks."""
    if isinstance(block, blocks.StructBlock) and not isinstance(block, ImageBlock):
        given = value or {}
        return {name: _meaning(child, given.get(name)) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.StreamBlock):
        children = block.child_blocks
        return [(item["type"], _meaning(children.get(item["type"]), item["value"])) for item in value or []]
    if isinstance(block, blocks.ListBlock):
        return [_meaning(block.child_block, item["value"] if is_item(item) else item) for item in value or []]
    return _rich_text(value) if isinstance(block, blocks.RichTextBlock) else _without_empty(value)


def _without_empty(value: Any) -> Any:
    """Of a picture with its words or a table: what is empty or off isn't named. Cells keep their places."""
    if isinstance(value, dict):
        found = {name: _without_empty(inner) for name, inner in value.items()}
        return {name: inner for name, inner in found.items() if inner not in EMPTY and inner is not False}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return "" if value in EMPTY else value


def _rich_text(source: Any) -> str:
    soup = BeautifulSoup(source or "", "html.parser")
    for tag in soup.find_all(True):
        tag.attrs.pop(KEY, None)
    return str(soup)
