"""What no edition could be made with, said to whoever writes, at the block where it stands.

Typst refuses such a document: a screen reader would jump over a level, or meet a sign that the fonts don't have. A
picture without a description is refused by its own block.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import typst
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks.stream_block import StreamBlockValidationError, StreamValue

from home.blocks import reading

from .pdf import FONTS, STANDARDS

LETTERS = r" -~\u00a0-\u024f\u0370-\u03ff\u0400-\u045f"
SIGNS = r"\t\n\r\u2000-\u2027\u2030-\u203a\u20ac\u2190-\u2193\u2212"
USUAL = re.compile(f"[{LETTERS}{SIGNS}]*")
"""Signs that the fonts have, so that nobody asks about each text."""
HEADING = re.compile(r"<h([23])[^>]*>(.*?)</h\1>", re.DOTALL)


def find_errors(title: str, lead: str, body: StreamValue) -> dict[str, Any]:
    """By field; in the body by the place of the block."""
    errors: dict[str, Any] = {}
    for name, words in (("title", title), ("lead", lead)):
        if signs := unprintable(words):
            errors[name] = _cant_be_printed(signs)
    broken = {index: ValidationError(words) for index, words in _in_blocks(body)}
    if broken:
        errors["body"] = StreamBlockValidationError(block_errors=broken)
    return errors


def _in_blocks(body: StreamValue) -> Iterator[tuple[int, str]]:
    children, level = body.stream_block.child_blocks, 1
    for index, child in enumerate(body.raw_data):
        if child["type"] not in children:
            continue
        if child["type"] == "text":
            for found in HEADING.finditer(child["value"] or ""):
                if int(found[1]) > level + 1:
                    plain = next(reading.lines_in_rich_text(found[2]), "")
                    words = _("“%(heading)s” is a heading of the lower level, with none of the upper level before it.")
                    yield index, words % {"heading": plain}
                level = int(found[1])
        if signs := unprintable(" ".join(reading.lines_of(children[child["type"]], child["value"]))):
            yield index, _cant_be_printed(signs)


def _cant_be_printed(signs: str) -> str:
    return _("These signs can’t be printed and read aloud in an edition: %(signs)s. Leave them out.") % {"signs": signs}


def unprintable(words: str) -> str:
    """Those signs of `words` that Typst has no letters for, each once."""
    return "" if USUAL.fullmatch(words) else "".join(sorted(filter(_is_refused, set(USUAL.sub("", words)))))


@lru_cache(maxsize=1000)
def _is_refused(sign: str) -> bool:
    """As Typst says: `sign` comes as a value, never as markup."""
    source = (
        b'#set document(title: "x", date: datetime(year: 2026, month: 1, day: 1))\n'
        b'#set text(font: ("Literata", "Atkinson"))\n#("a" + sys.inputs.sign)'
    )
    try:
        typst.compile(  # type: ignore[misc]  # its stubs choose no kind of input for bytes
            source,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            pdf_standards=[*STANDARDS],
            sys_inputs={"sign": sign},
        )
    except typst.TypstError:
        return True
    return False
