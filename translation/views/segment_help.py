"""What helps with each segment in the editor: what was approved before for such words."""

from typing import Any

from translation.suggestions import TranslationMemory
from translation.views.segment_rows import SegmentRow


def attach(rows: list[SegmentRow], original: Any, page: Any) -> None:
    """Gives each row of the translation `page` its suggestions, of one reading of the memory."""
    memory = TranslationMemory(original.locale, page.locale)
    for row in rows:
        found = memory.suggestions(row.unit.segment, known=row.value)
        is_waiting = not row.answer or row.is_unsure
        row.suggestions = [one for one in found if is_waiting or one.percent == 100]
