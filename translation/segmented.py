"""A translation put together from segments: what stays of it, what is new, what changed in the original.

The draft always has the shape of the original that visitors read now. A segment that nobody has translated yet holds
the original's words in it, so it is known by them; what the translation said in that place before is offered.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from functools import cached_property
from typing import Any, Literal

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import Page

from approval.diff import comparison
from translation import changes, drafts, markup, merge, originals, progress, segments
from translation.segments import Content, Segment

Status = Literal["same", "changed", "new"]


@dataclass(frozen=True)
class TranslationUnit:
    """One segment of the original, and what the translation says there.

    `said`: "" where nobody has translated it. `offered`: what the translation said in that place before, for an
    original that changed. `before`: what the original said there then. `is_approved`: the public translation says it.
    """

    segment: Segment
    status: Status
    said: str
    offered: str = ""
    before: str = ""
    is_approved: bool = False

    @property
    def is_same_in_both(self) -> bool:
        return progress.is_same(self.segment, self.said)

    @cached_property
    def difference(self) -> list[comparison.DifferencePart]:
        """What changed in the original, word by word."""
        return list(comparison.words(markup.plain(self.before), markup.plain(self.segment.text))) if self.before else []


@dataclass(frozen=True)
class Known:
    """What a translation says for a segment of the original, and what the original said there then."""

    said: str
    before: str


Shape = tuple[frozenset[str], tuple[tuple[str, markup.Links], ...]]
"""The ids of a text's blocks, and where the links of each paragraph lead: in another order they would be mixed up."""


class SegmentedTranslation:
    """The draft of one translation beside its original as visitors read it."""

    def __init__(self, draft: Any, original: Any, page: Any = None) -> None:
        """`page`: the row of the translation, if older words of it are to be offered."""
        self.draft, self.original = draft, original
        self._read: dict[int, tuple[Any, Content, list[Segment]]] = {}
        self.is_public = bool(page and page.live)
        self.earlier = page if self.is_public else page and _made_of_earlier_words(page, original)
        self.base = self._original_of(draft)

    def _original_of(self, translation: Any) -> Any:
        """The original as it was when `translation` was made of it."""
        if translation is None or translation.source_version == self.original.source_version:
            return self.original
        return originals.published_as(self.original, translation.source_version)

    @cached_property
    def fits(self) -> bool:
        """Whether the draft is built as its original was; else somebody gave it blocks or paragraphs of its own."""
        return self.base is not None and self._shape(self.draft) == self._shape(self.base)

    @cached_property
    def units(self) -> list[TranslationUnit]:
        now = self._segments(self.original)
        mine = self._known(now, self.base, self.draft) if self.fits else {}
        earlier_base = self._original_of(self.earlier)
        theirs = self._known(now, earlier_base, self.earlier) if self.earlier and earlier_base is not None else {}
        return [_unit(segment, mine.get(segment.path), theirs.get(segment.path), self.is_public) for segment in now]

    @cached_property
    def changed_since(self) -> list[changes.SegmentChange] | None:
        """What the original says differently than when the public translation was made; None where nobody knows."""
        before = self._original_of(self.earlier)
        return changes.between(*map(self._segments, (before, self.original))) if before is not None else None

    def content(self, words: dict[str, str]) -> Content:
        """The draft's content with `words` (path → translation); "" leaves the original's words in their place."""
        now, base, mine = (segments.content_of(text) for text in (self.original, self.base, self.draft))
        kept = merge.kept(*(merge.unpacked(self.draft, content) for content in (now, base, mine)))
        merged = merge.with_own_rows(self.draft, merge.packed(self.draft, {**mine, **kept}), mine)
        merged |= {name: mine[name] for name in getattr(self.draft, "about_version", ()) if name in mine}
        there = {segment.path: segment.text for segment in segments.segments_of(self.original)}

        def say(segment: Segment) -> str:
            return words.get(segment.path) or there.get(segment.path, segment.text)

        return segments.rewritten(self.draft, merged, say, follow=drafts.links_into(self.draft.locale))

    # --- What is read of a text, once: it takes a long page apart, and asks the database for its remarks

    def _content_and_segments(self, text: Any) -> tuple[Content, list[Segment]]:
        if id(text) not in self._read:
            content = segments.content_of(text)
            self._read[id(text)] = text, content, segments.segments_in(text, content)  # `text`: so that its id stays
        return self._read[id(text)][1:]

    def _segments(self, text: Any) -> list[Segment]:
        return self._content_and_segments(text)[1]

    def _known(self, now: list[Segment], base: Any, translation: Any) -> dict[str, Known]:
        """For each segment of the original as it is `now`: what `translation`, made of `base`, says there."""
        said = {segment.path: segment.text for segment in self._segments(translation)}
        pairs = changes.aligned(self._segments(base), now)
        return {new.path: Known(said[old.path], old.text) for old, new in pairs if old and new and old.path in said}

    def _shape(self, text: Any) -> Shape:
        content, found = self._content_and_segments(text)
        ids: set[str] = set()
        for value in merge.unpacked(text, content).values():
            ids.update(_ids(value))
        paragraphs = [unit for unit in found if unit.kind == "markup"]
        keys = link_keys({link for unit in paragraphs for link in unit.links})
        return frozenset(ids), tuple(
            (unit.path, tuple(keys.get(link, link) for link in unit.links)) for unit in paragraphs
        )


def _made_of_earlier_words(page: Any, original: Any) -> Any:
    """The newest version of a translation of an earlier source version of `original`; None if there is none.

    A draft made of the newest source version holds the original's words where nobody has looked at a change yet.
    """
    if original.source_version is None:
        return None
    source_version = DjangoJSONEncoder().default(original.source_version.astimezone(UTC))  # as a version keeps it
    revision = page.revisions.exclude(content__source_version=source_version).order_by("-created_at", "-pk").first()
    return revision and revision.as_object()


# --- Which words belong together ------------------------------------------------------------------


def _unit(segment: Segment, mine: Known | None, theirs: Known | None, is_public: bool) -> TranslationUnit:
    # What stands in the public translation has been approved, as a name that is the same in both languages.
    approved = is_public and theirs is not None and theirs == mine
    if mine and mine.before == segment.text and (approved or not _is_untouched(segment, mine, theirs)):
        return TranslationUnit(segment, "same", mine.said, is_approved=approved)
    known = _nearest(segment, mine, theirs)
    if known is None:
        return TranslationUnit(segment, "new", "")
    if known.before == segment.text:
        return TranslationUnit(segment, "same", known.said)
    return TranslationUnit(segment, "changed", "", offered=known.said, before=known.before)


def _is_untouched(segment: Segment, mine: Known, theirs: Known | None) -> bool:
    """Whether the original's words still stand in a draft; short ones are often names, unless one was translated."""
    had_another = theirs is not None and theirs.said != theirs.before
    return mine.said == mine.before and (had_another or drafts.is_worth_translating(segment))


def _nearest(segment: Segment, mine: Known | None, theirs: Known | None) -> Known | None:
    """The translation of the same words, else the newest one, else a name; None where there is none."""
    of_the_same = theirs if theirs and theirs.before == segment.text else None
    for known in (of_the_same, mine, theirs):
        if known and known.said != known.before:
            return known
    return None if drafts.is_worth_translating(segment) else theirs or mine


# --- Whether both are built alike -------------------------------------------------------------------


def link_keys(links: set[str]) -> dict[str, str]:
    """Links to pages → what the page has in common with its translations."""
    numbers = {link: int(link.removeprefix("page ")) for link in links if link.startswith("page ")}
    pages = dict(Page.objects.filter(pk__in=numbers.values()).values_list("pk", "translation_key"))
    return {link: str(pages.get(number, number)) for link, number in numbers.items()}


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if {"type", "value", "id"} <= set(value):
            yield str(value["id"])
        for inner in value.values():
            yield from _ids(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _ids(inner)
