"""A template as PDF/UA-1 with fields to fill in: Typst sets the page, form_fields.py puts the fields on it."""

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import form_fields
import typst
from fonts import font_folder
from source import ROOT, Field, Source, Table, Tick

PAGE = Path(__file__).with_name("template.typ")
EMBLEM = ROOT / "static" / "img" / "eu-emblem.svg"


def build(source: Source) -> bytes:
    fields: dict[str, form_fields.FormField] = {}
    page = {
        **{name: getattr(source, name) for name in ("title", "purpose", "language", "words")},
        "author": source.words["author"],
        "version": source.version.timetuple()[:3],
        "blocks": list(_blocks(source, fields)),
    }
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(PAGE, folder)
        shutil.copy(EMBLEM, folder)
        Path(folder, "page.json").write_text(json.dumps(page, ensure_ascii=False), encoding="utf-8")
        tagged = typst.compile(
            str(Path(folder, PAGE.name)), font_paths=[font_folder()], ignore_system_fonts=True, pdf_standards=["ua-1"]
        )
    return form_fields.put_in(tagged, fields, source.language)


def _blocks(source: Source, fields: dict[str, Any]) -> Iterator[dict[str, Any]]:
    def named(label: str, lines: int = 1, is_box: bool = False) -> str:
        name = f"{len(fields) + 1}-{re.sub(r'[^a-z0-9]+', '-', label.lower()).strip('-')[:30]}"
        fields[name] = form_fields.FormField(label, lines, is_box)
        return name

    for block in source.blocks:
        shown = {"kind": type(block).__name__.lower(), **asdict(block)}
        if isinstance(block, Field):
            shown["name"] = named(block.label, block.lines)
        elif isinstance(block, Tick):
            shown["name"] = named(block.label, is_box=True)
        elif isinstance(block, Table):
            shown["rows"] = [
                [
                    {"text": words, "name": None if words else named(block.label(number, column, source.words["row"]))}
                    for column, words in enumerate(row)
                ]
                for number, row in enumerate(block.rows)
            ]
        yield shown
