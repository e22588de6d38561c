"""The handbook's own blocks as data for a book: what a reader ticks, fills in and answers on paper."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import Block

from catalog.blocks.comparison import ComparisonBlock
from catalog.blocks.decisions import DecisionTreeBlock
from catalog.blocks.diagram import DiagramBlock
from catalog.blocks.history import LegalTimelineBlock
from catalog.blocks.procedures import ChecklistBlock, TimelineBlock, WorksheetBlock
from catalog.blocks.self_check import SelfCheckBlock

from .block_nodes import Book, entries, entry, figure, nodes_of_block, rich, table
from .rich_text import Node, Run, words


@nodes_of_block.register(TimelineBlock)
def _timeline(block: Block, value: Any, book: Book) -> Iterator[Node]:
    yield title(value["title"], book)
    yield entries(
        (
            entry(
                step["title"],
                rich(step["text"], book),
                book,
                who=step["who"],
                time=step["time"],
                purpose=step["purpose"],
            )
            for step in value["steps"]
        ),
        ordered=True,
    )


@nodes_of_block.register(ChecklistBlock)
def _checklist(block: Block, value: Any, book: Book) -> Iterator[Node]:
    yield title(value["title"], book)
    yield from _intro(value)
    yield {
        "kind": "ticks",
        "title": [],
        "items": [{"runs": words(item["text"]), "note": words(item["note"])} for item in value["items"]],
    }


@nodes_of_block.register(WorksheetBlock)
def _worksheet(block: Block, value: Any, book: Book) -> Iterator[Node]:
    yield from _intro(value)
    yield from _grid(value, book, is_blank=True)


@nodes_of_block.register(ComparisonBlock)
def _comparison(block: Block, value: Any, book: Book) -> Iterator[Node]:
    yield from _grid(value, book, is_blank=False)


@nodes_of_block.register(DecisionTreeBlock)
def _decision_tree(block: Block, value: Any, book: Book) -> Iterator[Node]:
    """All questions with the ways between them, as on the site without JavaScript."""
    head = title(value["title"], book)
    yield head
    yield from _intro(value)
    yield {
        "kind": "entries",
        "ordered": True,
        "title": [],
        "items": [
            {
                "title": words(question.text),
                "id": f"{head['id']}--{question.key}",
                "nodes": [{"kind": "list", "ordered": False, "items": _answers(question, str(head["id"]), book)}],
            }
            for question in value.steps
        ],
    }


def _answers(question: Any, tree: str, book: Book) -> list[list[Node]]:
    found: list[list[Node]] = []
    for answer in question.answers:
        label: list[Run] = [{"s": answer.label, "b": True}]
        if answer.next:
            way = _("question %(number)d") % {"number": answer.next.number}
            leads = {"s": way, "to": f"{tree}--{answer.next.key}"}
            found.append([{"kind": "p", "runs": [*label, {"s": " – "}, leads]}])
        else:
            found.append([{"kind": "p", "runs": label}, *rich(answer.result, book)])
    return found


@nodes_of_block.register(SelfCheckBlock)
def _self_check(block: Block, value: Any, book: Book) -> Iterator[Node]:
    yield title(value["title"], book)
    yield from _intro(value)
    answer = _("Yes / No")
    asked = [[words(question), words(answer)] for question in value["questions"]]
    heads = [words(_("Question")), words(_("Mark your answer"))]
    yield table([heads, *asked], caption=value["title"])
    yield {"kind": "p", "runs": words(_("Count how many times you have answered “yes”:"))}
    yield {
        "kind": "list",
        "ordered": False,
        "items": [
            [
                {"kind": "p", "runs": [{"s": f"{outcome.range}: "}, {"s": outcome.title, "b": True}]},
                *rich(outcome.text, book),
            ]
            for outcome in value.outcomes
        ],
    }


@nodes_of_block.register(DiagramBlock)
def _diagram(block: Block, value: Any, book: Book) -> Iterator[Node]:
    yield from figure(value, book)
    yield title(_("The diagram in words"), book, value["caption"])
    yield from rich(value["description"], book)


@nodes_of_block.register(LegalTimelineBlock)
def _legal_timeline(block: Block, value: Any, book: Book) -> Iterator[Node]:
    yield title(value["title"], book)
    yield entries((_act(act, book) for act in value["entries"]), ordered=True)


def _act(act: Any, book: Book) -> Node:
    date = f"{act['date']} ({_('in force')})" if act["is_current"] else act["date"]
    nodes = rich(act["text"], book)
    if act["source"]:
        source = {"s": _("Source: %(host)s") % {"host": act.source_host}, **book.place.lead(act["source"])}
        nodes.append({"kind": "p", "runs": [source]})
    return entry(act["title"], nodes, book, date=date)


def title(said: str, book: Book, anchored: str = "") -> Node:
    """A title that is no heading, and a place that others lead to. `anchored`: the words its fragment comes of."""
    return {"kind": "title", "runs": words(said), "id": book.anchor(str(anchored or said))}


def _intro(value: Any) -> Iterator[Node]:
    if intro := words(value["intro"]):
        yield {"kind": "p", "runs": intro}


def _grid(value: Any, book: Book, *, is_blank: bool) -> Iterator[Node]:
    grid = value.grid
    if grid.columns:
        rows = [[words(cell) for cell in row] for row in (grid.columns, *grid.rows)]
        yield {
            **table(rows, caption=grid.caption, has_side=True, is_blank=is_blank),
            "id": book.anchor(grid.caption) if grid.caption else "",
        }
