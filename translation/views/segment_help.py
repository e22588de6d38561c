"""What helps with each segment in the editor: what was approved before for such words, and what is worth a look."""

from typing import Any

from django.template.loader import render_to_string

from translation.notices.base import TranslatedSegment
from translation.notices.finder import NoticeFinder
from translation.suggestions import TranslationMemory
from translation.views.segment_rows import SegmentRow


def attach(rows: list[SegmentRow], original: Any, page: Any) -> int:
    """Gives each row of the translation `page` its suggestions and notices, of one reading of the memory.

    Returns how many notices of the page somebody has put away.
    """
    known = TranslationMemory(original.locale, page.locale)
    for row in rows:
        found = known.suggestions(row.unit.segment, known=row.value)
        row.suggestions = [one for one in found if not row.is_ready or one.percent == 100]
    return _attach_notices(rows, original, page, known)


def notices_as_html(rows: list[SegmentRow], original: Any, page: Any) -> dict[int, str]:
    """The notices of each row by its number, for the script to show."""
    _attach_notices(rows, original, page, TranslationMemory(original.locale, page.locale))
    return {row.number: render_to_string("translation/parts/notices.html", {"notices": row.notices}) for row in rows}


def _attach_notices(rows: list[SegmentRow], original: Any, page: Any, known: TranslationMemory) -> int:
    finder = NoticeFinder(original, page, known)
    asked = [row for row in rows if row.is_ready and row.unit.segment.kind in ("text", "markup")]
    found = finder.find((row.unit.segment, row.value) for row in asked)
    for row in asked:
        unit = TranslatedSegment(row.unit.segment, row.value, *finder.languages)
        row.notices = [(notice.fingerprint_at(unit), notice) for notice in found[row.unit.segment.path]]
    return len(finder.dismissed)
