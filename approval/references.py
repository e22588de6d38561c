"""What the fields of a version point to: looked up together, and left out where it is gone."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text import features

from approval.digest import BOOKKEEPING
from approval.row_keys import is_key

Target = tuple[type[models.Model], str]
"""A model, and the name of the field by which rows of it are found."""

Found = dict[Target, dict[Any, Any]]


def found_for(model: type[models.Model], content: dict[str, Any]) -> Found:
    """The rows that the foreign keys in `content` (a revision of a `model`) lead to; a query for each kind of row."""
    wanted: dict[Target, set[Any]] = defaultdict(set)
    for owner, row in _rows(model, content):
        for field in _keys(owner, row):
            wanted[_target(field)].add(_value(field, row))
    return {
        (target, name): {getattr(row, name): row for row in target._default_manager.filter(**{f"{name}__in": values})}
        for (target, name), values in wanted.items()
    }


def without_missing(model: type[models.Model], content: dict[str, Any], found: Found) -> dict[str, Any]:
    """`content` without what is gone: a key becomes None; a child goes with the row without which it says nothing.

    As modelcluster does it, which asks for each key alone and fails where the key protects its target.
    """
    kept = {**content, **{field.name: None for field in _keys(model, content) if not _is_there(field, content, found)}}
    for relation in get_all_child_relations(model):
        name, child_model = relation.get_accessor_name(), relation.related_model
        if name in content:
            kept[name] = [
                without_missing(child_model, child, found)
                for child in content[name]
                if all(_is_there(field, child, found) or _may_go(field) for field in _keys(child_model, child))
            ]
    return kept


def attach(instance: Any, found: Found) -> None:
    """Give `instance` and its children the rows, so that nobody asks for them again."""
    instance.found_keys = found
    names = [relation.get_accessor_name() for relation in get_all_child_relations(type(instance))]
    for row in (instance, *(child for name in names for child in getattr(instance, name).all())):
        for field in type(row)._meta.fields:
            if field.remote_field and not isinstance(field, ParentalKey):
                target = found.get(_target(field), {}).get(getattr(row, field.attname))
                if target is not None:
                    setattr(row, field.name, target)


def _rows(model: type[models.Model], content: dict[str, Any]) -> Iterator[tuple[type[models.Model], dict[str, Any]]]:
    """The text itself, and what belongs to it: model and content."""
    yield model, content
    for relation in get_all_child_relations(model):
        for child in content.get(relation.get_accessor_name()) or ():
            yield from _rows(relation.related_model, child)


def _keys(model: type[models.Model], content: dict[str, Any]) -> Iterator[Any]:
    """The fields of `content` that lead to another row; a child's way to its text is none."""
    for name, value in content.items():
        try:
            field: Any = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        is_key = isinstance(field, models.ForeignKey) and not isinstance(field, ParentalKey)
        if is_key and value is not None and field.remote_field.on_delete is not models.DO_NOTHING:
            yield field


def _target(field: Any) -> Target:
    return field.remote_field.model, field.remote_field.field_name


def _value(field: Any, content: dict[str, Any]) -> Any:
    return field.target_field.to_python(content[field.name])


def _is_there(field: Any, content: dict[str, Any], found: Found) -> bool:
    return _value(field, content) in found.get(_target(field), {})


def _may_go(field: Any) -> bool:
    return field.remote_field.on_delete is models.SET_NULL


# --- For people ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reference:
    """Something that a version points to. `place`: the label of its field; `target`: the row, None if it is gone.

    `is_link`: a link to a page, which leaves its words where there is no page.
    """

    place: str
    model: type[models.Model]
    pk: Any
    is_link: bool
    target: Any = None

    @property
    def kind(self) -> str:
        return str(self.model._meta.verbose_name)


def all_of(model: type[models.Model], content: dict[str, Any], known: Found, *, links: bool) -> list[Reference]:
    """What `content` (a revision of a `model`) points to: keys, choosers in blocks, links and pictures in rich text.

    `known`: rows that were found before (`found_for`). `links`: links to pages, or else everything but them.
    """
    found = [one for one in dict.fromkeys(_references(model, content)) if one.is_link is links]
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    rows: dict[type[models.Model], dict[Any, Any]] = defaultdict(dict)
    for (target, name), known_rows in known.items():
        if name == target._meta.pk.attname:
            rows[target] = dict(known_rows)
    for reference in found:
        if reference.pk not in rows[reference.model]:
            wanted[reference.model].add(reference.pk)
    for target, pks in wanted.items():
        rows[target] |= target._default_manager.in_bulk(pks)
    return [replace(reference, target=rows[reference.model].get(reference.pk)) for reference in found]


def points_to(model: type[models.Model], content: dict[str, Any], target: models.Model) -> bool:
    """Whether `content` (a revision of a `model`) points to `target`."""
    return any(one.model is type(target) and str(one.pk) == str(target.pk) for one in _references(model, content))


def targets(model: type[models.Model], content: dict[str, Any]) -> set[tuple[type[models.Model], int]]:
    """The keys of all that `content` (a revision of a `model`) points to, whether it is there or not."""
    return {(one.model, int(one.pk)) for one in _references(model, content) if is_key(one.pk)}


def _references(model: type[models.Model], content: dict[str, Any]) -> Iterator[Reference]:
    for owner, row in _rows(model, content):
        for name, value in row.items():
            try:
                field: Any = owner._meta.get_field(name)
            except FieldDoesNotExist:
                continue
            if name in BOOKKEEPING or not value:
                continue
            if isinstance(field, StreamField):
                for target, pk, is_link in _in_block(field.stream_block, _unpacked(value)):
                    yield Reference(_label(field), target, pk, is_link)
            elif isinstance(field, RichTextField):
                for target, pk, is_link in _in_rich_text(value):
                    yield Reference(_label(field), target, pk, is_link)
            elif isinstance(field, models.ForeignKey) and not isinstance(field, ParentalKey):
                yield Reference(_label(field), field.remote_field.model, _value(field, row), False)


Pointer = tuple[type[models.Model], Any, bool]


def _in_block(block: Any, raw: Any) -> Iterator[Pointer]:
    """`raw`: a block's value as its JSON has it, which is read without asking the database for each picture."""
    if raw is None or raw == "":
        return
    if isinstance(block, blocks.StreamBlock):
        for child in raw:
            if child["type"] in block.child_blocks:
                yield from _in_block(block.child_blocks[child["type"]], child["value"])
    elif isinstance(block, blocks.ListBlock):
        for item in raw:
            yield from _in_block(block.child_block, item["value"] if _is_item(item) else item)
    elif isinstance(block, ImageBlock) and not isinstance(raw, dict):  # written when it was a chooser
        yield block.child_blocks["image"].model_class, raw, False
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _in_block(child, raw.get(name))
    elif isinstance(block, blocks.ChooserBlock):
        is_link = issubclass(block.model_class, Page)
        yield Page if is_link else block.model_class, raw, is_link
    elif isinstance(block, blocks.RichTextBlock):
        yield from _in_rich_text(raw)


def _is_item(raw: Any) -> bool:
    return isinstance(raw, dict) and raw.get("type") == "item" and "value" in raw


def _in_rich_text(source: str) -> Iterator[Pointer]:
    for tag in re.findall(r"<(?:a|embed)\b[^>]*>", source):
        kind, number = re.search(r'\b(?:linktype|embedtype)="(\w+)"', tag), re.search(r'\bid="(\d+)"', tag)
        model = kind and _models_of_rich_text().get(kind[1])
        if model and number:
            yield model, int(number[1]), model is Page


def _models_of_rich_text() -> dict[str, type[models.Model]]:
    """By the kind of link or embed: what an upper app adds says what it leads to (`get_model`)."""
    own = {"page": Page, "document": get_document_model(), "image": get_image_model()}
    handlers = {**features.get_link_types(), **features.get_embed_types()}
    more = {kind: found for kind, handler in handlers.items() if (found := _model_of(handler))}
    return {**more, **own}


def _model_of(handler: Any) -> type[models.Model] | None:
    try:
        return handler.get_model()
    except NotImplementedError:  # Wagtail's way to say that it leads to no row
        return None


def _unpacked(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _label(field: Any) -> str:
    return str(capfirst(field.verbose_name))
