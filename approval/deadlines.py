"""By when a text is needed, what is overdue, and what stands first on a dashboard.

For a list, call `attach(states)` once: it reads all days in one query, and `due`, `overdue` and
`sort_key` then ask the database nothing:

    states = sorted(deadlines.attach(states), key=deadlines.sort_key)
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from approval.models.claims import NeededBy


def needed_by(instance: Any) -> date | None:
    """The day by which the author needs `instance` (a page or snippet) public."""
    return NeededBy.objects.for_instance(instance).values_list("day", flat=True).first()


def set_needed_by(instance: Any, day: date | None, user: Any) -> None:
    """Set, change or (with None) take away that day."""
    if day is None:
        NeededBy.objects.for_instance(instance).delete()
        return
    NeededBy.objects.update_or_create(
        content_type=instance.get_base_content_type(),
        object_id=str(instance.pk),
        defaults={"day": day, "user": user},
    )


def attach(task_states: Iterable[Any]) -> list[Any]:
    """The same states, each with `needed_by` (date or None), for one query in all."""
    states = list(task_states)
    keys = [(state.workflow_state.base_content_type_id, state.workflow_state.object_id) for state in states]
    days = days_of(keys)
    for state, key in zip(states, keys, strict=True):
        state.needed_by = days.get(key)
    return states


def days_of(keys: Iterable[tuple[int, str]]) -> dict[tuple[int, str], date]:
    """By text (base content type, number as text) the day by which it is needed, where somebody said."""
    keys = set(keys)
    rows = NeededBy.objects.filter(object_id__in={pk for _kind, pk in keys}).values_list(
        "content_type", "object_id", "day"
    )
    return {(kind, pk): day for kind, pk, day in rows if (kind, pk) in keys}


def due(task_state: Any) -> date | None:
    """The day by which the text of `task_state` is needed; None where nobody said."""
    if not hasattr(task_state, "needed_by"):
        attach([task_state])
    return task_state.needed_by


def overdue(task_state: Any, today: date | None = None) -> bool:
    """True from the day after the one by which the text is needed."""
    day = due(task_state)
    return day is not None and day < (today or timezone.localdate())


def sort_key(task_state: Any, today: date | None = None) -> tuple[bool, bool, date, Any]:
    """For `sorted`: overdue first (the longest first), then by day, then what has waited longest."""
    day = due(task_state)
    return (not overdue(task_state, today), day is None, day or date.max, task_state.started_at)
