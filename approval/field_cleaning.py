"""Cleans what the fields of a model hold: the door that every text passes on its way into the database.

Pages and snippets are cleaned in forms and when a version is saved (`models/gated.py`), and never when one is
published: what was approved goes live sign for sign. All other models of this project are cleaned whenever they
are saved (`cleaning_signals.py`). What is kept of a text says `text_cleaning.py`.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

from approval.text_cleaning import clean_line, clean_markup, clean_text


def clean_texts(instance: Any) -> None:
    """Clean the texts of `instance` and of rows that belong to it and aren't saved yet, in memory."""
    for field, clean in _text_fields(instance._meta.model):
        # A field that was deferred was not changed, and reading it would cost a query.
        value = instance.__dict__.get(field.attname)
        if value:
            cleaned = clean(value)
            if cleaned is not value:
                setattr(instance, field.attname, cleaned)
    for relation in get_all_child_relations(type(instance)):
        rows = getattr(instance, relation.get_accessor_name())
        if rows.is_deferring:
            for row in rows.all():
                clean_texts(row)


@cache
def _text_fields(model: type[models.Model]) -> list[tuple[models.Field, Callable[[Any], Any]]]:
    """The fields that people write in, each with what cleans it."""
    found: list[tuple[models.Field, Callable[[Any], Any]]] = []
    for field in model._meta.concrete_fields:
        if isinstance(field, StreamField):
            found.append((field, _StreamCleaner(field)))
        elif isinstance(field, models.CharField | models.TextField) and field.editable and not field.flatchoices:
            clean = clean_text if isinstance(field, models.TextField) else clean_line
            found.append((field, _string_cleaner(clean_markup if isinstance(field, RichTextField) else clean)))
    return found


def _string_cleaner(clean: Callable[[str], str]) -> Callable[[Any], Any]:
    def act(value: Any) -> Any:
        cleaned = clean(value) if isinstance(value, str) else value
        return value if cleaned == value else cleaned

    return act


class _StreamCleaner:
    """Cleans the blocks of a StreamField, however deep; their numbers stay."""

    def __init__(self, field: StreamField) -> None:
        self.field = field

    def __call__(self, value: Any) -> Any:
        if not isinstance(value, blocks.StreamValue):
            return value
        stored = value.get_prep_value()
        cleaned = _clean_block(self.field.stream_block, stored)
        return value if cleaned == stored else self.field.to_python(cleaned)


def _clean_block(block: blocks.Block | None, value: Any) -> Any:
    """`value` as the database keeps it, cleaned; `block` is None below what is no block (the cells of a table)."""
    if isinstance(value, str):
        return _cleaner_of(block)(value)
    if isinstance(value, dict):
        children = block.child_blocks if isinstance(block, blocks.BaseStructBlock) else {}
        return {name: _clean_block(children.get(name), one) for name, one in value.items()}
    if isinstance(value, list):
        return [_clean_item(block, item) for item in value]
    return value


def _clean_item(block: blocks.Block | None, item: Any) -> Any:
    is_wrapped = isinstance(item, dict) and "value" in item
    if isinstance(block, blocks.BaseStreamBlock) and is_wrapped:
        return {**item, "value": _clean_block(block.child_blocks.get(item.get("type")), item["value"])}
    if isinstance(block, blocks.ListBlock):
        if is_wrapped and item.get("type") == "item":
            return {**item, "value": _clean_block(block.child_block, item["value"])}
        return _clean_block(block.child_block, item)
    return _clean_block(None, item)


def _cleaner_of(block: blocks.Block | None) -> Callable[[str], str]:
    if isinstance(block, blocks.RichTextBlock):
        return clean_markup
    return clean_line if isinstance(block, blocks.CharBlock) else clean_text
