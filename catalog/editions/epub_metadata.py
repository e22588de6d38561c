"""What an EPUB says of itself: title, number, language, licence, and for whom it can be read."""

from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from django.utils.translation import override


def metadata_xml(book: dict[str, Any]) -> str:
    """Dublin Core for Pandoc. The identifier comes of language and number: it is the same whenever it is made."""
    said = {
        "title": f"{book['title']} {book['number']}",
        "language": book["language"],
        "creator": book["author"],
        "publisher": book["author"],
        "date": "-".join(f"{part:02}" for part in book["date"]),
        "description": book["lead"],
        "rights": book["licence"],
    }
    lines = [f"<dc:{name}>{escape(str(value))}</dc:{name}>" for name, value in said.items() if value]
    return "\n".join([f'<dc:identifier opf:scheme="URI">{escape(book["address"])}</dc:identifier>', *lines])


def accessibility(book: dict[str, Any]) -> str:
    """Metadata of schema.org, as EPUB Accessibility 1.1 asks for; what is claimed is tested."""
    has_pictures = bool(book["pictures"])
    with override(book["language"]):
        summary = _(
            "All text can be read aloud and enlarged. Headings, lists, tables and footnotes are marked as such, "
            "words in other languages too, and pictures are described."
        )
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"]
    said = [
        ("accessMode", "textual"),
        *([("accessMode", "visual"), ("accessibilityFeature", "alternativeText")] if has_pictures else []),
        ("accessModeSufficient", "textual"),
        *(("accessibilityFeature", feature) for feature in features),
        ("accessibilityHazard", "none"),
        ("accessibilitySummary", str(summary)),
    ]
    return "".join(f'\n    <meta property="schema:{name}">{escape(value)}</meta>' for name, value in said) + "\n  "
