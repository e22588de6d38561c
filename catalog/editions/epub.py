"""The EPUB of an edition: Pandoc makes it of its own document tree, then what it leaves to chance is set.

The tree (JSON) rather than HTML: words are values in it, so nothing is read as markup, and footnotes, languages of
words and headers of tables are said instead of guessed.
"""

import io
import json
import os
import re
import subprocess
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypandoc
from django.conf import settings

from .epub_metadata import accessibility, metadata_xml
from .epub_tree import tree

STYLES = Path(__file__).resolve().parent / "epub.css"
EMBLEM = settings.BASE_DIR / "static" / "img" / "eu-emblem.svg"
FONTS = settings.BASE_DIR / "home" / "print_fonts"
EMBEDDED = ("atkinson.ttf", "atkinson-bold.ttf", "bricolage-bold.ttf")
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest that a ZIP file can say."""
SECONDS = 300
HEAD_CELL = re.compile(r"<th(?![a-z])(?![^>]*\bscope=)")
TABLE_HEAD = re.compile(r"<thead>.*?</thead>", re.DOTALL)


class EpubError(Exception):
    """Pandoc's own words."""


def make(book: dict[str, Any], pictures: dict[str, bytes]) -> bytes:
    """`book` and `pictures` as for the PDF; the same bytes for the same edition."""
    with TemporaryDirectory(prefix="edition-") as folder:
        root = Path(folder)
        for name, content in pictures.items():
            (root / name).write_bytes(content)
        (root / "emblem.svg").write_bytes(EMBLEM.read_bytes())
        (root / "metadata.xml").write_text(metadata_xml(book), encoding="utf-8")
        (root / "book.json").write_text(json.dumps(tree(book)), encoding="utf-8")
        command = [
            pypandoc.get_pandoc_path(),
            *("--from=json", "--to=epub3", "--output=book.epub", "--sandbox=false"),
            *("--toc", "--toc-depth=2", "--split-level=2", "--epub-title-page=false"),
            *("--epub-metadata=metadata.xml", f"--css={STYLES}"),
            *(f"--epub-embed-font={FONTS / name}" for name in EMBEDDED),
            "book.json",
        ]
        said = {"PATH": os.environ.get("PATH", ""), "SOURCE_DATE_EPOCH": str(book["timestamp"]), "LANG": "C.UTF-8"}
        done = subprocess.run(  # noqa: S603 - our own command; what people wrote stands in its file
            command, cwd=root, env={**said, "HOME": folder}, capture_output=True, timeout=SECONDS, check=False
        )
        if done.returncode:
            raise EpubError(done.stderr.decode(errors="replace").strip())
        return _in_order((root / "book.epub").read_bytes(), book)


def _in_order(made: bytes, book: dict[str, Any]) -> bytes:
    """The same files in one order and with one time, with what Pandoc doesn't say of the document."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        names = sorted(old.namelist(), key=lambda name: (name != "mimetype", name))
        for name in names:
            content = old.read(name)
            if name.endswith(".xhtml"):
                content = _with_scopes(content.decode()).encode()
            elif name.endswith(".opf"):
                content = _described(content.decode(), book).encode()
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            new.writestr(entry, content, compresslevel=9 if name != "mimetype" else None)
    return out.getvalue()


def _with_scopes(page: str) -> str:
    """Pandoc knows which cells are headers, and doesn't write of what."""
    page = TABLE_HEAD.sub(lambda head: HEAD_CELL.sub('<th scope="col"', head[0]), page)
    return HEAD_CELL.sub('<th scope="row"', page)


def _described(package: str, book: dict[str, Any]) -> str:
    """With the accessibility metadata that stores and libraries show (EPUB Accessibility 1.1)."""
    package = re.sub(r'\s*<meta property="schema:[^>]*>[^<]*</meta>', "", package)
    return package.replace("</metadata>", f"{accessibility(book)}</metadata>", 1)
