"""What changed between two versions of an original, piece by piece, and so what a translation has to take up."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from wagtail.models import Revision

from editorial.models import LedgerEntry
from editorial.translation import segments
from editorial.translation.freshness import Pair, State
from editorial.translation.segments import Segment

Kind = Literal["new", "changed", "removed"]


@dataclass(frozen=True)
class Change:
    """One piece that differs. `segment`: as it is now, or as it was if it is gone; `before`: its old words."""

    kind: Kind
    segment: Segment
    before: str = ""


def between(before: list[Segment], after: list[Segment]) -> list[Change]:
    """The differences, in the order of `after`; what is gone stands at the end. Addresses of pages don't count.

    Within one block pieces are matched by their words: a new first paragraph makes no other one new.
    """
    old, new = _by_place(before), _by_place(after)
    found = [change for place, pieces in new.items() for change in _within(old.pop(place, []), pieces)]
    found += [Change("removed", piece) for pieces in old.values() for piece in pieces]
    return found


def _by_place(pieces: list[Segment]) -> dict[str, list[Segment]]:
    places: dict[str, list[Segment]] = {}
    for piece in pieces:
        if piece.kind != "slug":
            places.setdefault(piece.place, []).append(piece)
    return places


def _within(old: list[Segment], new: list[Segment]) -> list[Change]:
    found = []
    matcher = SequenceMatcher(None, [piece.text for piece in old], [piece.text for piece in new])
    for op, a1, a2, b1, b2 in matcher.get_opcodes():
        if op == "equal":
            continue
        gone, come = old[a1:a2], new[b1:b2]
        both = min(len(gone), len(come))
        found += [Change("changed", piece, was.text) for was, piece in zip(gone, come, strict=False)]
        found += [Change("new", piece) for piece in come[both:]]
        found += [Change("removed", piece) for piece in gone[both:]]
    return found


def counted(pairs: Iterable[Pair]) -> dict[int, int]:
    """How many pieces changed since each outdated translation was approved, by the original's number: two queries.

    Left out is what can't be had any more.
    """
    outdated: list[Any] = [pair.original for pair in pairs if pair.state == State.OUTDATED]
    if not outdated:
        return {}
    versions = _published_versions(outdated)
    wanted = {
        page.pk: (versions.get((page.pk, page.translation_edition)), versions.get((page.pk, page.public_edition)))
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
            text = page.specific_class()
            old, new = segments.segments_in(text, before), segments.segments_in(text, after)
            found[page.pk] = len(between(old, new))
    return found


def _published_versions(pages: list[Any]) -> dict[tuple[int, Any], int]:
    """The newest version of each edition that was public."""
    entries = (
        LedgerEntry.objects.publications()
        .filter(
            content_type=pages[0].get_base_content_type(),
            object_id__in=[str(page.pk) for page in pages],
            revision_number__isnull=False,
        )
        .order_by("pk")
        .values_list("object_id", "edition", "revision_number")
    )
    return {(int(number), edition): version for number, edition, version in entries}
