"""How the demo files of this app become chapters."""

import re
from typing import Any

from catalog.blocks.features import NOTE
from catalog.models import ChapterPage
from catalog.notes import stored
from home.demo import KINDS, Demo, DemoKind, Entry, content_folder
from home.demo.words import BLOCKS, FEATURES, INLINE, Words

NOTE_MARK = re.compile(r'<note key="([^"]+)"\s*/>')


def worksheet(words: Words, value: dict[str, Any]) -> dict[str, Any]:
    return {"intro": value.get("intro", ""), "table": grid(value["caption"], [value["columns"], *value["rows"]], "row")}


def comparison(words: Words, value: dict[str, Any]) -> dict[str, Any]:
    head = [value.get("corner", ""), *value["columns"]]
    return {"table": grid(value["caption"], [head, *([row["label"], *row["cells"]] for row in value["rows"])], "both")}


def grid(caption: str, rows: list[list[str]], header: str) -> dict[str, Any]:
    return {
        "data": rows,
        "table_caption": caption,
        "first_row_is_table_header": True,
        "first_col_is_header": header == "both",
        "table_header_choice": header,
    }


def diagram(words: Words, value: dict[str, Any]) -> dict[str, Any]:
    return {**words.figure(value), "description": words.markup(value["description"])}


def marks(words: Words, html: str) -> str:
    """`<note key="act"/>` as it is kept."""
    return NOTE_MARK.sub(lambda match: stored(match[1]), html)


BLOCKS.update(worksheet=worksheet, comparison=comparison, diagram=diagram)
FEATURES.append(NOTE)
INLINE.append(marks)


def fields(entry: Entry, words: dict[str, Any], demo: Demo) -> dict[str, Any]:
    return {"part": entry.facts["part"]}


def notes(page: ChapterPage, entry: Entry, words: dict[str, Any], demo: Demo) -> None:
    make = demo.words(words["language"])
    page.notes = [("note", {"key": note["key"], "text": make.markup(note["text"])}) for note in words.get("notes", ())]


KINDS.append(
    DemoKind(
        content_folder("catalog"),
        "catalog",
        lambda entry: ChapterPage,
        fields,
        section="catalog",
        children=notes,
        sort=lambda entry: entry.facts["order"],
    )
)
