"""The text of a PDF, DOCX or ODT file. Run as a program of its own: the file comes in, its text goes out as UTF-8.

What somebody uploads may be broken, endless or made to hurt: so it is read in a process with little time and memory,
whose death costs nothing but the text. That process knows nothing of the site (no settings, no database).

What no reader of the file sees is left out: deleted words of tracked changes, remarks, hidden sections, paragraphs
and runs. What only a style hides is read.
"""

import io
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from pypdf import PdfReader

NEXT = "\f"
"""Between pages, or between parts of a file without pages."""
MOST_PAGES = 300
MOST_SIGNS = 300_000
PART = 2_000  # characters of a file without pages that make one part
MOST_UNPACKED = 32 * 1024 * 1024  # bytes of XML
MOST_MEMORY = 1024 * 1024 * 1024  # bytes
MOST_SECONDS = 30  # of a processor's time
UNREADABLE_SIGNS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OPEN_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def text_of(content: bytes, extension: str) -> str:
    """The text of a file; "" for a kind that isn't read. Raises whatever the reader of that kind raises."""
    read = READERS.get(extension)
    text = _bounded(read(content)) if read else ""
    return UNREADABLE_SIGNS.sub("", text)


def _bounded(parts: Iterable[str]) -> str:
    """Parts with plain single spaces in their lines, until there is enough."""
    kept: list[str] = []
    left = MOST_SIGNS
    for part in parts:
        lines = (" ".join(line.split()) for line in part.splitlines())
        words = "\n".join(filter(None, lines))[:left]
        if words:
            kept.append(words)
            left -= len(words)
        if left <= 0:
            break
    return NEXT.join(kept)


def _pages(content: bytes) -> Iterator[str]:
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        reader.decrypt("")  # one that everybody may open, and only printing is forbidden
    for number, page in enumerate(reader.pages):
        if number >= MOST_PAGES:
            return
        yield page.extract_text()


def _docx(content: bytes) -> Iterator[str]:
    """ECMA-376, part 1, 17.3: paragraphs of the body, of its tables and text boxes."""
    body = _xml(content, "word/document.xml")
    return _parts("".join(_words_of_paragraph(paragraph)) for paragraph in body.iter(f"{WORD}p"))


def _words_of_paragraph(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{WORD}t":
            yield child.text or ""
        elif child.tag in (f"{WORD}tab", f"{WORD}br", f"{WORD}cr"):
            yield " "
        elif child.tag == f"{WORD}r" and _is_hidden_run(child):
            continue
        elif child.tag not in (f"{WORD}p", f"{WORD}del", f"{WORD}moveFrom", f"{WORD}pPr", f"{WORD}rPr"):
            yield from _words_of_paragraph(child)  # a paragraph inside (a text box) has its own turn


def _is_hidden_run(run: Element) -> bool:
    vanish = run.find(f"{WORD}rPr/{WORD}vanish")
    return vanish is not None and vanish.get(f"{WORD}val", "1") not in ("0", "false", "off")


def _odt(content: bytes) -> Iterator[str]:
    """OpenDocument, part 3, 5: paragraphs and headings."""
    body = _xml(content, "content.xml").find(f"{OFFICE}body/{OFFICE}text")
    return _parts("".join(words) for words in _paragraphs(body if body is not None else Element("none")))


NOT_READ = {
    f"{OPEN_TEXT}tracked-changes",
    f"{OFFICE}annotation",
    f"{OPEN_TEXT}hidden-text",
    f"{OPEN_TEXT}hidden-paragraph",
}
OF_PARAGRAPHS = {f"{OPEN_TEXT}p", f"{OPEN_TEXT}h"}
SPACES = {f"{OPEN_TEXT}s", f"{OPEN_TEXT}tab", f"{OPEN_TEXT}line-break"}


def _paragraphs(element: Element) -> Iterator[list[str]]:
    for child in element:
        if child.tag in OF_PARAGRAPHS:
            if child.find(f"{OPEN_TEXT}hidden-paragraph[@{OPEN_TEXT}is-hidden='true']") is not None:
                continue
            yield list(_words_of_open_text(child))
        elif child.tag not in NOT_READ and child.get(f"{OPEN_TEXT}display", "true") == "true":
            yield from _paragraphs(child)  # a section may be hidden, always or on a condition


def _words_of_open_text(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in SPACES:
            yield " "
        elif child.tag not in NOT_READ:
            yield from _words_of_open_text(child)
        yield child.tail or ""


def _xml(content: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(name) as file:
        xml = file.read(MOST_UNPACKED + 1)
    if len(xml) > MOST_UNPACKED:
        raise ValueError(f"{name} unpacks to too much")
    return fromstring(xml, forbid_dtd=True)


def _parts(lines: Iterable[str]) -> Iterator[str]:
    gathered: list[str] = []
    length = 0
    for line in lines:
        gathered.append(line)
        length += len(line)
        if length > PART:
            yield "\n".join(gathered)
            gathered, length = [], 0
    yield "\n".join(gathered)


READERS = {"pdf": _pages, "docx": _docx, "odt": _odt}


def main(extension: str) -> None:
    for kind, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS)):
        _soft, hard = resource.getrlimit(kind)
        try:
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        except (OSError, ValueError):  # macOS refuses a bound of memory
            continue
    sys.stdout.buffer.write(text_of(sys.stdin.buffer.read(), extension).encode())


if __name__ == "__main__":
    main(sys.argv[1])
