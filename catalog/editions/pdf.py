"""The PDF of an edition: Typst makes it, tagged for screen readers (PDF/UA-1) and fit for archives (PDF/A-2a)."""

import json
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import typst
from django.conf import settings
from django.utils.translation import gettext_lazy

from .words import words_of

HERE = Path(__file__).resolve().parent
FONTS = settings.BASE_DIR / "home" / "print_fonts"
IMAGES = settings.BASE_DIR / "static" / "img"
STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
WINDOWS = re.compile(r'<rect class="p".*?M36 14H386V520H36Z"/>', re.DOTALL)
"""The ground and the frame of the cover on the site, which is a picture of the same windows."""


REASONS = (
    (
        re.compile("skipped from heading level"),
        gettext_lazy("a heading is more than one level below the one before it"),
    ),
    (re.compile("missing alt text"), gettext_lazy("a picture has no description")),
    (re.compile("could not be displayed|contains the codepoint"), gettext_lazy("a sign in it is in no font")),
    (re.compile("missing document title"), gettext_lazy("the title is missing")),
)
"""What Typst says, and the same for people."""


class RefusedDocumentError(Exception):
    """What Typst won't write, because some readers would lack it: in words where we have them, and in its own."""

    def __init__(self, message: str) -> None:
        known = next((words for pattern, words in REASONS if pattern.search(message)), "")
        super().__init__(f"{known} ({message})" if known else message)


def make(book: dict[str, Any], pictures: dict[str, bytes]) -> bytes:
    """`book`: the frozen content with number, date and notes (`making.book_of`); `pictures`: files by their names."""
    with TemporaryDirectory(prefix="edition-") as folder:
        root = Path(folder)
        shutil.copy(HERE / "handbook.typ", root)
        shutil.copy(IMAGES / "eu-emblem.svg", root / "emblem.svg")
        (root / "windows.svg").write_text(_windows(), encoding="utf-8")
        (root / "pictures").mkdir()
        for name, content in pictures.items():
            (root / "pictures" / name).write_bytes(content)
        (root / "book.json").write_text(json.dumps({**book, "words": words_of(book)}), encoding="utf-8")
        try:
            return typst.compile(
                root / "handbook.typ",
                root=root,
                font_paths=[FONTS],
                ignore_system_fonts=True,
                pdf_standards=[*STANDARDS],
                timestamp=book["timestamp"],
            )
        except typst.TypstError as error:
            raise RefusedDocumentError("; ".join([error.message, *error.hints])) from error


def _windows() -> str:
    """The windows of the cover, without its ground."""
    drawn = (IMAGES / "handbook.svg").read_text(encoding="utf-8")
    drawn = WINDOWS.sub("", drawn).replace('viewBox="0 0 400 534" width="300" height="400"', 'viewBox="40 200 330 310"')
    return re.sub(r"fill:var\([^)]*\)", "", drawn)
