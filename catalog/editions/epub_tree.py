"""The data of a book as Pandoc's document tree (pandoc-types 1.23)."""

from collections.abc import Iterable
from typing import Any

from .rich_text import Node, Run
from .words import words_of

Element = dict[str, Any]

NO_ATTRIBUTES: list[Any] = ["", [], []]


def tree(book: dict[str, Any]) -> Element:
    said = words_of(book)
    return {"pandoc-api-version": [1, 23, 1], "meta": _meta(book), "blocks": [*_front(book, said), *_parts(book, said)]}


def _meta(book: dict[str, Any]) -> Element:
    return {"lang": {"t": "MetaString", "c": book["language"]}}


def _front(book: dict[str, Any], said: dict[str, Any]) -> Iterable[Element]:
    language = [["lang", book["disclaimer_lang"]]]
    yield header(1, [_str(book["title"])], classes=["book-title"])
    yield para([_strong([_str(said["edition"])]), _str(f" · {book['date_words']}")])
    yield para([_str(book["author"])])
    yield para([_str(book["lead"])])
    yield para([_element("Image", ["", ["emblem"], []], [_str(said["emblem"])], ["emblem.svg", ""])])
    yield para([_strong([_str(book["statement"])])])
    yield _element("Div", ["", [], language], [para([_str(book["disclaimer"])])])
    yield header(2, [_str(said["cite"])], classes=["unlisted"])
    yield para(inline(book["citation"]))
    yield para([_str(book["licence"])])
    yield para([_str(book["date_said"])])
    if book["missing"]:
        yield header(2, [_str(said["missing"])], classes=["unlisted"])
        yield _element("BulletList", *[[[_plain([_str(line)])] for line in book["missing"]]])


def _parts(book: dict[str, Any], said: dict[str, Any]) -> Iterable[Element]:
    for part in book["parts"]:
        yield header(1, [_str(part["title"])])
        for chapter in part["chapters"]:
            number = f"{chapter['number']}. " if chapter["number"] else ""
            yield header(2, [_str(f"{number}{chapter['title']}")], chapter["label"])
            if chapter["lead"]:
                yield _element("Div", ["", ["lead"], []], [para([_str(chapter["lead"])])])
            yield from blocks(chapter["nodes"], said)


# --- Blocks


def blocks(nodes: Iterable[Node], said: dict[str, Any]) -> list[Element]:
    return [element for node in nodes for element in KINDS[node["kind"]](node, said)]


def _paragraph(node: Node, said: dict[str, Any]) -> list[Element]:
    return [para(inline(node["runs"]))]


def _heading(node: Node, said: dict[str, Any]) -> list[Element]:
    return [header(node["level"] + 1, inline(node["runs"]), node.get("id") or "")]


def _title(node: Node, said: dict[str, Any]) -> list[Element]:
    return [para([_element("Span", [node["id"], [], []], [_strong(inline(node["runs"]))])])]


def _list(node: Node, said: dict[str, Any]) -> list[Element]:
    items = [blocks(item, said) for item in node["items"]]
    return [_ordered(items) if node["ordered"] else _element("BulletList", items)]


def _quote(node: Node, said: dict[str, Any]) -> list[Element]:
    by = [para(inline(node["by"]))] if node["by"] else []
    return [_element("BlockQuote", [para(inline(node["runs"])), *by])]


def _box(node: Node, said: dict[str, Any]) -> list[Element]:
    label = [para([_span("label", inline(node["label"]))])] if node["label"] else []
    title = [para([_strong(inline(node["title"]))])] if node["title"] else []
    attributes = [node.get("id") or "", ["box", f"box-{node['tone']}"], []]
    return [_element("Div", attributes, [*label, *title, *blocks(node["nodes"], said)])]


def _entries(node: Node, said: dict[str, Any]) -> list[Element]:
    items = []
    for item in node["items"]:
        facts = [
            para([_strong([_str(f"{label}: ")]), *inline(item[name])]) for name, label in said["facts"] if name in item
        ]
        rest = [*facts, *blocks(item["nodes"], said)]
        if node["ordered"]:
            title = para([_element("Span", [item["id"], [], []], [_strong(inline(item["title"]))])])
            items.append([title, *rest])
        else:
            items.append([header(node["level"] + 1, inline(item["title"]), item["id"], ["unlisted"]), *rest])
    above = [para([_strong(inline(node["title"]))])] if node["title"] else []
    return [*above, _ordered(items)] if node["ordered"] else [*above, *(one for item in items for one in item)]


def _ticks(node: Node, said: dict[str, Any]) -> list[Element]:
    title = [para([_strong(inline(node["title"]))])] if node["title"] else []
    items = []
    for item in node["items"]:
        note = [{"t": "LineBreak"}, _span("note", inline(item["note"]))] if item["note"] else []
        items.append([_plain([_str("☐ "), *inline(item["runs"]), *note])])
    return [*title, _element("Div", ["", ["ticks"], []], [_element("BulletList", items)])]


def _links(node: Node, said: dict[str, Any]) -> list[Element]:
    return [_element("BulletList", [[_plain(inline(item))] for item in node["items"]])]


def _picture(node: Node, said: dict[str, Any]) -> list[Element]:
    alt = [] if node["is_decorative"] else [_str(node["alt"])]
    role = [["role", "presentation"]] if node["is_decorative"] else []
    image = _element("Image", ["", [], role], alt, [node["file"], ""])
    caption = [None, [_plain(inline(node["caption"]))] if node["caption"] else []]
    return [_element("Figure", NO_ATTRIBUTES, caption, [_plain([image])])]


def _table(node: Node, said: dict[str, Any]) -> list[Element]:
    rows = node["rows"]
    head, body = (rows[:1], rows[1:]) if node["has_top"] else ([], rows)
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]] * len(rows[0])
    caption = [None, [_plain(inline(node["caption"]))] if node["caption"] else []]
    kind = ["blank"] if node["is_blank"] else []
    body_rows = [NO_ATTRIBUTES, 1 if node["has_side"] else 0, [], [_row(row) for row in body]]
    table_head, table_foot = [NO_ATTRIBUTES, [_row(row) for row in head]], [NO_ATTRIBUTES, []]
    return [_element("Table", [node.get("id") or "", kind, []], caption, columns, table_head, [body_rows], table_foot)]


def _row(cells: list[list[Run]]) -> list[Any]:
    return [NO_ATTRIBUTES, [[NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, 1, [_plain(inline(runs))]] for runs in cells]]


KINDS = {
    "p": _paragraph,
    "h": _heading,
    "title": _title,
    "list": _list,
    "quote": _quote,
    "box": _box,
    "entries": _entries,
    "ticks": _ticks,
    "links": _links,
    "picture": _picture,
    "table": _table,
}


# --- Words


def inline(runs: Iterable[Run]) -> list[Element]:
    return [element for run in runs for element in _run(run)]


def _run(run: Run) -> list[Element]:
    if "note" in run:
        return [_element("Note", [para(inline(run["note"]))])]
    shown: list[Element] = []
    for number, part in enumerate(run["s"].split("\n")):
        shown += [{"t": "LineBreak"}] if number else []
        shown += [_str(part)] if part else []
    if run.get("b"):
        shown = [_strong(shown)]
    if run.get("i"):
        shown = [_element("Emph", shown)]
    if "lang" in run:
        shown = [_element("Span", ["", [], [["lang", run["lang"]]]], shown)]
    target = f"#{run['to']}" if "to" in run else run.get("href")
    return [_element("Link", NO_ATTRIBUTES, shown, [target, ""])] if target else shown


def header(level: int, shown: list[Element], name: str = "", classes: Iterable[str] = ()) -> Element:
    return _element("Header", level, [name, list(classes), []], shown)


def para(shown: list[Element]) -> Element:
    return _element("Para", shown)


def _plain(shown: list[Element]) -> Element:
    return _element("Plain", shown)


def _ordered(items: list[list[Element]]) -> Element:
    return _element("OrderedList", [1, {"t": "Decimal"}, {"t": "Period"}], items)


def _strong(shown: list[Element]) -> Element:
    return _element("Strong", shown)


def _span(kind: str, shown: list[Element]) -> Element:
    return _element("Span", ["", [kind], []], shown)


def _str(words: str) -> Element:
    return {"t": "Str", "c": words}


def _element(kind: str, *content: Any) -> Element:
    return {"t": kind, "c": content[0] if len(content) == 1 else list(content)}
