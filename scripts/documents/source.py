"""Reads the sources of the document templates (catalog/document_sources/, whose README says how they are written)."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = ROOT / "catalog" / "document_sources"
FILES = ROOT / "catalog" / "document_files"

FENCE = "+++"
BLANK = "___"
HEADING, TICK, EXAMPLE, ITEM, CELL = "## ", "[ ] ", "> ", "- ", "|"


class SourceError(ValueError):
    """A source isn't written as the README says."""


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Example:
    """What somebody might write there; left out of what they send."""

    text: str


@dataclass(frozen=True)
class Items:
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """Room to write in, `lines` high, under its label."""

    label: str
    lines: int


@dataclass(frozen=True)
class Tick:
    label: str


@dataclass(frozen=True)
class Table:
    """Empty cells are fields."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def label(self, row: int, column: int, word_for_row: str) -> str:
        """The name of the field in an empty cell: its column, and its row by its first words or its number."""
        return f"{self.head[column]}, {self.rows[row][0] or f'{word_for_row} {row + 1}'}"


Block = Heading | Text | Example | Items | Field | Tick | Table


@dataclass(frozen=True)
class Source:
    """One template in one language. `words`: what all templates of the language say."""

    key: str
    language: str
    title: str
    purpose: str
    file: str
    version: date
    words: dict[str, str]
    blocks: tuple[Block, ...]

    def path(self, extension: str) -> Path:
        return FILES / self.language / f"{self.file}.{extension}"

    @property
    def parts(self) -> list[str]:
        return [block.text for block in self.blocks if isinstance(block, Heading)]


def all_sources() -> list[Source]:
    common = tomllib.loads((SOURCES / "templates.toml").read_text(encoding="utf-8"))
    return [
        read(entry["key"], language, entry["version"], common["words"][language])
        for entry in common["template"]
        for language in common["words"]
    ]


def read(key: str, language: str, version: date, words: dict[str, str]) -> Source:
    """The source of one file. Raises SourceError."""
    path = SOURCES / language / f"{key}.md"
    before, facts, body = path.read_text(encoding="utf-8").split(f"{FENCE}\n", 2)
    if before:
        raise SourceError(f"{path.name} begins with {FENCE}")
    values: dict[str, Any] = tomllib.loads(facts)
    return Source(key, language, version=version, words=words, blocks=tuple(parse(body)), **values)


def parse(body: str) -> list[Block]:
    """The blocks of a source. Empty lines stand between paragraphs; all else is one line each."""
    found: list[Block] = []
    for lines in (part.splitlines() for part in re.split(r"\n\s*\n", body.strip())):
        found += _paragraph(lines)
    return found


def _paragraph(lines: list[str]) -> list[Block]:
    first = lines[0]
    if first.startswith(CELL):
        return [_table(lines)]
    if first.startswith(ITEM):
        return [Items(tuple(line.removeprefix(ITEM) for line in lines))]
    if len(lines) > 1 and set(lines[1:]) == {BLANK}:
        return [Field(first.removesuffix(":"), len(lines) - 1)]
    return [_line(line) for line in lines]


def _line(line: str) -> Block:
    if line.startswith(HEADING):
        return Heading(line.removeprefix(HEADING))
    if line.startswith(TICK):
        return Tick(line.removeprefix(TICK))
    if line.startswith(EXAMPLE):
        return Example(line.removeprefix(EXAMPLE))
    if line.endswith(f": {BLANK}"):
        return Field(line.removesuffix(f": {BLANK}"), 1)
    if BLANK in line:
        raise SourceError(f"Room to write in stands at the end of a line, after a colon: {line}")
    return Text(line)


def _table(lines: list[str]) -> Table:
    head, *rows = (tuple(cell.strip() for cell in line.strip().strip(CELL).split(CELL)) for line in lines)
    if any(len(row) != len(head) for row in rows) or not all(head):
        raise SourceError(f"Each row has as many cells as the first one, and that one has words in all: {lines[0]}")
    return Table(head, tuple(rows))
