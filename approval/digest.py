"""What the content of a page or snippet is, as one number: to say whether two are the same."""

import hashlib
import json
from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.models import (
    ClusterableModel,
    get_all_child_m2m_relations,
    get_all_child_relations,
    get_serializable_data_for_fields,
)
from wagtail.fields import StreamField

TIMES = ("go_live_at", "expire_at")
"""When a version goes live and ends. Approved with it, and no content of it."""

# What Wagtail keeps about the object as a whole: place, state, locks, times. No words for readers.
BOOKKEEPING = {
    "pk",
    "path",
    "depth",
    "numchild",
    "url_path",
    "draft_title",
    "live",
    "has_unpublished_changes",
    "live_revision",
    "latest_revision",
    "latest_revision_created_at",
    "first_published_at",
    "last_published_at",
    *TIMES,
    "expired",
    "locked",
    "locked_at",
    "locked_by",
    "owner",
    "content_type",
    "alias_of",
    "translation_key",
    "locale",
    "page_ptr",
    "wagtail_admin_comments",
}
EMPTY: tuple[Any, ...] = (None, "", [], "[]", False)
"""A field in which nobody has written; "[]" are blocks as JSON."""
CHILD_BOOKKEEPING = {"pk", "page", "content_object", "sort_order"}


def content_of(instance: Any) -> dict[str, Any]:
    """What a reader can meet of `instance`, as plain values; children keep their order.

    A model may name `fields_added_later`: while such a field is empty, nothing is said of it. What was approved before
    the field came keeps its digest.
    """
    data = get_serializable_data_for_fields(instance)
    if isinstance(instance, ClusterableModel):  # as its `serializable_data`, without asking for remarks
        for relation in get_all_child_relations(instance):
            name = relation.get_accessor_name()
            if name not in BOOKKEEPING:
                data[name] = [_fields(child) for child in getattr(instance, name).all()]
        for field in get_all_child_m2m_relations(instance):
            if field.serialize:
                data[field.name] = [child.pk for child in getattr(instance, field.name).all()]
    streams = _streams_of(instance._meta.model)
    empty = {name for name in getattr(instance, "fields_added_later", ()) if data[name] in EMPTY}
    left_out = BOOKKEEPING | empty
    return {name: _plain(value, name in streams) for name, value in data.items() if name not in left_out}


@cache
def _streams_of(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.get_fields() if isinstance(field, StreamField)}


def _fields(child: Any) -> dict[str, Any]:
    named = getattr(child, "serializable_data", None)
    return named() if named else get_serializable_data_for_fields(child)


def digest_of(instance: Any) -> str:
    """SHA-256 (64 hexadecimal digits) of `content_of(instance)`."""
    text = json.dumps(content_of(instance), sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any, is_stream: bool) -> Any:
    if is_stream and isinstance(value, str) and value:
        return json.loads(value)  # as data, so that spaces between its parts don't count
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        # Child rows get their numbers when they are saved, so a number is no content.
        return [{name: item[name] for name in item if name not in CHILD_BOOKKEEPING} for item in value]
    return value
