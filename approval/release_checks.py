"""What speaks against letting texts go live together, or at another time."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from approval import times
from approval.models import ReleaseItem
from approval.policy import is_correction
from approval.refusals import RefusedError


class AtOnceError(RefusedError):
    """All of it would be public at once, which nobody has said."""


def require_consent(release: Any) -> None:
    """Raise AtOnceError where `release`, as `locked_release` found it, goes live as soon as this is done."""
    if release.publish_at is None and all(item.approval for item in release.open_items):
        raise AtOnceError(_("Both texts have an approved version, so they would be public at once."))


def require_usual_way(page: Any) -> None:
    step = page.current_workflow_task_state
    if step and step.status == TaskState.STATUS_IN_PROGRESS and is_correction(step.task.specific):
        words = _("“%(title)s” is on its way as a small correction, which goes live alone. Decide on that first.")
        raise RefusedError(words % {"title": page.title})


def require_end_later(item: ReleaseItem, publish_at: datetime | None) -> None:
    revision = item.approval.get_revision() if item.approval else None
    ends = times.planned(revision)["expire_at"] if revision else None
    if item.page and ends and publish_at and ends <= publish_at:
        raise RefusedError(f"“{item.page.get_admin_display_title()}”: {times.ends_first()}")


def require_time_to_come(publish_at: datetime | None) -> None:
    if publish_at is not None and publish_at <= timezone.now():
        raise RefusedError(_("This time is over: choose a later one."))
