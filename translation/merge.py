"""What stays of a translation beside its words: pictures, links and numbers, where the original kept its own."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.models import get_all_child_relations
from taggit.models import ItemBase
from wagtail.fields import StreamField

from approval.digest import BOOKKEEPING
from translation.segments import Content


def kept(now: Any, base: Any, mine: Any) -> Any:
    """`now`, with what the translation has in places where the original has not changed."""
    if isinstance(now, dict):
        base = base if isinstance(base, dict) else {}
        mine = mine if isinstance(mine, dict) else {}
        if now.get("type") != mine.get("type") and "type" in now:
            return now
        return {name: kept(value, base.get(name), mine.get(name)) for name, value in now.items()}
    if isinstance(now, list):
        return [
            kept(item, _counterpart(item, index, base), _counterpart(item, index, mine))
            for index, item in enumerate(now)
        ]
    if now != base or mine is None:
        return now
    return now if mine == "" and isinstance(now, str) else mine


def _counterpart(item: Any, index: int, items: Any) -> Any:
    """The item with the same id; where there are no ids, the one in the same place."""
    if not isinstance(items, list):
        return None
    if isinstance(item, dict) and "id" in item:
        return next((one for one in items if isinstance(one, dict) and one.get("id") == item["id"]), None)
    return items[index] if index < len(items) else None


def with_own_rows(instance: Any, content: Content, mine: Content) -> Content:
    """`content` with child rows that belong to `instance`, of which it had `mine`.

    A row of the original would move here with its number, so it becomes a new one. Topics stay: they have names of
    their own in each language.
    """
    result = dict(content)
    for relation in get_all_child_relations(instance):
        name = relation.get_accessor_name()
        if name not in content or name in BOOKKEEPING:
            continue
        there = mine.get(name) or []
        if issubclass(relation.related_model, ItemBase):
            result[name] = there
            continue
        numbers = {row.get("pk") for row in there}
        result[name] = [
            {**row, "pk": row.get("pk") if row.get("pk") in numbers else None, relation.field.name: instance.pk}
            for row in content[name]
        ]
    return result


def unpacked(instance: Any, content: Content) -> Content:
    """What is content, with streams as data."""
    return {
        name: json.loads(value) if _is_stream(instance, name) and isinstance(value, str) else value
        for name, value in content.items()
        if name not in BOOKKEEPING
    }


def packed(instance: Any, content: Content) -> Content:
    return {
        name: json.dumps(value, cls=DjangoJSONEncoder)
        if _is_stream(instance, name) and not isinstance(value, str)
        else value
        for name, value in content.items()
    }


def _is_stream(instance: Any, name: str) -> bool:
    return any(field.name == name and isinstance(field, StreamField) for field in instance._meta.get_fields())
