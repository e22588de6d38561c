"""The site's font for texts in PDF files: whole for Typst, cut for what is typed into fields."""

import io
import logging
import sys
import tempfile
from functools import cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from source import ROOT

sys.path.append(str(ROOT / "scripts" / "fonts"))

import cut

logging.getLogger("fontTools").setLevel(logging.ERROR)  # it takes a date of 0 for a mistake

POSTSCRIPT_NAME = 6
NAME = "atkinson-hyperlegible-next-{}-wght-normal"


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory()
    for weight in (400, 700):
        Path(folder.name, f"{weight}.ttf").write_bytes(_font(weight))
    return folder


def font_folder() -> str:
    """Where Typst finds it; gone with this process."""
    return _folder().name


@cache
def _font(weight: int) -> bytes:
    """The letters of Polish and English."""
    font = cut.one_weight(NAME, cut.COMMON, weight)
    font["OS/2"].usWeightClass = weight
    font["name"].setName(f"AtkinsonHyperlegibleNext-{weight}", POSTSCRIPT_NAME, 3, 1, 0x409)  # Typst asks for one
    return _saved(font)


def field_font() -> bytes:
    """The same without what sets letters: a form puts one after the other."""
    font = TTFont(io.BytesIO(_font(400)))
    cutter = subset.Subsetter(subset.Options(layout_features=[], name_IDs=cut.FAMILY_AND_STYLE))
    cutter.populate(unicodes=cut.COMMON)
    cutter.subset(font)
    return _saved(font)


def _saved(font: TTFont) -> bytes:
    """The same bytes each time."""
    font["head"].modified = font["head"].created = 0
    font.recalcTimestamp = False
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()
