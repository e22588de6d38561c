"""A template as DOCX: real headings and lists, content controls to write in, no macros."""

import io
from datetime import UTC, datetime
from functools import singledispatch
from typing import Any

import docx
from archive import pack, unpack
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from lxml import etree
from source import ROOT, Example, Field, Heading, Items, Source, Table, Text, Tick

EMBLEM = ROOT / "static" / "img" / "eu-emblem.png"
KEPT_STYLES = {
    "Normal",
    "Title",
    "Heading1",
    "ListBullet",
    "Quote",
    "TableGrid",
    "TableNormal",
    "DefaultParagraphFont",
    "NoList",
    "Header",
    "Footer",
}
NEEDLESS = ("docProps/thumbnail", "word/stylesWithEffects", "customXml/", "word/webSettings")
GREY = RGBColor(0x55, 0x55, 0x55)


def build(source: Source) -> bytes:
    document = docx.Document()
    _set_styles(document, source.language)
    _set_properties(document, source)
    maker = Maker(document, source)
    document.add_paragraph(source.title, "Title")
    for block in source.blocks:
        add(block, maker)
    _add_funding(document, source)
    stream = io.BytesIO()
    document.save(stream)
    return pack(_without_needless(unpack(stream.getvalue())))


class Maker:
    """The document that grows, and the numbers of its fields."""

    def __init__(self, document: Any, source: Source) -> None:
        self.document, self.source, self.count = document, source, 0

    def control(self, label: str, lines: int = 1) -> Any:
        """Room to write in: a content control, named for screen readers (ECMA-376, part 1, 17.5.2)."""
        self.count += 1
        control = self._control(label, f"<w:text{' w:multiLine=' + chr(34) + '1' + chr(34) if lines > 1 else ''}/>")
        control.find(qn("w:sdtPr")).insert(3, OxmlElement("w:showingPlcHdr"))
        run = control.find(qn("w:sdtContent")).find(qn("w:r"))
        run.find(qn("w:t")).text = self.source.words["write_here"]
        run.insert(0, parse_xml(f'<w:rPr {nsdecls("w")}><w:color w:val="555555"/></w:rPr>'))
        return control

    def box(self, label: str) -> Any:
        self.count += 1
        kind = (
            '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
            '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
        )
        control = self._control(label, kind)
        run = control.find(qn("w:sdtContent")).find(qn("w:r"))
        run.find(qn("w:t")).text = "☐"
        font = '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/>'
        run.insert(0, parse_xml(f"<w:rPr {nsdecls('w')}>{font}</w:rPr>"))
        return control

    def _control(self, label: str, kind: str) -> Any:
        names = f'{nsdecls("w")} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
        control = parse_xml(
            f'<w:sdt {names}><w:sdtPr><w:alias/><w:tag/><w:id w:val="{self.count}"/>{kind}</w:sdtPr>'
            "<w:sdtContent><w:r><w:t/></w:r></w:sdtContent></w:sdt>"
        )
        properties = control.find(qn("w:sdtPr"))
        properties.find(qn("w:alias")).set(qn("w:val"), label[:64])  # Word takes no longer one
        properties.find(qn("w:tag")).set(qn("w:val"), f"field-{self.count}")
        return control


@singledispatch
def add(block: Any, maker: Maker) -> None:
    raise TypeError(f"No DOCX of {type(block).__name__}")


@add.register
def _(block: Heading, maker: Maker) -> None:
    maker.document.add_paragraph(block.text, "Heading 1")


@add.register
def _(block: Text, maker: Maker) -> None:
    maker.document.add_paragraph(block.text)


@add.register
def _(block: Example, maker: Maker) -> None:
    maker.document.add_paragraph(block.text, "Quote")


@add.register
def _(block: Items, maker: Maker) -> None:
    for text in block.texts:
        maker.document.add_paragraph(text, "List Bullet")


@add.register
def _(block: Field, maker: Maker) -> None:
    label = maker.document.add_paragraph()
    label.add_run(f"{block.label}:").bold = True
    if block.lines == 1:
        label.add_run(" ")
        label._p.append(maker.control(block.label))
        return
    label.paragraph_format.keep_with_next = True
    room = maker.document.add_paragraph()
    room.paragraph_format.space_after = Pt(14 * (block.lines - 1))
    room._p.append(maker.control(block.label, block.lines))


@add.register
def _(block: Tick, maker: Maker) -> None:
    paragraph = maker.document.add_paragraph()
    paragraph._p.append(maker.box(block.label))
    paragraph.add_run(f" {block.label}")


@add.register
def _(block: Table, maker: Maker) -> None:
    table = maker.document.add_table(1, len(block.head), "Table Grid")
    for cell, words in zip(table.rows[0].cells, block.head, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    for number, row in enumerate(block.rows):
        cells = table.add_row().cells
        for column, (cell, words) in enumerate(zip(cells, row, strict=True)):
            paragraph = cell.paragraphs[0]
            if words:
                paragraph.add_run(words)
            else:
                paragraph._p.append(maker.control(block.label(number, column, maker.source.words["row"])))
    maker.document.add_paragraph().paragraph_format.space_after = Pt(0)


def _add_funding(document: Any, source: Source) -> None:
    words = source.words
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(24)
    paragraph.paragraph_format.keep_with_next = True
    picture = paragraph.add_run().add_picture(str(EMBLEM), height=Cm(1.2))
    about = picture._inline.docPr
    about.set("descr", words["emblem"])
    about.set("name", words["emblem"])
    paragraph.add_run(f"  {words['statement']}").bold = True
    for text in (words["project"], words["disclaimer"]):
        small = document.add_paragraph()
        small.add_run(text).font.size = Pt(9)


def _set_styles(document: Any, language: str) -> None:
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for name, size in (("Title", 20), ("Heading 1", 14)):
        style = styles[name]
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), True, RGBColor(0x0B, 0x3F, 0x47)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        style.font.name = "Arial"
        borders = style.element.pPr.find(qn("w:pBdr"))
        if borders is not None:
            style.element.pPr.remove(borders)
    styles["Heading 1"].paragraph_format.space_before = Pt(16)
    styles["Heading 1"].paragraph_format.space_after = Pt(4)
    quote = styles["Quote"]
    quote.font.italic, quote.font.color.rgb = True, GREY
    quote.paragraph_format.left_indent = Cm(0.5)
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    tag = defaults.find(qn("w:lang"))
    tag.set(qn("w:val"), {"pl": "pl-PL", "en": "en-GB"}.get(language, language))
    for style in list(styles.element.findall(qn("w:style"))):
        if style.get(qn("w:styleId")) not in KEPT_STYLES:
            styles.element.remove(style)
            continue
        for link in style.findall(qn("w:link")):
            style.remove(link)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2)


def _set_properties(document: Any, source: Source) -> None:
    about = document.core_properties
    day = datetime(source.version.year, source.version.month, source.version.day, tzinfo=UTC)
    about.title, about.subject, about.language = source.title, source.purpose, source.language
    about.author = about.last_modified_by = source.words["author"]
    about.created = about.modified = day
    about.comments, about.keywords, about.revision = "", "", 1


def _without_needless(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Without the picture of the first page and the parts that only Word of 2010 asks for."""
    kept = {name: content for name, content in parts.items() if not name.startswith(NEEDLESS)}
    for name in [name for name in kept if name.endswith(".rels") or name == "[Content_Types].xml"]:
        tree = parse_xml(kept[name])
        for entry in list(tree):
            target = (entry.get("Target") or entry.get("PartName") or "").removeprefix("../").lstrip("/")
            target = target if "/" in target or name == "_rels/.rels" else f"word/{target}"
            if target.startswith(NEEDLESS):
                tree.remove(entry)
        kept[name] = _xml(tree)
    return kept


def _xml(tree: Any) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
