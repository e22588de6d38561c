"""What changed in an original and was neither changed nor confirmed in its translation.

A change counts as taken up when its place in the translation was changed after visitors could read the new original.
Where the two texts are built differently nothing can be said, so the change stays pending and somebody is asked: a
source version is claimed only for what was really handled.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from taggit.models import ItemBase
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock

from approval import visitor
from approval.diff import content_lines
from approval.digest import content_of
from approval.visitor import Leaf
from translation import changes, markup, originals, segments
from translation.segments import Segment


@dataclass(frozen=True)
class PendingChange:
    """`place`: the path of the field or block, for going there. `text`: the words of the original, or ""; with
    `is_gone` those that it has no more.
    """

    label: str
    place: str
    text: str = ""
    is_gone: bool = False


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
        *_words(*([unit for unit in segments.segments_of(text) if unit.kind != "slug"] for text in texts)),
        *_other_content(*map(_parts, texts)),
    ]
    return list(dict.fromkeys(found))


def _as_it_was(draft: Any, original: Any) -> Any:
    """The newest version of the translation from before the change could be read; None if there is none."""
    since = originals.public_since(original)
    earlier = since and draft.revisions.filter(created_at__lt=since).order_by("-created_at", "-pk").first()
    return earlier.as_object() if earlier else None


# --- Words


def _words(
    before: list[Segment], now: list[Segment], baseline: list[Segment], draft: list[Segment]
) -> Iterator[PendingChange]:
    old, then, here = (_by_place(units) for units in (before, baseline, draft))
    places = _new_places(set(old), _by_place(now), set(then), here)
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
        if not is_parallel or not edits[place].has_taken_up(was):
            yield PendingChange(unit.label, place, markup.plain(unit.text), is_gone=new is None)


def _by_place(units: Iterable[Segment]) -> dict[str, list[Segment]]:
    places: dict[str, list[Segment]] = defaultdict(list)
    for unit in units:
        places[unit.place].append(unit)
    return dict(places)


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
        self.added = 0
        for then, here in changes.aligned(baseline, draft):
            if then is None:
                self.added += 1
            elif here is None or here.text != then.text:
                self.changed.add(then.path)

    def has_taken_up(self, was: Segment | None) -> bool:
        """Whether the segment of the original that `was` there was answered; None for a new one."""
        if was is not None:
            return was.path in self.changed
        self.added -= 1
        return self.added >= 0


# --- Pictures, dates, choices, links, the order


@dataclass
class _Parts:
    """Everything but words: path → value, with the path's label and, for each stream, the order of its blocks."""

    values: dict[str, Any] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    orders: dict[str, list[str]] = field(default_factory=dict)

    def add(self, path: str, label: str, value: Any) -> None:
        if value not in (None, "", [], {}, ()):
            self.values[path], self.labels[path] = value, label


def _parts(instance: Any) -> _Parts:
    found = _Parts()
    units = segments.segments_of(instance)
    worded = {unit.place for unit in units} | {"slug"}
    content = content_of(instance)
    for name in content_lines.fields_of(instance):
        if name not in content:
            continue
        known = next((one for one in instance._meta.get_fields() if one.name == name), None)
        if known is not None and known.one_to_many and issubclass(known.related_model, ItemBase):
            continue  # topics have names of their own in each language
        label = content_lines.label_of(instance, name)
        if isinstance(known, StreamField):
            raw = content[name]
            visitor.visited(known.stream_block, raw, name, _reader(found, label, worded))
            found.orders[name] = [str(block.get("id")) for block in raw or []]
        elif name not in worded and not isinstance(known, RichTextField):
            found.add(name, label, content[name])
    for unit in units:
        if unit.kind == "markup":
            links = f"{unit.place}:links"
            found.values[links] = [*found.values.get(links, []), *unit.links]
            found.labels[links] = _("%(field)s (links)") % {"field": unit.label}
    return found


def _reader(found: _Parts, label: str, worded: set[str]) -> Callable[[Leaf], Any]:
    def read(leaf: Leaf) -> Any:
        named = " › ".join((label, *(str(capfirst(name)) for name in leaf.labels)))
        if isinstance(leaf.block, ImageBlock):
            value = leaf.value
            found.add(leaf.path, named, value.get("image") if isinstance(value, dict) else value)
        elif leaf.path not in worded:
            found.add(leaf.path, named, leaf.value)
        return leaf.value

    return read


def _other_content(before: _Parts, now: _Parts, baseline: _Parts, draft: _Parts) -> Iterator[PendingChange]:
    gained = [draft.values[path] for path in draft.values if path not in baseline.values]
    for path in dict.fromkeys((*now.values, *before.values)):
        was, new, here = (parts.values.get(path) for parts in (before, now, draft))
        is_touched = path in baseline.values and here != baseline.values[path]
        if was == new or here == new or is_touched or not (was or new) or (was is None and new in gained):
            continue
        yield PendingChange((now.labels | before.labels)[path], path.split(":")[0])
    for name, order in now.orders.items():
        kept = [block for block in order if block in before.orders.get(name, [])]
        was_order = [block for block in before.orders.get(name, []) if block in kept]
        here_order = [block for block in draft.orders.get(name, []) if block in kept]
        if kept != was_order and here_order != [block for block in kept if block in here_order]:
            yield PendingChange(_("The order of the blocks"), name)
