"""Blocks of a translation have the ids of the blocks that they translate, as if Wagtail had copied the page."""

import json
from typing import Any

from wagtail.fields import StreamField


def take_ids(page: Any, original: Any) -> None:
    """Give the blocks of `page` the ids of those in `original`, as far as both have the same kinds in a row."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            here, there = _raw(page, field), _raw(original, field)
            setattr(page, field.name, json.dumps(_like(here, there)))


def _raw(page: Any, field: Any) -> Any:
    return json.loads(json.dumps(getattr(page, field.name).get_prep_value()))


def _like(here: Any, there: Any) -> Any:
    if isinstance(here, list) and isinstance(there, list):
        return [_like(one, other) for one, other in zip(here, there, strict=False)] + here[len(there) :]
    if isinstance(here, dict) and isinstance(there, dict):
        if here.get("type") != there.get("type"):
            return here
        kept = {"id": there["id"]} if "id" in here and "type" in here and "id" in there else {}
        return {name: _like(value, there.get(name)) for name, value in here.items()} | kept
    return here
