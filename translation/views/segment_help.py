"""What helps with each segment in the editor: what was approved before for such words, and what is worth a look."""

from typing import Any

from django.urls import reverse

from approval.refusals import RefusedError
from translation import machine
from translation.notices.base import TranslatedSegment
from translation.notices.finder import NoticeFinder
from translation.suggestions import TranslationMemory
from translation.views.segment_rows import SegmentRow


def context(rows: list[SegmentRow], original: Any, page: Any, is_locked: bool) -> dict[str, Any]:
    """Gives each row of the translation `page` its suggestions and notices; returns what else the page shows.

    `dismissed`: how many notices somebody has put away. `machine`: what could translate the rest, or None.
    """
    known = TranslationMemory(original.locale, page.locale)
    for row in rows:
        found = known.suggestions(row.unit.segment, known=row.value)
        row.suggestions = [one for one in found if not row.is_ready or one.percent == 100]
    dismissed = _attach_notices(rows, original, page, known)
    return {
        "dismissed": 0 if is_locked else dismissed,
        "machine": None if is_locked else _machine_for(rows, original, page),
        "notices_url": reverse("translation:notices", args=(page.pk,)),
    }


def attach_notices(rows: list[SegmentRow], original: Any, page: Any) -> None:
    """Gives each row the notices of what was just saved."""
    _attach_notices(rows, original, page, TranslationMemory(original.locale, page.locale))


# --- A machine translator, where there is one


def _machine_for(rows: list[SegmentRow], original: Any, page: Any) -> Any:
    """The machine that could translate what nobody has translated yet; None without one, or with nothing to do."""
    return machine.translator_for(original, page.locale) if _untranslated(rows) else None


def with_machine_words(rows: list[SegmentRow], page: Any) -> list[SegmentRow]:
    marked = machine.marked(page)
    for row in rows:
        row.machine_words = marked.get(row.unit.segment.path, "")
    return rows


def ask_machine(rows: list[SegmentRow], original: Any, page: Any) -> str:
    """Lets the machine write where nobody has written. Returns why it didn't; "" if it did."""
    asked = _untranslated(rows)
    try:
        written = machine.translate([row.unit.segment for row in asked], original, page.locale)
    except RefusedError as error:
        return str(error)
    machine.remember(page, written)
    for row in asked:
        row.value = row.machine_words = written.get(row.unit.segment.path, "")
    return ""


def forget_checked(rows: list[SegmentRow], page: Any) -> None:
    """Words that a person has changed or checked are theirs from now on."""
    machine.forget(page, [row.unit.segment.path for row in rows if row.machine_words and not row.is_of_machine])


def _untranslated(rows: list[SegmentRow]) -> list[SegmentRow]:
    return [row for row in rows if not row.value and row.unit.segment.kind in ("text", "markup")]


# --- Notices


def _attach_notices(rows: list[SegmentRow], original: Any, page: Any, known: TranslationMemory) -> int:
    finder = NoticeFinder(original, page, known)
    asked = [
        row for row in rows if row.is_ready and not row.is_as_approved and row.unit.segment.kind in ("text", "markup")
    ]
    found = finder.find((row.unit.segment, row.value) for row in asked)
    for row in asked:
        unit = TranslatedSegment(row.unit.segment, row.value, *finder.languages)
        row.notices = [(notice.fingerprint_at(unit), notice) for notice in found[row.unit.segment.path]]
    return len(finder.dismissed)
