"""What changed in an original and was neither changed nor confirmed in its translation.

A change counts as taken up when its place in the translation was changed after visitors could read the new original.
Where the two texts are built differently nothing can be said, so the change stays pending and somebody is asked: a
source version is claimed only for what was really handled.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from translation import changes, facts, markup, originals, segments
from translation.facts import Facts
from translation.segments import Segment


@dataclass(frozen=True)
class PendingChange:
    """`place`: the path of the field or block, for going there. `text`: the words of the original, or ""; with
    `is_gone` those that it has no more. `was` and `now`: of a fact, in words. `path`: of a fact that the translation
    has still as it was, and that can be taken over as it is; "" for all others.
    """

    label: str
    place: str
    text: str = ""
    is_gone: bool = False
    was: str = ""
    now: str = ""
    path: str = ""

    @property
    def key(self) -> str:
        """Names the change in a form; a change that comes later has another one."""
        said = "\0".join((self.place, self.label, self.text, self.was, self.now))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def pending(draft: Any, original: Any) -> list[PendingChange]:
    """What of the changes in `original`, since the source version that `draft` says, still waits for an answer.

    Empty for a translation that is current, or that took everything up.
    """
    if draft.source_version == original.source_version:
        return []
    before = originals.published_as(original, draft.source_version)
    baseline = _as_it_was(draft, original)
    if before is None or baseline is None:
        return [PendingChange(_("The whole text"), "title")]
    texts = before, original, baseline, draft
    found = [
        *map(
            _as_fact(before, draft),
            _words(*([unit for unit in segments.segments_of(text) if unit.is_words] for text in texts)),
        ),
        *_facts(*map(facts.of, texts)),
    ]
    return list(dict.fromkeys(found))


def _as_fact(before: Any, draft: Any) -> Callable[[PendingChange], PendingChange]:
    """Words that are a fact, and that the translation says as the original did, are taken over like one."""

    def named(change: PendingChange) -> PendingChange:
        name = change.place
        if name not in draft.facts_in_words:
            return change
        was = getattr(before, name)
        is_same = getattr(draft, name) == was
        return replace(
            change, text="", was=was, now="" if change.is_gone else change.text, path=name if is_same else ""
        )

    return named


def _as_it_was(draft: Any, original: Any) -> Any:
    """The newest version of the translation from before the change could be read; None if there is none."""
    since = originals.public_since(original)
    earlier = since and draft.revisions.filter(created_at__lt=since).order_by("-created_at", "-pk").first()
    return earlier.as_object() if earlier else None


# --- Words


def _words(
    before: list[Segment], now: list[Segment], baseline: list[Segment], draft: list[Segment]
) -> Iterator[PendingChange]:
    old, then, here = (segments.by_place(units) for units in (before, baseline, draft))
    places = _new_places(set(old), segments.by_place(now), set(then), here)
    edits: dict[str, _Edits] = {}
    for was, new in changes.aligned(before, now):
        if was and new and was.text == new.text:
            continue
        unit = new or was
        if unit is None or unit.place in places:
            continue
        place = unit.place
        if place not in edits:
            edits[place] = _Edits(then.get(place, []), here.get(place, []))
        is_parallel = [one.path for one in old.get(place, [])] == [one.path for one in then.get(place, [])]
        is_small = bool(was and new and not changes.say_other(was.text, new.text))
        if not is_parallel or not edits[place].has_taken_up(was, is_small):
            yield PendingChange(unit.label, place, markup.plain(unit.text), is_gone=new is None)


def _new_places(
    old: set[str], now: dict[str, list[Segment]], then: set[str], here: dict[str, list[Segment]]
) -> set[str]:
    """New blocks of the original that have a counterpart among the new ones of the translation, field by field."""
    wanted = [place for place in now if place not in old]
    offered = [place for place in here if place not in then]
    if [_size(place, now) for place in wanted] != [_size(place, here) for place in offered]:
        return set()
    return set(wanted)


def _size(place: str, units: dict[str, list[Segment]]) -> tuple[str, int]:
    return place.split(".")[0], len(units[place])


class _Edits:
    """What was done to one place of the translation since."""

    def __init__(self, baseline: list[Segment], draft: list[Segment]) -> None:
        self.changed: set[str] = set()
        self.rewritten: set[str] = set()
        self.added = 0
        for then, here in changes.aligned(baseline, draft):
            if then is None:
                self.added += 1
            elif here is None or here.text != then.text:
                self.changed.add(then.path)
                if here is None or changes.say_other(then.text, here.text):
                    self.rewritten.add(then.path)

    def has_taken_up(self, was: Segment | None, is_small: bool) -> bool:
        """Whether the segment of the original that `was` there was answered; None for a new one.

        A full stop answers none but a small change, of a full stop there.
        """
        if was is not None:
            return was.path in (self.changed if is_small else self.rewritten)
        self.added -= 1
        return self.added >= 0


# --- Pictures, dates, choices, links, the order


def _facts(before: Facts, now: Facts, baseline: Facts, draft: Facts) -> Iterator[PendingChange]:
    gained = [draft.values[path] for path in draft.values if path not in baseline.values]
    for change in facts.between(before, now):
        path = change.path
        if path.endswith(":order"):
            is_answered = _stands_in_order(change.place, before, now, draft)
        else:
            was, new, here = (parts.values.get(path) for parts in (before, now, draft))
            is_touched = path in baseline.values and here != baseline.values[path]
            is_answered = here == new or is_touched or (was is None and new in gained)
        if not is_answered:
            can_take = ":" not in path and ("." not in path or path in draft.leaves)
            yield PendingChange(
                change.label, change.place, was=change.was, now=change.now, path=path if can_take else ""
            )


def _stands_in_order(name: str, before: Facts, now: Facts, draft: Facts) -> bool:
    kept = [block for block in now.orders[name] if block in before.orders.get(name, [])]
    here = [block for block in draft.orders.get(name, []) if block in kept]
    return here == [block for block in kept if block in here]
