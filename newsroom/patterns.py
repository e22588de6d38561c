"""Patterns: what is kept of a page, and how a new one begins with it.

A pattern may be older than the program and the library: what is gone since is left out and named.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import StreamField

from approval import references
from approval.digest import content_of
from approval.refusals import RefusedError
from newsroom.models import PagePattern

ADD = "newsroom.add_pagepattern"

ITS_OWN = {"title", "slug", "seo_title", "search_description", "show_in_menus", "source_version"}
"""What each page has for itself; and its dates."""

Place = tuple[Any, int]
"""Where a pattern fits: type of the page, number of the language."""

UNREADABLE = (AttributeError, KeyError, LookupError, TypeError, ValueError, ValidationError)
"""What content raises that its field or block doesn't understand (any more)."""


def can_be_pattern(page: Any) -> bool:
    """Whether there can be another page like this one: a section and a front page there is once."""
    return page.depth > 2 and page.is_creatable and page.max_count is None and page.max_count_per_parent is None


def content_for_pattern(page: Any) -> dict[str, Any]:
    """What a pattern keeps of `page`: no address, date, remark, or state; its blocks get numbers of their own."""
    content = _without_dates(type(page), content_of(page))
    left_out = {*ITS_OWN, *getattr(page, "fields_of_one_day", ())}
    return {name: _without_numbers(value) for name, value in content.items() if name not in left_out}


def _without_dates(model: type[models.Model], content: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in content.items() if not _is_date(model, name)}
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if name in kept:
            kept[name] = [_without_dates(relation.related_model, child) for child in kept[name]]
    return kept


def _is_date(model: type[models.Model], name: str) -> bool:
    try:
        return isinstance(model._meta.get_field(name), models.DateField)
    except FieldDoesNotExist:
        return False


def _without_numbers(value: Any) -> Any:
    """Two pages must not have blocks of one number: remarks and translations find a block by it."""
    if isinstance(value, list):
        return [_without_numbers(item) for item in value]
    if isinstance(value, dict):
        is_block = "type" in value and "value" in value
        return {name: _without_numbers(one) for name, one in value.items() if not (is_block and name == "id")}
    return value


def fitting(places: Iterable[Place]) -> dict[Place, list[PagePattern]]:
    """The patterns for each of `places`, by name; one query for all."""
    found: dict[Place, list[PagePattern]] = {place: [] for place in places}
    rows = PagePattern.objects.filter(locale__in={locale for _model, locale in found})
    for pattern in rows.defer("content"):
        if (place := (pattern.page_model, pattern.locale_id)) in found:
            found[place].append(pattern)
    return found


# --- To begin with one --------------------------------------------------------------------------

SALT = "newsroom.patterns"


@dataclass(frozen=True)
class Beginning:
    """What the form of a new page knows of the pattern that it began with, which may be gone when it is saved."""

    name: str
    writers: list[int]

    @property
    def signed(self) -> str:
        """For a field of the form, where nobody can take a writer away."""
        return signing.dumps([self.name, self.writers], salt=SALT)


def beginning_with(pattern: PagePattern) -> Beginning:
    return Beginning(pattern.name, list(pattern.writers.values_list("pk", flat=True)))


def beginning_from(signed: str) -> Beginning:
    """What `Beginning.signed` was made of; raises RefusedError for anything else."""
    try:
        return Beginning(*signing.loads(signed, salt=SALT))
    except signing.BadSignature:
        raise RefusedError(
            _("Nothing was saved: it is not known any more who wrote the pattern. Begin the page once more.")
        ) from None


@dataclass(frozen=True)
class Opened:
    """A new page that isn't saved. `missing`: what the pattern has and the page can't have, in words."""

    page: Any
    missing: list[str]


def opened(pattern: PagePattern) -> Opened:
    model = pattern.page_model
    content, missing = {}, []
    for name, value in pattern.content.items():
        if _is_readable(model, name, value):
            content[name] = value
        elif value:
            missing.append(_label(model, name))
    found = references.found_for(model, content)
    for links in (False, True):
        gone = [one for one in references.all_of(model, content, found, links=links) if one.target is None]
        missing += [f"{one.place}: {one.kind}" for one in gone]
    for name in content:
        if isinstance(field := _field(model, name), StreamField):
            missing += [f"{_label(model, name)}: {kind}" for kind in _unknown_blocks(field.stream_block, content[name])]
    page = model.from_serializable_data(_as_stored(model, content))
    return Opened(page, list(dict.fromkeys(missing)))


def _field(model: type[models.Model], name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _label(model: type[models.Model], name: str) -> str:
    verbose_name = getattr(_field(model, name), "verbose_name", "")
    return str(capfirst(verbose_name)) or _("a field that no longer exists (%(name)s)") % {"name": name}


def _as_stored(model: type[models.Model], content: dict[str, Any]) -> dict[str, Any]:
    """`content` as a revision has it: rows with a number to come, streams as text."""
    children = {relation.get_accessor_name() for relation in get_all_child_relations(model)}
    stored: dict[str, Any] = {"pk": None}
    for name, value in content.items():
        if name in children:
            stored[name] = [{"pk": None, **row} for row in value]
        else:
            stored[name] = json.dumps(value) if isinstance(_field(model, name), StreamField) else value
    return stored


def _is_readable(model: Any, name: str, value: Any) -> bool:
    """Whether the editor can show this; asked of each field alone, so that one takes no other down."""
    if _field(model, name) is None:
        return False
    one = {name: value}
    try:
        page = model.from_serializable_data(_as_stored(model, one))
        for links in (False, True):
            references.all_of(model, one, {}, links=links)
        field = _field(model, name)
        if isinstance(field, StreamField):
            field.stream_block.get_form_state(getattr(page, name))
        elif isinstance(field, models.Field):
            field.to_python(value)
    except UNREADABLE:
        return False
    return True


def _unknown_blocks(block: Any, raw: Any) -> Iterator[str]:
    """Kinds of blocks in `raw` that `block` has no place for; Wagtail leaves them out without a word."""
    if isinstance(block, blocks.BaseStreamBlock):
        for child in raw or ():
            if child["type"] in block.child_blocks:
                yield from _unknown_blocks(block.child_blocks[child["type"]], child["value"])
            else:
                yield _("a block that no longer exists (%(name)s)") % {"name": child["type"]}
    elif isinstance(block, blocks.ListBlock):
        for item in raw or ():
            yield from _unknown_blocks(block.child_block, item["value"] if isinstance(item, dict) else item)
    elif isinstance(block, blocks.BaseStructBlock) and isinstance(raw, dict):
        for name, child in block.child_blocks.items():
            yield from _unknown_blocks(child, raw.get(name))
