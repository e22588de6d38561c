"""What changed between two versions, for a person to read: line by line, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import chain, takewhile
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from approval.diff import content_lines, links, stored
from approval.diff.links import Line
from approval.digest import content_of

DifferenceKind = Literal["same", "added", "removed", "changed"]

CONTEXT = 1
"""Unchanged lines that stay visible on each side of a change."""
NEAR = 20
"""Lines among which the earlier form of a changed line is looked for."""


@dataclass(frozen=True)
class DifferencePart:
    """Some words of a line: "same", "added" or "removed"."""

    kind: DifferenceKind
    text: str


@dataclass(frozen=True)
class DifferenceRow:
    kind: DifferenceKind
    label: str
    parts: tuple[DifferencePart, ...] = ()
    old_picture: Any = None
    new_picture: Any = None
    hidden: int = 0
    """For a row that stands for unchanged lines left out: how many."""
    path: str = ""
    """Where it stands in the newer version, as comments name places; only of the first row of a block."""


@dataclass
class DifferenceSection:
    """One field with a difference."""

    label: str
    rows: list[DifferenceRow] = field(default_factory=list)
    name: str = ""
    """Of the field."""

    def __post_init__(self) -> None:
        known: set[str] = set()
        for index, row in enumerate(self.rows):
            if row.path in known:
                self.rows[index] = replace(row, path="")
            known.add(row.path)


def shown_at(path: str, sections: list[DifferenceSection]) -> str:
    """The place among `sections` where `path` is read: itself or the field around it; "" if neither is shown."""
    for section in sections:
        if path.partition(".")[0] == section.name:
            return path if any(row.path == path for row in section.rows) else section.name
    return ""


def whole(instance: Any, pages: dict[int, Any] | None = None) -> list[DifferenceSection]:
    """Everything that a text says, without marks: for what visitors haven't seen before.

    Its address and whether a menu names it are left out: whoever shows this says where it will stand. `pages`: those
    that its links lead to, for whoever has them.
    """
    names = [name for name in content_lines.fields_of(instance) if name not in content_lines.OF_THE_FRAME]
    found = {name: content_lines.lines(instance, name) for name in names}
    targets = links.targets_in(chain(*found.values()), pages)
    return [
        DifferenceSection(
            content_lines.label_of(instance, name),
            [_same(line) for line in links.linked(lines, targets)],
            name,
        )
        for name, lines in found.items()
        if lines
    ]


def between(before: Any, after: Any, pages: dict[int, Any] | None = None) -> list[DifferenceSection]:
    """Every field that differs. What can't be told in words is named all the same. `pages`: as in `whole`."""
    old, new = content_of(before), content_of(after)
    # The same value reads the same; but a picture is judged with its words, and words with their picture.
    fields = content_lines.fields_of(after)
    differing = {name for name in fields if name not in new or old.get(name) != new[name]}
    shown = content_lines.of_one_picture(after, differing)
    names = [name for name in fields if name in shown]
    found = {name: (content_lines.lines(before, name), content_lines.lines(after, name)) for name in names}
    targets = links.targets_in(chain(*chain(*found.values())), pages)
    sections, patience = [], ComparisonBudget()
    for name in names:
        old_lines, new_lines = (links.linked(lines, targets) for lines in found[name])
        label = content_lines.label_of(after, name)
        if name not in differing and new_lines:
            sections.append(DifferenceSection(label, [_same(line) for line in new_lines], name))
        elif old_lines != new_lines:
            rows = list(_folded(list(_rows(old_lines, new_lines, patience))))
            sections.append(DifferenceSection(label, rows, name))
            if name == "slug" and (moved := _moved_along(before)):
                sections[-1].rows.append(DifferenceRow("changed", "", (DifferencePart("same", moved),)))
        elif old.get(name) != new.get(name) and not stored.mean_the_same(after, name, old.get(name), new[name]):
            words = _("The words are the same; their order, emphasis or layout changed.")
            row = DifferenceRow("changed", "", (DifferencePart("same", words),))
            sections.append(DifferenceSection(label, [row], name))
    return sections


def _moved_along(page: Any) -> str:
    """What a new address of `page` does to the public pages below it; "" if there are none."""
    count = page.get_descendants().live().count()
    words = ngettext(
        "This also changes the addresses of %(count)d public page below. Whoever comes to the old one is led on.",
        "This also changes the addresses of %(count)d public pages below. Whoever comes to an old one is led on.",
        count,
    )
    return words % {"count": count} if count else ""


FOR_ONE_LINE = 200_000


@dataclass
class ComparisonBudget:
    """Who waits for a comparison is a person: where word by word would take minutes, whole lines must do."""

    left: int = 2_000_000
    """Pairs of words that are still looked at."""

    def allows(self, pairs: int) -> bool:
        if pairs > self.left:
            return False
        self.left -= pairs
        return True


def _rows(old: list[Line], new: list[Line], patience: ComparisonBudget) -> Iterator[DifferenceRow]:
    matcher = SequenceMatcher(None, old, new)
    for op, a1, a2, b1, b2 in matcher.get_opcodes():
        if op == "equal":
            yield from (_same(line) for line in new[b1:b2])
        else:
            yield from _replaced(old[a1:a2], new[b1:b2], patience)


def _same(line: Line) -> DifferenceRow:
    return DifferenceRow("same", line.label, (DifferencePart("same", line.text),), None, line.picture, path=line.path)


def _replaced(old: list[Line], new: list[Line], patience: ComparisonBudget) -> Iterator[DifferenceRow]:
    """Lines under the same label are taken for one line that changed, in their order."""
    old = list(old)
    for index, line in enumerate(new):
        mate = next((other for other in old[:NEAR] if _is_counterpart(other, line)), None)
        if mate is None:
            # What stood in this place goes first, unless a later line is made of it.
            later = new[index : index + NEAR]
            if old and old[0].label == line.label and not any(_is_counterpart(old[0], other) for other in later):
                gone = old.pop(0)
                yield DifferenceRow("removed", gone.label, (DifferencePart("removed", gone.text),), gone.picture, None)
            words_added = (DifferencePart("added", line.text),)
            yield DifferenceRow("added", line.label, words_added, None, line.picture, path=line.path)
            continue
        for gone in old[: old.index(mate)]:
            yield DifferenceRow("removed", gone.label, (DifferencePart("removed", gone.text),), gone.picture, None)
        del old[: old.index(mate) + 1]
        parts = tuple(words(mate.text, line.text, patience))
        yield DifferenceRow("changed", line.label, parts, mate.picture, line.picture, path=line.path)
    for gone in old:
        yield DifferenceRow("removed", gone.label, (DifferencePart("removed", gone.text),), gone.picture, None)


def _is_counterpart(old: Line, new: Line) -> bool:
    """Close enough to be read as one line with marks in it; else the two stand one under the other."""
    if old.label != new.label:
        return False
    if old.number and new.number:
        return True
    return SequenceMatcher(None, _split(old.text), _split(new.text)).quick_ratio() > 0.4


def words(old: str, new: str, patience: ComparisonBudget | None = None) -> Iterator[DifferencePart]:
    """The difference between two lines, whole words at a time."""
    before, after = _split(old), _split(new)
    for op, a1, a2, b1, b2 in _opcodes(before, after, patience or ComparisonBudget(FOR_ONE_LINE)):
        if op == "equal":
            yield DifferencePart("same", "".join(after[b1:b2]))
            continue
        if a2 > a1:
            yield DifferencePart("removed", "".join(before[a1:a2]))
        if b2 > b1:
            yield DifferencePart("added", "".join(after[b1:b2]))


def _opcodes(
    before: list[str], after: list[str], patience: ComparisonBudget
) -> Sequence[tuple[str, int, int, int, int]]:
    if patience.allows(len(before) * len(after)):
        return SequenceMatcher(None, before, after).get_opcodes()
    start = _same_at_start(before, after)
    end = _same_at_start(before[start:][::-1], after[start:][::-1])
    a, b = len(before) - end, len(after) - end
    return [
        ("equal", 0, start, 0, start),
        ("replace", start, a, start, b),
        ("equal", a, len(before), b, len(after)),
    ]


def _same_at_start(before: list[str], after: list[str]) -> int:
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))


def _split(text: str) -> list[str]:
    """Words, spaces and signs."""
    return re.findall(r"\w+|\s+|[^\w\s]", text)


def _folded(rows: list[DifferenceRow]) -> Iterator[DifferenceRow]:
    """Long unchanged stretches as one row that says how many lines it stands for."""
    near = {
        place
        for index, row in enumerate(rows)
        if row.kind != "same"
        for place in range(index - CONTEXT, index + CONTEXT + 1)
    }
    hidden = 0
    for index, row in enumerate(rows):
        if index in near:
            if hidden:
                yield DifferenceRow("same", "", hidden=hidden)
                hidden = 0
            yield row
        else:
            hidden += 1
    if hidden:
        yield DifferenceRow("same", "", hidden=hidden)
