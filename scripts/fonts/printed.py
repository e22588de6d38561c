"""Make home/print_fonts/*.ttf from the fonts beside this file: for PDF files, whose maker reads no WOFF2.

All letters of the sources, one weight in a file. `make fonts` runs this after `cut.py`.
"""

import logging
from pathlib import Path

from cut import letters, one_weight
from fontTools.ttLib import TTFont

OUTPUT = Path(__file__).resolve().parent.parent.parent / "home" / "print_fonts"

ATKINSON = "atkinson-hyperlegible-next-{}-wght-normal"
FACES = {
    "literata": ("Literata", "literata-{}-wght-normal", 400, False),
    "literata-bold": ("Literata", "literata-{}-wght-normal", 700, False),
    "literata-italic": ("Literata", "literata-{}-wght-italic", 400, True),
    "literata-bold-italic": ("Literata", "literata-{}-wght-italic", 700, True),
    "atkinson": ("Atkinson", ATKINSON, 400, False),
    "atkinson-bold": ("Atkinson", ATKINSON, 700, False),
    "bricolage-bold": ("Bricolage", "bricolage-grotesque-{}-wght-normal", 700, False),
}
"""Name of the file: family, sources, weight, whether it is italic."""


def name_it(font: TTFont, family: str, weight: int, is_italic: bool) -> None:
    """Typesetters choose a face by its family, weight and slope; the cut sources say "regular" of all."""
    style = {(400, False): "Regular", (700, False): "Bold", (400, True): "Italic", (700, True): "Bold Italic"}
    words = style[weight, is_italic]
    names = font["name"]
    names.names = []
    for number, said in ((1, family), (2, words), (4, f"{family} {words}"), (6, f"{family}-{words}".replace(" ", ""))):
        names.setName(said, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = (1 if is_italic else 0) | (32 if weight == 700 else 0) or 64
    font["head"].macStyle = (1 if weight == 700 else 0) | (2 if is_italic else 0)


def main() -> None:
    logging.disable(logging.WARNING)
    OUTPUT.mkdir(exist_ok=True)
    for file, (family, source, weight, is_italic) in FACES.items():
        font = one_weight(source, letters(source), weight)
        name_it(font, family, weight, is_italic)
        font["head"].modified = font["head"].created = 0
        font.recalcTimestamp = False
        font.flavor = None
        path = OUTPUT / f"{file}.ttf"
        font.save(path)
        print(f"home/print_fonts/{path.name}: {path.stat().st_size:,} bytes, {len(font.getBestCmap())} letters")


if __name__ == "__main__":
    main()
