"""Fields of a PDF form in the places that links to "field:NAME" mark in a tagged page.

Typst knows no forms, but tags its links as PDF/UA asks: an annotation, an element of the structure with a reference to
it (OBJR), and a way back (StructParent). A field needs the same, so here the annotation becomes a Widget and its
element a Form (ISO 32000-1, 12.7 and 14.8.4.4.2). Delete this when Typst makes forms.
"""

import io
from dataclasses import dataclass
from typing import Any

import pikepdf
from fonts import field_font
from fontTools.agl import UV2AGL
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, String

MARK = "field:"
MULTILINE = 1 << 12  # ISO 32000-1, table 228
PRINT = 4
FONT = "/Text"
TYPED = f"{FONT} 11 Tf 0 g"
FIRST_SIGN, LAST_SIGN = 32, 255


@dataclass(frozen=True)
class FormField:
    label: str
    lines: int = 1
    is_box: bool = False


def put_in(tagged: bytes, fields: dict[str, FormField], language: str) -> bytes:
    """`tagged` with all of `fields`, each where its mark stands. Raises LookupError where one has none."""
    with Pdf.open(io.BytesIO(tagged)) as pdf:
        fonts = Dictionary({FONT: _font(pdf)})
        widgets = []
        for page in pdf.pages:
            for annotation in page.get("/Annots", Array()):
                name = str(annotation.A.get("/URI", "")) if "/A" in annotation else ""
                if name.startswith(MARK):
                    _make_widget(pdf, annotation, name.removeprefix(MARK), fields, fonts)
                    annotation.P = page.obj
                    widgets.append(annotation)
            page.Tabs = Name.S
        missing = fields.keys() - {str(widget.T) for widget in widgets}
        if missing:
            raise LookupError(f"No place for {sorted(missing)}")
        _make_forms(pdf.Root.StructTreeRoot)
        pdf.Root.AcroForm = pdf.make_indirect(
            Dictionary(Fields=Array(widgets), DR=Dictionary(Font=fonts), DA=String(TYPED))
        )
        pdf.Root.Lang = String(language)
        stream = io.BytesIO()
        pikepdf.settings.set_flate_compression_level(9)
        pdf.save(
            stream,
            deterministic_id=True,
            recompress_flate=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return stream.getvalue()


def _make_widget(pdf: Pdf, mark: Any, name: str, fields: dict[str, FormField], fonts: Any) -> None:
    field = fields[name]
    for key in ("/A", "/Contents", "/Border"):
        if key in mark:
            del mark[key]
    mark.Subtype, mark.F = Name.Widget, PRINT
    mark.T, mark.TU = String(name), String(field.label)
    left, bottom, right, top = (float(number) for number in mark.Rect)
    box = [0, 0, round(right - left, 2), round(top - bottom, 2)]
    if field.is_box:
        mark.FT, mark.V, mark.AS = Name.Btn, Name.Off, Name.Off
        width, height = box[2:]
        cross = f"q 1.2 w 2 2 m {width - 2:.2f} {height - 2:.2f} l 2 {height - 2:.2f} m {width - 2:.2f} 2 l S Q"
        mark.AP = Dictionary(N=Dictionary(Yes=_drawing(pdf, box, cross.encode()), Off=_drawing(pdf, box, b"")))
    else:
        mark.FT, mark.V, mark.DA = Name.Tx, String(""), String(TYPED)
        mark.Ff = MULTILINE if field.lines > 1 else 0
        mark.AP = Dictionary(N=_drawing(pdf, box, b"/Tx BMC EMC", fonts))


def _drawing(pdf: Pdf, box: list[float], content: bytes, fonts: Any = None) -> Any:
    drawing = pdf.make_stream(content)
    drawing.Type, drawing.Subtype, drawing.BBox = Name.XObject, Name.Form, Array(box)
    drawing.Resources = Dictionary(Font=fonts) if fonts is not None else Dictionary()
    return drawing


def _make_forms(element: Any) -> None:
    """Every element whose annotation is a field now is a Form."""
    children = element.get("/K")
    if children is None or isinstance(children, int):
        return
    for child in children if isinstance(children, Array) else [children]:
        if not isinstance(child, Dictionary):
            continue
        if child.get("/Type") == Name.OBJR and child.Obj.Subtype == Name.Widget:
            element.S = Name.Form
        elif "/S" in child:
            _make_forms(child)


# --- The font of what is typed: embedded, as PDF/UA asks of all fonts (7.21.4.1) ------------------


def _font(pdf: Pdf) -> Any:
    """A simple font with the signs of Windows-1250, where Polish letters have one byte each."""
    content = field_font()
    font = TTFont(io.BytesIO(content))
    glyphs, widths, scale = font.getBestCmap(), font["hmtx"], 1000 / font["head"].unitsPerEm
    signs = {code: bytes([code]).decode("cp1250", "ignore") for code in range(FIRST_SIGN, LAST_SIGN + 1)}
    known = {code: sign for code, sign in signs.items() if sign and ord(sign) in glyphs}
    file = pdf.make_stream(content)
    file.Length1 = len(content)
    head, lines, more = font["head"], font["hhea"], font["OS/2"]
    box = [round(number * scale) for number in (head.xMin, head.yMin, head.xMax, head.yMax)]
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/AtkinsonHyperlegibleNext"),
        Flags=1 << 5,  # no symbols
        FontBBox=Array(box),
        ItalicAngle=0,
        Ascent=round(lines.ascent * scale),
        Descent=round(lines.descent * scale),
        CapHeight=round(more.sCapHeight * scale),
        StemV=80,
        FontFile2=file,
    )
    different = [part for code, sign in known.items() for part in (code, Name(f"/{_glyph_name(sign)}"))]
    advance = [round(widths[glyphs[ord(known[code])]][0] * scale) if code in known else 0 for code in signs]
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name("/AtkinsonHyperlegibleNext"),
            FirstChar=FIRST_SIGN,
            LastChar=LAST_SIGN,
            Widths=Array(advance),
            FontDescriptor=pdf.make_indirect(descriptor),
            Encoding=Dictionary(Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=Array(different)),
            ToUnicode=pdf.make_stream(_to_unicode(known)),
        )
    )


def _glyph_name(sign: str) -> str:
    """By the Adobe Glyph List: any reader understands uniXXXX."""
    return UV2AGL.get(ord(sign), f"uni{ord(sign):04X}")


def _to_unicode(signs: dict[int, str]) -> bytes:
    rows = [f"<{code:02X}> <{ord(sign):04X}>" for code, sign in signs.items()]
    parts = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    ranges = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /Typed def /CMapType 2 def\n1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{ranges}\nendcmap end end"
    ).encode()
