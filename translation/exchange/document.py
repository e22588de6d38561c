"""What one file says: which page, which source version, and its words segment by segment."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from translation.checks import is_control

FORMAT = "1"
"""Of what we write. A file of another number is not read: it may mean something else by the same words."""


@dataclass(frozen=True)
class FileProblem:
    """Why something in a file can't be taken over; `line` is 0 for the file as a whole."""

    line: int
    message: str


@dataclass(frozen=True)
class PoEntry:
    """One segment. `line` is where its translation stands in the file; `notes` are for the translator to read."""

    path: str
    source: str
    target: str = ""
    line: int = 0
    is_fuzzy: bool = False
    notes: tuple[str, ...] = ()
    earlier_source: str = ""
    earlier_target: str = ""


@dataclass
class Document:
    """One page in one language. `key` is its translation_key, `source version` of its original (ISO 8601, or empty)."""

    key: str
    source_language: str
    target_language: str
    source_version: str
    digest: str
    title: str = ""
    format: str = FORMAT
    entries: list[PoEntry] = field(default_factory=list)
    line: int = 0


@dataclass(frozen=True)
class ParsedFile:
    """What was found in a file; without `document` there is at least one problem."""

    document: Document | None
    problems: list[FileProblem]


def plain(text: str) -> str:
    """`text` as it survives the format and every translator's program: one kind of line end, no control signs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in text if not is_control(sign))


def digest_of(words: Iterable[tuple[str, str]]) -> str:
    """SHA-256 of pairs of path and source text, whatever their order."""
    text = json.dumps(sorted((path, plain(source)) for path, source in words), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
