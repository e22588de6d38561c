"""The words of a text, segment by segment: a heading, a paragraph, a caption, a cell, the words for a picture.

One walk both reads and writes, so that what is read out and put back is the same text to the byte. It goes over the
content of a revision (plain values as in `Revision.content`), not over blocks: a picture that is gone, or a block
whose shape changed, is no obstacle.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from approval import visitor
from approval.diff import content_lines
from approval.digest import BOOKKEEPING
from approval.visitor import Leaf
from translation import markup

SegmentKind = Literal["text", "markup", "address", "slug"]
Content = dict[str, Any]

NOT_WORDS = (models.EmailField, models.GenericIPAddressField, models.UUIDField)


@dataclass(frozen=True)
class Segment:
    """One segment of words.

    `path`: the same in every language, as blocks keep their ids when a page is translated. `place`: the path of the
    field or block that holds it. `kind`: "markup" is HTML with inline tags alone, whose links are <a id="a1">;
    "address" is a URL; "slug" is the page's own. `links`: where those of a paragraph lead.
    `limit`: the most characters that fit.
    """

    path: str
    place: str
    kind: SegmentKind
    label: str
    text: str
    links: markup.Links = ()
    limit: int | None = None

    @property
    def is_words(self) -> bool:
        """Whether it is for a translator: an hour, a price or a number alone is a fact, the same in each language."""
        is_number = self.kind == "text" and self.path == self.place and not any(sign.isalpha() for sign in self.text)
        return self.kind != "slug" and not is_number


Visit = Callable[[Segment], str]
Follow = Callable[[int], int]
"""The id of a page that a link leads to → the id of the one to which it should lead."""


@dataclass(frozen=True)
class Walk:
    """What becomes of words, and of links to pages of this site."""

    visit: Visit
    follow: Follow = int


def content_of(instance: Any) -> Content:
    """The content of `instance` as a revision keeps it."""
    return json.loads(json.dumps(instance.serializable_data(), cls=DjangoJSONEncoder))


def segments_of(instance: Any) -> list[Segment]:
    """Every segment of words of `instance` that isn't empty, in reading order."""
    return segments_in(instance, content_of(instance))


def segments_in(instance: Any, content: Content) -> list[Segment]:
    """The same for the `content` of some version of a text like `instance`."""
    found: list[Segment] = []

    def note(segment: Segment) -> str:
        found.append(segment)
        return segment.text

    rewritten(instance, content, note)
    return found


def by_place(units: Iterable[Segment]) -> dict[str, list[Segment]]:
    """The segments of each field or block, in their order."""
    places: dict[str, list[Segment]] = {}
    for unit in units:
        places.setdefault(unit.place, []).append(unit)
    return places


def rewritten(instance: Any, content: Content, visit: Visit, follow: Follow = int) -> Content:
    """`content` of a text like `instance` with each segment of words as `visit` returns it, and links as `follow`.

    A model may name fields `about_version`: what changed in this version. Each language says its own, or nothing.
    """
    walk = Walk(visit, follow)
    result = dict(content)
    for name in content_lines.fields_of(instance):
        if name in BOOKKEEPING or name in getattr(instance, "about_version", ()) or not result.get(name):
            continue
        field = instance._meta.get_field(name)
        label = content_lines.label_of(instance, name)
        if isinstance(field, StreamField):
            raw = json.loads(result[name]) if isinstance(result[name], str) else result[name]
            raw = visitor.visited(field.stream_block, raw, name, partial(_value, field_label=label, walk=walk))
            result[name] = json.dumps(raw, cls=DjangoJSONEncoder) if isinstance(result[name], str) else raw
        elif isinstance(field, RichTextField):
            result[name] = _markup(result[name], name, label, walk)
        elif isinstance(field, models.ForeignKey) and issubclass(field.related_model, Page):
            result[name] = walk.follow(result[name])
        elif _holds_words(field):
            result[name] = walk.visit(Segment(name, name, _kind_of(field), label, result[name], limit=field.max_length))
    return result


def _holds_words(field: Any) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField)
    return is_text and not isinstance(field, NOT_WORDS) and not getattr(field, "choices", None)


def _kind_of(field: Any) -> SegmentKind:
    if isinstance(field, models.SlugField):
        return "slug"
    return "address" if isinstance(field, models.URLField) else "text"


# --- Blocks


def _value(leaf: Leaf, field_label: str, walk: Walk) -> Any:
    """What stands in a block from now on."""
    block, raw, path = leaf.block, leaf.value, leaf.path
    label = " › ".join((field_label, *(str(capfirst(name)) for name in leaf.labels)))
    if raw is None or raw == "":
        return raw
    if isinstance(block, ImageBlock):
        alt = block.child_blocks["alt_text"]
        words = raw.get("alt_text") if isinstance(raw, dict) else ""  # an int was saved before it was an ImageBlock
        inner = Leaf(alt, words, f"{path}.alt_text", (*leaf.labels, alt.label))
        return {**raw, "alt_text": _value(inner, field_label, walk)} if words else raw
    if isinstance(block, TableBlock):
        return _table(raw, path, label, walk)
    if isinstance(block, blocks.RichTextBlock):
        return _markup(raw, path, label, walk)
    if isinstance(block, blocks.PageChooserBlock):
        return walk.follow(raw)
    if isinstance(block, blocks.URLBlock):
        return walk.visit(Segment(path, path, "address", label, raw, limit=_limit(block)))
    if isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.BlockQuoteBlock):
        return walk.visit(Segment(path, path, "text", label, raw, limit=_limit(block)))
    return raw


def _limit(block: Any) -> int | None:
    return getattr(block.field, "max_length", None)


def _table(raw: dict[str, Any], path: str, label: str, walk: Walk) -> dict[str, Any]:
    """Cells by their place; a table has no ids."""

    def cell(text: Any, row: int, column: int) -> Any:
        if not isinstance(text, str) or not text.strip():
            return text
        where = _("row %(row)d, column %(column)d") % {"row": row + 1, "column": column + 1}
        return walk.visit(Segment(f"{path}.{row}.{column}", path, "text", f"{label} › {where}", text))

    result = {
        **raw,
        "data": [
            [cell(text, row, column) for column, text in enumerate(cells)]
            for row, cells in enumerate(raw.get("data") or [])
        ],
    }
    if raw.get("table_caption"):
        caption = Segment(f"{path}.caption", path, "text", f"{label} › {_('Caption')}", raw["table_caption"])
        result["table_caption"] = walk.visit(caption)
    return result


def _markup(source: str, path: str, label: str, walk: Walk) -> str:
    def say(index: int, words: str, links: markup.Links) -> str:
        return walk.visit(Segment(f"{path}#{index}", path, "markup", label, words, links))

    return markup.rewritten(source, say, walk.follow)
