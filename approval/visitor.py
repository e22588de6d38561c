"""The one walk over the blocks of a StreamField: reads what stands in them, and puts other values in their place.

It goes over plain values as a version keeps them, not over blocks with their values: a picture that is gone, or a
block whose shape changed, is no obstacle; and what nobody changes stays as it was, to the byte.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageBlock


@dataclass(frozen=True)
class Leaf:
    """A value without blocks inside it: words, a date, a table, a picture with its words.

    `value`: plain, as a version keeps it. `path`: the same in every version, as blocks keep their ids. `labels`: the
    names of the blocks around it, outermost first, and its own.
    """

    block: Any
    value: Any
    path: str
    labels: tuple[str, ...]


def visited(block: Any, value: Any, path: str, visit: Callable[[Leaf], Any], labels: tuple[str, ...] = ()) -> Any:
    """`value` of `block`, with each leaf as `visit` returns it, in reading order."""
    if isinstance(block, blocks.StructBlock) and not isinstance(block, ImageBlock):
        children = block.child_blocks
        return value and {
            name: visited(children[name], inner, f"{path}.{name}", visit, (*labels, children[name].label))
            if name in children
            else inner
            for name, inner in value.items()
        }
    if not isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        return visit(Leaf(block, value, path, labels))
    found = []
    for index, item in enumerate(value or []):
        where = f"{path}.{(item.get('id') if isinstance(item, dict) else None) or index}"
        if isinstance(block, blocks.StreamBlock):
            child = block.child_blocks.get(item["type"])
            inside = child and visited(child, item["value"], where, visit, (*labels, child.label))
            found.append({**item, "value": inside} if child else item)
        elif is_item(item):
            found.append({**item, "value": visited(block.child_block, item["value"], where, visit, labels)})
        else:
            found.append(visited(block.child_block, item, where, visit, labels))
    return value and found


def is_item(item: Any) -> bool:
    """Whether `item` of a list is one of today, with its number; once, lists kept bare values."""
    return isinstance(item, dict) and set(item) >= {"type", "value"}
