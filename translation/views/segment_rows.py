"""A row of the editor of segments: the question, and the answer that somebody has typed."""

from typing import Any

from django.utils.translation import gettext as _

from approval.text_cleaning import typed_slug
from translation import checks, drafts
from translation.segmented import TranslationUnit


class SegmentRow:
    """A segment with the answer that stands in its field."""

    def __init__(self, number: int, unit: TranslationUnit, given: dict[str, str] | None = None) -> None:
        self.number, self.unit = number, unit
        self.value = unit.said or unit.offered
        self.fits = False
        self.error = self.theirs = ""
        if given is not None:
            self.value = given.get(f"words:{unit.segment.path}", self.value).replace("\r\n", "\n").strip()
            if unit.segment.kind == "slug":
                self.value = typed_slug(self.value)
            self.fits = f"fits:{unit.segment.path}" in given

    @property
    def answer(self) -> str:
        """The words that count as translated; "" while nobody has looked at a change."""
        untouched = self.unit.status == "changed" and self.value == self.unit.offered
        return "" if untouched and not self.fits else self.value

    @property
    def is_unsure(self) -> bool:
        """Whether the original's words stand here: a name, or a short heading that somebody is about to forget."""
        return not self.unit.is_approved and drafts.is_same(self.unit.segment, self.value)

    def check(self, original: Any) -> None:
        self.error = checks.problem_of(original, self.unit.segment, self.value) if self.value else ""

    def require(self) -> None:
        if not self.error and not self.answer:
            changed = self.unit.status == "changed"
            self.error = (
                _("The original changed here: change the translation, or say that it still fits.")
                if changed
                else _("Not translated yet.")
            )
