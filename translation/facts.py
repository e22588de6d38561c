"""What of a text is no words, and so the same in every language: dates, pictures, choices, numbers, links, the order.

A model names the fields of words that are facts too (`facts_in_words`): the place of an event.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from taggit.models import ItemBase
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock

from approval import visitor
from approval.diff import content_lines
from approval.digest import CHILD_BOOKKEEPING
from approval.visitor import Leaf
from translation import merge, segments
from translation.segments import Content

LINKS = ":links"


@dataclass(frozen=True)
class FactChange:
    """A fact of the original that is another one now. `was` and `now` in words; "" where there are none for it."""

    path: str
    label: str
    was: str = ""
    now: str = ""

    @property
    def place(self) -> str:
        return self.path.split(":")[0]


@dataclass
class Facts:
    """Of one version: path → plain value, with the path's label and, for each stream, the order of its blocks.

    `leaves`: the blocks of those that stand in a stream, also of those without a value.
    """

    model: Any
    values: dict[str, Any] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    leaves: dict[str, Any] = field(default_factory=dict)
    orders: dict[str, list[str]] = field(default_factory=dict)

    def add(self, path: str, label: str, value: Any) -> None:
        if value is not False and value not in (None, "", [], {}, ()):
            self.values[path], self.labels[path] = value, label

    def said(self, path: str) -> str:
        """The value of `path` in words."""
        value = self.values.get(path)
        if value is None or path.endswith(LINKS):
            return ""
        if path in self.leaves:
            value = value.get("image") if isinstance(value, dict) else value
            return content_lines.said(self.leaves[path].to_python(value))
        found = self.model._meta.get_field(path)
        if found.one_to_many or found.many_to_many:
            return ""
        if getattr(found, "remote_field", None):
            value = found.related_model._default_manager.filter(pk=value).first()
            return content_lines.said(value)
        names = dict(getattr(found, "flatchoices", None) or ())
        if names:
            return ", ".join(str(names.get(one, one)) for one in (value if isinstance(value, list) else [value]))
        return content_lines.said(found.to_python(value))


def of(instance: Any) -> Facts:
    return within(instance, segments.content_of(instance))


def within(instance: Any, content: Content) -> Facts:
    """The facts in the `content` of some version of a text like `instance`."""
    found = Facts(type(instance))
    units = segments.segments_in(instance, content)
    worded = {unit.place for unit in units if unit.is_words} | set(content_lines.OF_THE_FRAME)
    values = merge.unpacked(instance, content)
    # A model that is empty says nothing of fields that came later.
    names = (*content_lines.fields_of(instance), *getattr(instance, "fields_added_later", ()))
    for name in dict.fromkeys(names):
        known = _field(instance, name)
        if known is None or name not in values or name in getattr(instance, "about_version", ()):
            continue
        label = content_lines.label_of(instance, name)
        if isinstance(known, StreamField):
            visitor.visited(known.stream_block, values[name], name, _reader(found, label, worded))
            found.orders[name] = [str(block.get("id")) for block in values[name] or []]
        elif known.one_to_many:
            if not issubclass(known.related_model, ItemBase):  # topics have names of their own in each language
                found.add(name, label, [_child(one) for one in values[name] or []])
        elif name not in worded and not isinstance(known, RichTextField):
            found.add(name, label, values[name])
    for unit in units:
        if unit.kind == "markup":
            links = f"{unit.place}{LINKS}"
            found.values[links] = [*found.values.get(links, []), *unit.links]
            found.labels[links] = _("%(field)s (links)") % {"field": unit.label}
    return found


def _field(instance: Any, name: str) -> Any:
    try:
        return instance._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _child(row: dict[str, Any]) -> dict[str, Any]:
    hidden = {*CHILD_BOOKKEEPING, "id", "locale", "translation_key"}
    return {name: value for name, value in row.items() if name not in hidden}


def _reader(found: Facts, label: str, worded: set[str]) -> Callable[[Leaf], Any]:
    def read(leaf: Leaf) -> Any:
        named = " › ".join((label, *(str(capfirst(name)) for name in leaf.labels)))
        found.leaves[leaf.path] = leaf.block
        if isinstance(leaf.block, ImageBlock):
            value = leaf.value
            found.add(leaf.path, named, value.get("image") if isinstance(value, dict) else value)
        elif leaf.path not in worded:
            found.add(leaf.path, named, leaf.value)
        return leaf.value

    return read


def between(before: Facts, now: Facts, in_words: bool = True) -> Iterator[FactChange]:
    """Facts that differ, in the order of the text; then the streams whose blocks stand in another order.

    Without `in_words` nothing is asked of the database, as for the title of a picture.
    """
    for path in dict.fromkeys((*now.values, *before.values)):
        was, new = before.values.get(path), now.values.get(path)
        if was != new and (was or new):
            words = (before.said(path), now.said(path)) if in_words else ()
            yield FactChange(path, (now.labels | before.labels)[path], *words)
    for name, order in now.orders.items():
        kept = [block for block in order if block in before.orders.get(name, [])]
        if kept != [block for block in before.orders.get(name, []) if block in kept]:
            yield FactChange(f"{name}:order", _("The order of the blocks"))


def matter(before: Any, now: Any) -> bool:
    """Whether versions of an original differ in a fact that a translation can't keep: no link, and no order.

    A place or a price stands in words, and is a fact all the same.
    """
    old, new = of(before), of(now)
    if any(not change.path.endswith((LINKS, ":order")) for change in between(old, new, in_words=False)):
        return True
    return any(getattr(before, name) != getattr(now, name) for name in now.facts_in_words)


def take_over(draft: Any, original: Any, paths: Iterable[str]) -> None:
    """Puts what `original` has in `paths` into `draft`, a version of its translation that nobody has saved yet."""
    wanted = set(paths)
    for name in {path.split(".")[0] for path in wanted}:
        known = _field(draft, name)
        if not isinstance(known, StreamField):
            setattr(draft, name, getattr(original, name))
            continue
        theirs: dict[str, Any] = {}
        _walk(known, original, name, partial(_keep, theirs))
        changed = _walk(known, draft, name, partial(_value, theirs=theirs, wanted=wanted))
        setattr(draft, name, json.dumps(changed))


def _keep(theirs: dict[str, Any], leaf: Leaf) -> None:
    theirs.setdefault(leaf.path, leaf.value)


def _walk(stream: Any, instance: Any, name: str, visit: Callable[[Leaf], Any]) -> Any:
    raw = merge.unpacked(instance, segments.content_of(instance))[name]
    return visitor.visited(stream.stream_block, raw, name, visit)


def _value(leaf: Leaf, theirs: dict[str, Any], wanted: set[str]) -> Any:
    if leaf.path not in wanted:
        return leaf.value
    new = theirs.get(leaf.path)
    if isinstance(leaf.block, ImageBlock) and isinstance(leaf.value, dict) and isinstance(new, dict):
        return {**leaf.value, "image": new.get("image")}  # its description is words
    return new
