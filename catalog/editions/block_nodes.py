"""Blocks of a body as data for a book. Each kind of block says how; another app registers its own.

Kinds of nodes, all of them made of runs (`rich_text.py`) and nodes: `p`, `h`, `list`, `quote`, `box`, `entries` (steps,
questions with answers), `table`, `picture`, `links`, `ticks`.
"""

from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import Any, Protocol

from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.rich_text import expand_db_html

from home.blocks import links, media, references, text

from .rich_text import Node, Place, Run, nodes_of, plain_of, words


class Book(Protocol):
    """What a block needs of the book it stands in."""

    label: str
    place: Place

    def anchor(self, title: str, is_heading: bool = False) -> str:
        """The name of a place in this chapter that other places lead to."""

    def picture(self, image: Any) -> str:
        """The name of the file that the book shows of `image`."""


def nodes_of_stream(stream: StreamValue, book: Book) -> Iterator[Node]:
    """With `block` in each outer node: the number of its block, from 1, for whoever has to find it again."""
    with references.prefetched(stream):
        for number, child in enumerate(stream, start=1):
            for node in nodes_of_block(child.block, child.value, book):
                yield {**node, "block": number}


@singledispatch
def nodes_of_block(block: blocks.Block, value: Any, book: Book) -> Iterator[Node]:
    """A kind that isn't named below: what its template shows, so that a book lacks nothing that readers meet."""
    yield from nodes_of(block.render(value), book.place)


@nodes_of_block.register(blocks.RichTextBlock)
def _text(block: blocks.Block, value: Any, book: Book) -> Iterator[Node]:
    for node in rich(value, book):
        yield {**node, "id": book.anchor(plain_of(node["runs"]), True)} if node["kind"] == "h" else node


@nodes_of_block.register(text.QuoteBlock)
def _quote(block: blocks.Block, value: Any, book: Book) -> Iterator[Node]:
    by = ", ".join(part for part in (value.get("author"), value.get("role")) if part)
    yield {"kind": "quote", "runs": words(value["text"]), "by": words(by)}


@nodes_of_block.register(text.CallOutBlock)
def _callout(block: blocks.Block, value: Any, book: Book) -> Iterator[Node]:
    tones = dict(block.child_blocks["tone"].field.choices)
    yield {
        "kind": "box",
        "tone": value["tone"],
        "label": words(tones.get(value["tone"], "")),
        "title": words(value["title"]),
        "nodes": rich(value["text"], book),
        "id": book.anchor(value["title"]),
    }


@nodes_of_block.register(text.StepsBlock)
def _steps(block: blocks.Block, value: Any, book: Book) -> Iterator[Node]:
    yield entries((entry(step["title"], rich(step["text"], book), book, time=step["time"]) for step in value), True)


@nodes_of_block.register(text.AccordionBlock)
def _accordion(block: blocks.Block, value: Any, book: Book) -> Iterator[Node]:
    yield entries(entry(fold["title"], rich(fold["text"], book), book) for fold in value)


@nodes_of_block.register(text.TableBlock)
def _table(block: blocks.Block, value: Any, book: Book) -> Iterator[Node]:
    """Merged cells are left apart: each is in its place, and the others of it are empty."""
    if value and (rows := value.get("data") or []):
        yield table(
            [[words(cell) for cell in row] for row in rows],
            caption=value.get("table_caption"),
            has_top=bool(value.get("first_row_is_table_header")),
            has_side=bool(value.get("first_col_is_header")),
        )


@nodes_of_block.register(media.FigureBlock)
def _figure(block: blocks.Block, value: Any, book: Book) -> Iterator[Node]:
    yield from figure(value, book)


def figure(value: Any, book: Book) -> Iterator[Node]:
    """A picture with its description, which stands with the picture in this place."""
    if image := value["image"]:
        is_decorative = bool(getattr(image, "decorative", False))
        yield {
            "kind": "picture",
            "file": book.picture(image),
            "alt": "" if is_decorative else getattr(image, "contextual_alt_text", "") or "",
            "is_decorative": is_decorative,
            "caption": caption_of(value["caption"], image),
        }


def caption_of(caption: str, image: Any) -> list[Run]:
    """With the credit, which is kept once, in Polish, with the picture."""
    credit = [{"s": image.credit, "lang": "pl"}] if getattr(image, "credit", "") else []
    return [*words(caption), *([{"s": " "}] if caption and credit else []), *credit]


@nodes_of_block.register(media.GalleryBlock)
def _gallery(block: media.GalleryBlock, value: Any, book: Book) -> Iterator[Node]:
    for figure in value:
        yield from nodes_of_block(block.child_block, figure, book)


@nodes_of_block.register(media.VideoBlock)
def _video(block: blocks.Block, value: Any, book: Book) -> Iterator[Node]:
    title = f"{value['title']} ({value['length']})" if value.get("length") else value["title"]
    found = [link(title, value["url"], book, before=_("Film"))]
    if (transcript := value.get("transcript")) and transcript.live:
        found.append(link(_("Read the transcript"), transcript.url, book))
    yield {"kind": "links", "items": found}


@nodes_of_block.register(links.ButtonBlock)
def _button(block: blocks.Block, value: Any, book: Book) -> Iterator[Node]:
    if value.url:
        yield {"kind": "links", "items": [link(value.text, value.url, book)]}


@nodes_of_block.register(links.CardsBlock)
def _cards(block: blocks.Block, value: Any, book: Book) -> Iterator[Node]:
    items = [[*link(card["title"], card.url, book), *words(card["text"] and f" – {card['text']}")] for card in value]
    yield {"kind": "links", "items": [_spaced(item) for item in items]}


@nodes_of_block.register(media.DocumentsBlock)
def _documents(block: blocks.Block, value: Any, book: Book) -> Iterator[Node]:
    found = [link(file.title, file.url, book, before=file.file_extension.upper()) for file in value if file]
    if found:
        yield {"kind": "links", "items": found}


# --- What several kinds are made of


def rich(value: Any, book: Book) -> list[Node]:
    """A value of a rich text block."""
    return nodes_of(expand_db_html(_source(value)), book.place)


def link(title: str, url: str, book: Book, before: str = "") -> list[Run]:
    """The words alone where there is nothing to lead to."""
    leads = book.place.lead(url) if url else {}
    return [*([{"s": f"{before}: "}] if before else []), *({**run, **leads} for run in words(title))]


def entry(title: str, nodes: Iterable[Node], book: Book, **facts: Any) -> Node:
    """`facts`: what stands beside the title, plain words by name (`time`, `who`, …)."""
    said = {name: words(value) for name, value in facts.items() if value}
    return {"title": words(title), "nodes": list(nodes), "id": book.anchor(title), **said}


def entries(items: Iterable[Node], ordered: bool = False, title: str = "") -> Node:
    return {"kind": "entries", "ordered": ordered, "items": list(items), "title": words(title)}


def table(
    rows: list[list[list[Run]]], caption: Any, has_top: bool = True, has_side: bool = False, is_blank: bool = False
) -> Node:
    """`is_blank`: empty cells are there to be written in."""
    width = max(map(len, rows))
    filled = [[*row, *([[]] * (width - len(row)))] for row in rows]
    facts = {"caption": words(caption), "has_top": has_top, "has_side": has_side, "is_blank": is_blank}
    return {"kind": "table", "rows": filled, **facts}


def _source(value: Any) -> str:
    return value.source if hasattr(value, "source") else str(value or "")


def _spaced(runs: list[Run]) -> list[Run]:
    """`words` takes the space away that stood before a dash."""
    return [{**run, "s": f" {run['s']}"} if run["s"].startswith("–") else run for run in runs]
