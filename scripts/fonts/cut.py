"""Make static/fonts/*.woff2 from the fonts beside this file: small ones, of which a page loads what its words need.

The sources are variable fonts as Fontsource cuts them (Latin, and the rest of Latin). For each face two files are made:
one with the letters and signs of Polish and English, one with all other letters of the sources. Weights are cut to
those that the stylesheet asks for. Literata is loaded in texts only, and there mostly in one style, so each of its
styles is a file of its own; of the other two families every page needs several weights.

`make fonts` runs this, in about half a minute.
"""

import io
import logging
from pathlib import Path

from fontTools import merge, subset
from fontTools.designspaceLib import DesignSpaceDocument
from fontTools.ttLib import TTFont
from fontTools.varLib import build as join_weights
from fontTools.varLib import instancer

SOURCES = Path(__file__).resolve().parent
OUTPUT = SOURCES.parent.parent / "static" / "fonts"

SCRIPTS = ("latin", "latin-ext")
POLISH = "ĄĆĘŁŃÓŚŹŻąćęłńóśźż"
SIGNS = "\u00a0\u00ad§©«®°·»×–—‘’‚“”„•…‹›€™−"
COMMON = {*range(ord(" "), ord("~") + 1), *map(ord, POLISH + SIGNS)}
"""What is in the first file of each face; static/css/parts/2-fonts.css names the same."""
FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "rvrn", "tnum"]
NEEDLESS = ["STAT", "gasp", "prep", "vhea", "vmtx"]
FAMILY_AND_STYLE = [1, 2]  # copyright and licence stand in files beside the fonts

HEADINGS = "bricolage-grotesque-{}-wght-normal"
"""Its letters stand at the same distance in all weights, that of headings: a quarter of the file less."""
FACES = {
    "atkinson": ("atkinson-hyperlegible-next-{}-wght-normal", 400, 700),
    "bricolage": (HEADINGS, 500, 800),
    "literata": ("literata-{}-wght-normal", 400, 400),
    "literata-bold": ("literata-{}-wght-normal", 700, 700),
    "literata-italic": ("literata-{}-wght-italic", 400, 400),
    "literata-bold-italic": ("literata-{}-wght-italic", 700, 700),
}
"""Name of the face: its sources, the lightest and the boldest weight."""
RIVER = "WisłaVistula"
"""A word in italics on the map of the members: the only one on that page."""


def letters(name: str) -> set[int]:
    """All letters and signs in the sources `name`."""
    return {code for script in SCRIPTS for code in TTFont(SOURCES / f"{name.format(script)}.woff2").getBestCmap()}


def one_weight(name: str, wanted: set[int], weight: int) -> TTFont:
    """The `wanted` letters of both sources `name` in one font, with a single weight."""
    parts = []
    for script in SCRIPTS:
        font = instancer.instantiateVariableFont(TTFont(SOURCES / f"{name.format(script)}.woff2"), {"wght": weight})
        options = subset.Options(layout_features=FEATURES, hinting=False, glyph_names=True, notdef_outline=True)
        options.name_IDs = FAMILY_AND_STYLE
        options.drop_tables += NEEDLESS
        cut = subset.Subsetter(options)
        cut.populate(unicodes=wanted)
        cut.subset(font)
        font.flavor = None
        part = io.BytesIO()
        font.save(part)
        part.seek(0)
        parts.append(part)
    return merge.Merger().merge(parts)


def face(name: str, wanted: set[int], lightest: int, boldest: int) -> TTFont:
    """As `one_weight`; where two weights are asked for, with all weights between them."""
    if lightest == boldest:
        return one_weight(name, wanted, lightest)
    space = DesignSpaceDocument()
    space.addAxisDescriptor(name="Weight", tag="wght", minimum=lightest, default=lightest, maximum=boldest)
    for weight in (lightest, boldest):
        space.addSourceDescriptor(
            font=one_weight(name, wanted, weight), location={"Weight": weight}, familyName=name.partition("-")[0]
        )
    font = join_weights(space)[0]
    if name == HEADINGS:
        font["GPOS"] = one_weight(name, wanted, 700)["GPOS"]
    return font


def write(font: TTFont, name: str) -> None:
    """Saves `font`, the same bytes each time."""
    font["post"].formatType = 3  # without names of glyphs
    font["head"].modified = font["head"].created = 0
    font.recalcTimestamp = False
    font.flavor = "woff2"
    path = OUTPUT / f"{name}.woff2"
    font.save(path)
    print(f"static/fonts/{path.name}: {path.stat().st_size:,} bytes, {len(font.getBestCmap())} letters")


def main() -> None:
    logging.disable(logging.WARNING)
    for name, (source, lightest, boldest) in FACES.items():
        write(face(source, COMMON, lightest, boldest), name)
        write(face(source, letters(source) - COMMON, lightest, boldest), f"{name}-rest")
    write(one_weight(FACES["literata-italic"][0], set(map(ord, RIVER)), 400), "literata-italic-river")


if __name__ == "__main__":
    main()
