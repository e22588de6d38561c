"""How the demo files of this app become chapters."""

import re
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from catalog.blocks.features import NOTE
from catalog.models import ChangeKind, ChapterCare, ChapterChange, ChapterPage
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
    return {
        "part": entry.facts["part"],
        "change_summary": words.get("change", ""),
        "change_corrects": words.get("change_corrects", False),
    }


def published(page: ChapterPage, entry: Entry, words: dict[str, Any]) -> None:
    """Its history goes by the days of the file: with a sentence on a change, it was new some weeks before that."""
    noon = timezone.make_aware(datetime.combine(entry.published_on, time(12)))
    changes = ChapterChange.objects.filter(page=page.pk)
    changes.update(at=noon)
    if words.get("change"):
        changes.update(kind=ChangeKind.CORRECTION if words.get("change_corrects") else ChangeKind.CHANGE)
        weeks_before = timedelta(days=entry.facts.get("new_days_before_change", 45))
        ChapterChange.objects.create(page_id=page.pk, at=noon - weeks_before, kind=ChangeKind.NEW)
    if "review_by_days" in entry.facts:
        review_by = entry.published_on + timedelta(days=entry.facts["review_by_days"])
        ChapterCare.objects.update_or_create(page_id=page.pk, defaults={"keeper": page.owner, "review_by": review_by})


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
        published=published,
    )
)
