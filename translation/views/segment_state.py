"""How far a translation is: for the editor of segments, and again each time it has saved by itself."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from translation.views.segment_rows import SegmentRow


@dataclass(frozen=True)
class Counter:
    """`parts`: how many have words; of them `ready`, `waiting` for a person, and `unsure`: the same in both."""

    parts: int
    ready: int
    waiting: int
    unsure: int


def counted(rows: list[SegmentRow]) -> Counter:
    parts = [row for row in rows if row.is_part]
    unsure = sum(1 for row in parts if row.is_unsure)
    waiting = sum(1 for row in parts if not row.answer or row.is_of_machine)
    return Counter(len(parts), len(parts) - waiting - unsure, waiting, unsure)


def for_script(rows: list[SegmentRow]) -> dict[str, Any]:
    """What the page shows otherwise now: the sentence on top, the bar, and each segment by its number."""
    counter = counted(rows)
    return {
        "standing": render_to_string("translation/parts/standing.html", {"counter": counter}),
        "ready": counter.ready,
        "rows": {row.number: _shown(row) for row in rows},
    }


def _shown(row: SegmentRow) -> dict[str, Any]:
    return {
        "mark": render_to_string("translation/parts/mark.html", {"mark": row.mark}).strip(),
        "notices": render_to_string("translation/parts/notices.html", {"notices": row.notices}),
        "is_ready": row.is_ready,
        "is_unsure": row.is_unsure,
        "is_of_machine": row.is_of_machine,
        **({"address": row.value} if row.unit.segment.kind == "slug" else {}),
    }
