"""What changed between two versions of an original, segment by segment, and so what a translation has to take up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, Literal

from wagtail.models import Revision

from approval.models import LedgerEntry
from translation import facts, markup, segments
from translation.facts import FactChange
from translation.freshness import Pair, State
from translation.segments import Segment

SegmentChangeKind = Literal["new", "changed", "removed"]


@dataclass(frozen=True)
class SegmentChange:
    """One segment that differs. `segment`: as it is now, or as it was if it is gone; `before`: its old words."""

    kind: SegmentChangeKind
    segment: Segment
    before: str = ""


def between(before: list[Segment], after: list[Segment]) -> list[SegmentChange]:
    """The differences in words, in the order of `aligned`; what else differs is a fact."""
    found = []
    for was, now in aligned(*([unit for unit in units if unit.is_words] for units in (before, after))):
        if was is None and now is not None:
            found.append(SegmentChange("new", now))
        elif now is None and was is not None:
            found.append(SegmentChange("removed", was))
        elif was is not None and now is not None and was.text != now.text:
            found.append(SegmentChange("changed", now, was.text))
    return found


def differences(before: Any, now: Any) -> list[SegmentChange | FactChange]:
    """Everything that differs between two versions of an original: what a translation has to take up, to be counted."""
    return _differences(now, segments.content_of(before), segments.content_of(now), in_words=True)


def _differences(
    text: Any, before: segments.Content, now: segments.Content, in_words: bool
) -> list[SegmentChange | FactChange]:
    words = between(segments.segments_in(text, before), segments.segments_in(text, now))
    old, new = facts.within(text, before), facts.within(text, now)
    return [*words, *facts.between(old, new, in_words)]


def say_other(one: str, other: str) -> bool:
    """Whether two texts differ in a letter or a number, and not only in a full stop or a space."""
    return _signs(one) != _signs(other)


def _signs(text: str) -> list[str]:
    return [sign for sign in markup.plain(text).casefold() if sign.isalnum()]


def aligned(before: list[Segment], after: list[Segment]) -> Iterator[tuple[Segment | None, Segment | None]]:
    """Segments of two versions that belong together, with None for the missing half of what is new or gone.

    In the order of `after`, with blocks that are gone at the end. Within one block segments are matched by their words:
    a new first paragraph makes no other one new.
    """
    old, new = segments.by_place(before), segments.by_place(after)
    for place, units in new.items():
        gone = old.pop(place, [])
        old_words, new_words = [unit.text for unit in gone], [unit.text for unit in units]
        for _op, a1, a2, b1, b2 in SequenceMatcher(None, old_words, new_words, autojunk=False).get_opcodes():
            yield from zip_longest(gone[a1:a2], units[b1:b2])
    yield from ((unit, None) for units in old.values() for unit in units)


def counted(pairs: Iterable[Pair]) -> dict[int, int]:
    """How many segments and facts changed since each outdated translation was approved, by the original's number.

    Two queries. Left out is what can't be had any more.
    """
    outdated: list[Any] = [pair.original for pair in pairs if pair.state == State.OUTDATED]
    if not outdated:
        return {}
    versions = _published_versions(outdated)
    wanted = {
        page.pk: (
            versions.get((page.pk, page.translation_source_version)),
            versions.get((page.pk, page.public_source_version)),
        )
        for page in outdated
    }
    contents = dict(
        Revision.objects.filter(pk__in=[number for both in wanted.values() for number in both if number]).values_list(
            "pk", "content"
        )
    )
    found = {}
    for page in outdated:
        before, after = (contents.get(number) for number in wanted[page.pk])
        if before and after:
            found[page.pk] = len(_differences(page.specific_class(), before, after, in_words=False))
    return found


def _published_versions(pages: list[Any]) -> dict[tuple[int, Any], int]:
    """The newest version of each source version that was public."""
    entries = (
        LedgerEntry.objects.publications()
        .filter(
            content_type=pages[0].get_base_content_type(),
            object_id__in=[str(page.pk) for page in pages],
            revision_number__isnull=False,
        )
        .order_by("pk")
        .values_list("object_id", "source_version", "revision_number")
    )
    return {(int(number), source_version): version for number, source_version, version in entries}
