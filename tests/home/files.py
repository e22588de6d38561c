"""Small files of each kind whose text the search reads."""

import io
import zipfile

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def archive(**parts: str | bytes) -> bytes:
    """A zip; two underscores in a name stand for a slash, one at its end for the dot of ".xml"."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(f"{name.replace('__', '/')}.xml", content)
    return stream.getvalue()


def odt(paragraphs: str) -> bytes:
    body = f"<office:body><office:text>{paragraphs}</office:text></office:body>"
    return archive(
        content=f'<office:document-content xmlns:office="{OFFICE}" xmlns:text="{TEXT}">{body}</office:document-content>'
    )


def docx(paragraphs: str) -> bytes:
    return archive(
        word__document=f'<w:document xmlns:w="{WORD}"><w:body>{paragraphs}</w:body></w:document>',
        word__comments=f'<w:comments xmlns:w="{WORD}"><w:p><w:r><w:t>Uwaga</w:t></w:r></w:p></w:comments>',
    )


def pdf(*pages: str) -> bytes:
    """Each page with one line of Latin letters."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, words in enumerate(pages):
        drawing = f"BT /F1 12 Tf 50 700 Td ({words}) Tj ET"
        of_page = f"/Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R"
        objects.append(f"<< /Type /Page {of_page} /MediaBox [0 0 595 842] >>")
        objects.append(f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream")
    content, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF"
    return f"{content}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")
