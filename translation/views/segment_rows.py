"""The rows of the editor of segments: each a question, and the answer that somebody has typed."""

from typing import Any

from django.utils.translation import gettext as _

from approval.text_cleaning import typed_slug
from translation import changes, checks, memory, progress
from translation.addresses import address_for
from translation.notices.base import Notice
from translation.segmented import SegmentedTranslation, TranslationUnit
from translation.suggestions import Suggestion


class SegmentRow:
    """A segment with the answer that stands in its field."""

    def __init__(self, number: int, unit: TranslationUnit, given: dict[str, str] | None = None) -> None:
        self.number, self.unit = number, unit
        self.value = unit.said or unit.offered
        self.fits = self.is_kept = self.is_checked = False
        self.machine_words = ""
        self.error = self.theirs = ""
        self.suggestions: list[Suggestion] = []
        self.notices: list[tuple[str, Notice]] = []
        if given is not None:
            self.value = given.get(f"words:{unit.segment.path}", self.value).replace("\r\n", "\n").strip()
            if unit.segment.kind == "slug":
                self.value = typed_slug(self.value)
            self.fits = f"fits:{unit.segment.path}" in given
            self.is_kept = f"same:{unit.segment.path}" in given
            self.is_checked = f"checked:{unit.segment.path}" in given

    @property
    def answer(self) -> str:
        """The words that count as translated; "" while nobody has looked at a change."""
        untouched = self.unit.status == "changed" and not self._is_taken_up
        return "" if untouched and not self.fits else self.value

    @property
    def _is_taken_up(self) -> bool:
        """A full stop takes up none but a small change, of a full stop there."""
        unit = self.unit
        is_small = not changes.say_other(unit.before, unit.segment.text)
        return self.value != unit.offered and (is_small or changes.say_other(unit.offered, self.value))

    @property
    def is_of_machine(self) -> bool:
        """Whether a machine wrote what stands here, and no person has changed or checked it."""
        is_unchanged = memory.plain(self.value) == memory.plain(self.machine_words)
        return bool(self.machine_words) and is_unchanged and not self.is_checked

    @property
    def is_ready(self) -> bool:
        return bool(self.answer) and not self.is_unsure and not self.is_of_machine

    @property
    def is_part(self) -> bool:
        return progress.is_part(self.unit.segment)

    @property
    def mark(self) -> str:
        """What is to be seen of it: "machine", "changed", "new", "same", or "" once it is translated."""
        if self.is_of_machine:
            return "machine"
        if not self.answer:
            return "changed" if self.unit.status == "changed" else "new"
        return "same" if progress.is_same(self.unit.segment, self.value) else ""

    @property
    def is_as_approved(self) -> bool:
        return self.unit.is_approved and self.value == self.unit.said

    @property
    def is_unsure(self) -> bool:
        """Whether the original's words stand here: a name, or a short heading that somebody is about to forget."""
        return not self.unit.is_approved and progress.is_same(self.unit.segment, self.value)

    def check(self, original: Any) -> None:
        self.error = checks.problem_of(original, self.unit.segment, self.value) if self.value else ""

    def require(self) -> None:
        if not self.error and self.is_of_machine:
            self.error = _("A machine wrote this: change it, or say that you checked it.")
        if not self.error and not self.answer:
            changed = self.unit.status == "changed"
            self.error = (
                _("The original changed here: change the translation, or say that it still fits.")
                if changed
                else _("Not translated yet.")
            )


def take_in_what_others_saved(rows: list[SegmentRow], number: str, original: Any, page: Any) -> None:
    """Segments that this person left alone get the newest words; where both wrote, the other's stand beside.

    `number`: of the version that this person's form was made from.
    """
    seen = page.revisions.filter(pk=number).first() if number.isdecimal() else None
    if seen is None or seen.pk == page.latest_revision_id:
        return
    units = SegmentedTranslation(seen.as_object(), original, page).units
    shown = {unit.segment.path: SegmentRow(0, unit).value for unit in units}
    for row in rows:
        before, newest = shown.get(row.unit.segment.path), SegmentRow(0, row.unit).value
        if row.value == before:
            row.value = newest
        elif newest not in (before, row.value):
            row.theirs = newest


def name_address(rows: list[SegmentRow], draft: Any, original: Any) -> None:
    title = next((row for row in rows if row.unit.segment.path == "title"), None)
    slug = next((row for row in rows if row.unit.segment.kind == "slug"), None)
    if title and slug:
        slug.value = address_for(draft, original, title.value, slug.value)


def check_address(rows: list[SegmentRow], original: Any, page: Any) -> None:
    slug = next((row for row in rows if row.unit.segment.kind == "slug"), None)
    if slug and checks.is_address_taken(original, page, page.get_parent(), slug.value):
        slug.error = _("Another page of this section has this address.")
