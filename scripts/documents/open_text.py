"""A template as ODT: real headings and lists, placeholders to write in, no macros. OpenDocument 1.3, written as it is.

By hand: five small files, where a library would be the larger part to trust.
"""

from functools import singledispatch
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from archive import pack
from source import ROOT, Example, Field, Heading, Items, Source, Table, Text, Tick

EMBLEM = ROOT / "static" / "img" / "eu-emblem.png"
MIMETYPE = "application/vnd.oasis.opendocument.text"
NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"'
    for name, kind in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
        "meta": "meta",
        "manifest": "manifest",
    }.items()
)
OTHERS = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
COUNTRIES = {"pl": "PL", "en": "GB"}


def build(source: Source) -> bytes:
    parts = {
        "mimetype": MIMETYPE.encode(),
        "content.xml": _content(source).encode(),
        "styles.xml": _styles(source.language).encode(),
        "meta.xml": _meta(source).encode(),
        "Pictures/emblem.png": EMBLEM.read_bytes(),
        "META-INF/manifest.xml": _manifest().encode(),
    }
    return pack(parts, first="mimetype")


def _content(source: Source) -> str:
    words = source.words
    blocks = "".join(render(block, words) for block in source.blocks)
    picture = (
        f'<draw:frame draw:style-name="Emblem" draw:name={quoteattr(words["emblem"])} text:anchor-type="as-char" '
        'svg:width="1.8cm" svg:height="1.2cm"><draw:image xlink:href="Pictures/emblem.png" xlink:type="simple" '
        f'xlink:show="embed" xlink:actuate="onLoad"/><svg:title>{escape(words["emblem"])}</svg:title>'
        f"<svg:desc>{escape(words['emblem'])}</svg:desc></draw:frame>"
    )
    funding = (
        f'<text:p text:style-name="Funding">{picture}<text:s text:c="2"/>'
        f'<text:span text:style-name="Label">{escape(words["statement"])}</text:span></text:p>'
        f'<text:p text:style-name="Small">{escape(words["project"])}</text:p>'
        f'<text:p text:style-name="Small">{escape(words["disclaimer"])}</text:p>'
    )
    return (
        f'{HEAD}<office:document-content {NAMES} {OTHERS} office:version="1.3">{_AUTOMATIC}<office:body><office:text>'
        f'<text:p text:style-name="Title">{escape(source.title)}</text:p>{blocks}{funding}'
        "</office:text></office:body></office:document-content>"
    )


_AUTOMATIC = (
    "<office:automatic-styles>"
    '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:padding="0.15cm" '
    'fo:border="0.5pt solid #555555"/></style:style>'
    '<style:style style:name="Emblem" style:family="graphic"><style:graphic-properties '
    'style:vertical-pos="middle" style:vertical-rel="line"/></style:style>'
    '<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="•">'
    '<style:list-level-properties text:space-before="0.4cm" text:min-label-width="0.5cm"/>'
    "</text:list-level-style-bullet></text:list-style>"
    "</office:automatic-styles>"
)


def _field(label: str, words: dict[str, str]) -> str:
    """Room to write in (OpenDocument, part 3, 7.7.3): a click takes all of it, and its hint names it."""
    return (
        f'<text:placeholder text:placeholder-type="text" text:description={quoteattr(label)}>'
        f"&lt;{escape(words['write_here'])}&gt;</text:placeholder>"
    )


@singledispatch
def render(block: Any, words: dict[str, str]) -> str:
    raise TypeError(f"No ODT of {type(block).__name__}")


@render.register
def _(block: Heading, words: dict[str, str]) -> str:
    return f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{escape(block.text)}</text:h>'


@render.register
def _(block: Text, words: dict[str, str]) -> str:
    return f"<text:p>{escape(block.text)}</text:p>"


@render.register
def _(block: Example, words: dict[str, str]) -> str:
    return f'<text:p text:style-name="Quotations">{escape(block.text)}</text:p>'


@render.register
def _(block: Items, words: dict[str, str]) -> str:
    items = "".join(f"<text:list-item><text:p>{escape(text)}</text:p></text:list-item>" for text in block.texts)
    return f'<text:list text:style-name="Bullets">{items}</text:list>'


@render.register
def _(block: Field, words: dict[str, str]) -> str:
    label = f'<text:span text:style-name="Label">{escape(block.label)}:</text:span>'
    if block.lines == 1:
        return f"<text:p>{label} {_field(block.label, words)}</text:p>"
    room = f'<text:p text:style-name="Room">{_field(block.label, words)}</text:p>'
    return f'<text:p text:style-name="Before">{label}</text:p>{room}'


@render.register
def _(block: Tick, words: dict[str, str]) -> str:
    return f"<text:p>☐ {escape(block.label)}</text:p>"


@render.register
def _(block: Table, words: dict[str, str]) -> str:
    head = "".join(_cell(f'<text:span text:style-name="Label">{escape(title)}</text:span>') for title in block.head)
    rows = "".join(
        f"<table:table-row>{cells}</table:table-row>"
        for cells in (
            "".join(
                _cell(escape(cell) if cell else _field(block.label(number, column, words["row"]), words))
                for column, cell in enumerate(row)
            )
            for number, row in enumerate(block.rows)
        )
    )
    return (
        f'<table:table><table:table-column table:number-columns-repeated="{len(block.head)}"/>'
        f"<table:table-header-rows><table:table-row>{head}</table:table-row></table:table-header-rows>{rows}"
        '</table:table><text:p text:style-name="Small"/>'
    )


def _cell(content: str) -> str:
    cell = '<table:table-cell table:style-name="Cell" office:value-type="string">'
    return f"{cell}<text:p>{content}</text:p></table:table-cell>"


def _styles(language: str) -> str:
    def paragraph(name: str, shown: str, above: str, text: str, more: str = "", parent: str = "Standard") -> str:
        return (
            f'<style:style style:name="{name}" style:display-name="{shown}" style:family="paragraph" '
            f'style:parent-style-name="{parent}"{more}><style:paragraph-properties {above}/>'
            f"<style:text-properties {text}/></style:style>"
        )

    dark = 'fo:color="#0b3f47" fo:font-weight="bold"'
    return (
        f'{HEAD}<office:document-styles {NAMES} {OTHERS} office:version="1.3"><office:font-face-decls>'
        '<style:font-face style:name="Arial" svg:font-family="Arial" style:font-family-generic="swiss"/>'
        '</office:font-face-decls><office:styles><style:default-style style:family="paragraph">'
        '<style:text-properties style:font-name="Arial" fo:font-size="11pt" '
        f'fo:language="{language}" fo:country="{COUNTRIES.get(language, "none")}"/></style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph" style:class="text">'
        '<style:paragraph-properties fo:margin-bottom="0.2cm" fo:orphans="2" fo:widows="2"/></style:style>'
        + paragraph("Title", "Title", 'fo:margin-bottom="0.4cm"', f'{dark} fo:font-size="20pt"')
        + paragraph(
            "Heading_20_1",
            "Heading 1",
            'fo:margin-top="0.55cm" fo:margin-bottom="0.15cm" fo:keep-with-next="always"',
            f'{dark} fo:font-size="14pt"',
            ' style:default-outline-level="1"',
        )
        + paragraph("Quotations", "Quotations", 'fo:margin-left="0.5cm"', 'fo:color="#555555" fo:font-style="italic"')
        + paragraph("Before", "Before", 'fo:keep-with-next="always" fo:margin-bottom="0.1cm"', "")
        + paragraph("Room", "Room", 'fo:margin-bottom="1.8cm"', "")
        + paragraph("Funding", "Funding", 'fo:margin-top="1cm" fo:keep-with-next="always"', "")
        + paragraph("Small", "Small", 'fo:margin-bottom="0.15cm"', 'fo:font-size="9pt"')
        + '<style:style style:name="Label" style:family="text"><style:text-properties fo:font-weight="bold"/>'
        "</style:style></office:styles><office:automatic-styles>"
        '<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" '
        'fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2.5cm" fo:margin-right="2.5cm"/>'
        "</style:page-layout></office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="Standard" style:page-layout-name="A4"/></office:master-styles>'
        "</office:document-styles>"
    )


def _meta(source: Source) -> str:
    day = f"{source.version.isoformat()}T00:00:00"
    return (
        f'{HEAD}<office:document-meta {NAMES} {OTHERS} office:version="1.3"><office:meta>'
        f"<dc:title>{escape(source.title)}</dc:title><dc:subject>{escape(source.purpose)}</dc:subject>"
        f"<dc:language>{source.language}-{COUNTRIES.get(source.language, '')}</dc:language>"
        f"<meta:initial-creator>{escape(source.words['author'])}</meta:initial-creator>"
        f"<meta:creation-date>{day}</meta:creation-date><dc:date>{day}</dc:date>"
        "</office:meta></office:document-meta>"
    )


def _manifest() -> str:
    files = {
        "/": MIMETYPE,
        "content.xml": "text/xml",
        "styles.xml": "text/xml",
        "meta.xml": "text/xml",
        "Pictures/emblem.png": "image/png",
    }
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in files.items()
    )
    return f'{HEAD}<manifest:manifest {NAMES} manifest:version="1.3">{entries}</manifest:manifest>'
