"""Reminders of days that come near or have passed, on working days only."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import TaskState

from approval import people, release_standing, releases, workdays
from approval.claims import claim_of
from approval.contributors import contributions
from approval.models import NeededBy, Release
from notifications import outbox
from notifications.events import coordinators, object_facts, step_facts
from notifications.release_events import tell_late

DAYS_BEFORE = 1
"""Working days."""
DAYS_AFTER = (1, 3)
EVERY = 5
"""Later on: once a week of work."""


def remind(today: date | None = None, now: datetime | None = None) -> int:
    """Write the reminders of `today`; returns how many mails are new. Safe to call often."""
    today = today or timezone.localdate()
    if not workdays.is_working_day(today):
        return 0
    days = NeededBy.objects.select_related("user").order_by("day", "pk")
    times = Release.objects.open().filter(publish_at__gt=now or timezone.now())
    return sum(_remind(row, today, now) for row in days) + sum(_remind_of_release(one, today, now) for one in times)


def occasion(day: date, today: date) -> str:
    """Which reminder is due `today` about something needed by `day`: "soon", "overdue-3", … or ""."""
    if today <= day:
        return "soon" if today >= workdays.add(day, -DAYS_BEFORE) else ""
    late = workdays.between(day, today)
    passed = [count for count in DAYS_AFTER if count <= late]
    if late >= EVERY:
        passed.append(late - late % EVERY)
    return f"overdue-{passed[-1]}" if passed else ""


def _remind(row: NeededBy, today: date, now: datetime | None) -> int:
    which = occasion(row.day, today)
    instance = _instance(row)
    if not which or instance is None or getattr(instance, "approved_schedule", False):
        return 0
    if releases.release_that_holds(instance):
        return 0
    kind = which.split("-")[0]
    event = f"{which}:{row.content_type_id}:{row.object_id}:{row.day}"
    state = instance.current_workflow_task_state
    if state is not None and state.status == TaskState.STATUS_IN_PROGRESS:
        claim = claim_of(state)
        receivers = [claim.user] if claim else people.deciders(state)
        return outbox.write(f"{event}:{state.pk}", kind, receivers, step_facts(state), now)
    facts = {**object_facts(instance), "day": row.day.isoformat()}
    return outbox.write(f"{event}:yours", f"{kind}-yours", _writers(instance, row), facts, now)


def _remind_of_release(release: Release, today: date, now: datetime | None) -> int:
    """A working day before texts go live together, if one of them isn't ready."""
    if release.publish_at is None:
        return 0
    day = timezone.localdate(release.publish_at)
    if occasion(day, today) != "soon" or release_standing.of(release).is_ready:
        return 0
    kind = "release-soon-alone" if release.rule == Release.Rule.ALONE else "release-soon"
    event = f"release-soon:{release.pk}:{release.publish_at.isoformat()}"
    return tell_late(event, kind, release, now)


def _writers(instance: Any, row: NeededBy) -> list[Any]:
    """With whom the text is: everyone who worked on it or has it from them, and whoever named the day.

    Where all of them have left, coordinators find somebody.
    """
    found = contributions(instance)
    ids = {*found.all, *found.heirs, *([row.user_id] if row.user_id else [])}
    return list(get_user_model().objects.filter(pk__in=ids, is_active=True)) or coordinators()


def _instance(row: NeededBy) -> Any:
    model = row.content_type.model_class()
    found = model._default_manager.filter(pk=row.object_id).first() if model else None
    return getattr(found, "specific", found)
