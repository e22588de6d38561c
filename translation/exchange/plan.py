"""What becomes of a page when a file is taken over: looked at first, then done exactly so."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from wagtail.models import Locale, Page

from translation import drafts, segments
from translation.addresses import address_for
from translation.exchange import export
from translation.exchange.document import Document, FileProblem, plain
from translation.pending import pending
from translation.segmented import SegmentedTranslation, TranslationUnit


@dataclass(frozen=True)
class PlannedChange:
    """One segment that gets other words. `line` is its place in the file."""

    line: int
    label: str
    source: str
    old: str
    new: str


@dataclass
class PagePlan:
    """A file laid beside the page that it was sent for; `original` is None where it is for no such page.

    `content`: the file's bytes. `asked`: the page, as it was when somebody asked.
    """

    content: bytes
    document: Document | None
    asked: Any
    user: Any
    locale: Locale | None = None
    original: Any = None
    page: Any = None
    problems: list[FileProblem] = field(default_factory=list)
    notices: list[FileProblem] = field(default_factory=list)
    changes: list[PlannedChange] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=dict)
    """Path → words of the file that can stand there."""
    empty: int = 0
    fuzzy: int = 0
    missing: int = 0

    @property
    def is_possible(self) -> bool:
        return bool(self.changes) and not self.problems

    @property
    def seen(self) -> str:
        """SHA-256 of the file and of what becomes of the page: the same as long as it would do the same."""
        original = self.original and [self.original.pk, export.source_version_of(self.original)]
        page = [self.page.pk, self.page.latest_revision_id] if self.page else None
        whole = hashlib.sha256(json.dumps([original, page, self.given], sort_keys=True).encode())
        whole.update(self.content)
        return whole.hexdigest()

    # --- The page as it is

    @cached_property
    def draft(self) -> Any:
        return self.page.get_latest_revision_as_object() if self.page else None

    @cached_property
    def segmented(self) -> SegmentedTranslation | None:
        return SegmentedTranslation(self.draft, self.original, self.page) if self.page else None

    @cached_property
    def units(self) -> list[TranslationUnit]:
        return export.units_of(self.original, self.page)

    @cached_property
    def own(self) -> dict[str, str] | None:
        """Path → words of a draft that somebody gave blocks of its own; None for one built as its original."""
        if self.segmented is None or self.segmented.fits:
            return None
        return {segment.path: segment.text for segment in segments.segments_of(self.draft)}

    @cached_property
    def words(self) -> dict[str, str]:
        """Path → what the draft will say; "" leaves the original's words there, to be found before it is submitted."""
        return {unit.segment.path: self.given.get(unit.segment.path, unit.said) for unit in self.units}

    @cached_property
    def waiting(self) -> int:
        """Segments that will still hold the original's words."""
        waiting = (unit.segment for unit in self.units if not self.words[unit.segment.path])
        return sum(1 for segment in waiting if plain(segment.text).strip())

    @cached_property
    def new_content(self) -> segments.Content:
        if self.segmented and self.own is None:
            return self.segmented.content(self.words)
        return segments.rewritten(
            self.draft, segments.content_of(self.draft), lambda unit: self.given.get(unit.path, unit.text)
        )

    # --- Doing it

    def write(self) -> Page:
        """One new version of the draft. Only inside the transaction that locked the page."""
        if self.page is None:
            self.page = drafts.begin(self.original, self.locale, self.user).specific
            for name in ("draft", "segmented", "own", "units", "words", "new_content"):
                self.__dict__.pop(name, None)
        self._name_address()
        draft = self.page.with_content_json(self.new_content)
        if self.own is None or not (self.waiting or pending(draft, self.original)):
            draft.source_version = self.original.source_version
        draft.save_revision(user=self.user, clean=False, log_action=True)
        return self.page

    def _name_address(self) -> None:
        """The file's address where it names one; else it is made of the title."""
        if "slug" in self.given:
            return
        made = address_for(self.draft, self.original, self.given.get("title", self.draft.title), self.draft.slug)
        if made != self.draft.slug:
            self.given["slug"] = made
            for name in ("words", "new_content"):
                self.__dict__.pop(name, None)
