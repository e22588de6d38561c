"""When an approved text goes live and when it ends: the approver's to say, too. That is no writing.

What it says is another matter than when (`digest.BOOKKEEPING`), so a version keeps its approvals.
"""

from datetime import datetime, time
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from approval import dates, policy, workdays
from approval.clock_fields import ClockDateTimeField
from approval.digest import TIMES
from approval.refusals import RefusedError

MORNING = time(8)
SUGGESTED = 3


def suggestions() -> list[datetime]:
    """The mornings of the next working days."""
    today = timezone.localdate()
    days = [workdays.add(today, count) for count in range(1, SUGGESTED + 1)]
    return [datetime.combine(day, MORNING, timezone.get_current_timezone()) for day in days]


def offered(but: datetime | None) -> list[tuple[str, str]]:
    """The same for buttons: what is sent, and what is read; without `but`, which is chosen already."""
    return [(moment.isoformat(), dates.weekday_and_hour(moment)) for moment in suggestions() if moment != but]


def has_times(revision: Any) -> bool:
    return set(TIMES) <= revision.content.keys()


def planned(revision: Any) -> dict[str, datetime | None]:
    """Both times of a version, as moments."""
    return {name: parse_datetime(revision.content.get(name) or "") for name in TIMES}


def fingerprint(revision: Any, release: Any = None, instead_of: int | None = None) -> str:
    """What a version would change, and when, as one text that goes with a form: nobody says yes to more than they saw.

    `release`: what it goes live together with, whose time and rule stand for its own. `instead_of`: the number of the
    version that visitors read now; what was put back in its place makes other changes of the same words.
    """
    found = [str(revision.content.get(name) or "") for name in TIMES]
    if instead_of:
        found.append(str(instead_of))
    if release:
        found += [str(release.pk), release.rule, release.publish_at.isoformat() if release.publish_at else ""]
    return "/".join(found)


class TimesForm(forms.Form):
    """Both may stay empty: live with the approval, and for good."""

    go_live_at = ClockDateTimeField(
        label=gettext_lazy("Goes live"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    expire_at = ClockDateTimeField(
        label=gettext_lazy("Ends (optional)"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        begins, ends = found.get("go_live_at"), found.get("expire_at")
        for name, moment in list(found.items()):
            if moment and moment <= timezone.now():
                self.add_error(name, _("This time is over: choose a later one."))
            elif moment and moment.year > timezone.now().year + 10:
                self.add_error(name, _("Choose a year that people live to see."))
        if begins and ends and ends <= begins:
            self.add_error("expire_at", _("It would end before it begins: choose a later end."))
        return found


@transaction.atomic
def plan(task_state: Any, task: Any, user: Any, go_live_at: datetime | None, expire_at: datetime | None) -> None:
    """Set both times of the version that waits at `task_state`, for whoever could approve it there.

    Of one that goes live together with others only `expire_at`: `releases` moves the time of all of them.
    """
    task_state = policy.lock_open_step(task_state, task)
    if not task.may_act(user) or not task.is_last(task_state.workflow_state):
        raise policy.NotYoursError(_("The time is set by those who approve the text."))
    policy.require_no_objection(task_state, user)
    found = task_state.workflow_state.verdict
    if policy.is_correction(task):
        raise RefusedError(_("A small correction has no time of its own."))
    if not has_times(found.revision):
        raise RefusedError(_("This text has no time of its own."))
    if release := task_state.release:
        if go_live_at:
            raise RefusedError(_("This text goes live together with its other language: change the time of both."))
        if expire_at and release.publish_at and expire_at <= release.publish_at:
            raise RefusedError(ends_first())
        go_live_at = planned(found.revision)["go_live_at"]
    put(found.revision, {"go_live_at": go_live_at, "expire_at": expire_at})
    told = {name: moment.isoformat() if moment else "" for name, moment in planned(found.revision).items()}
    log(found.instance, "approval.time", user=user, revision=found.revision, data=told)


def ends_first() -> str:
    return _("It would be taken down before it is published: its end date comes first.")


def put(revision: Any, times: dict[str, datetime | None]) -> None:
    """Write `times` into a version: it stays the version that it is."""
    kept = {name: moment.isoformat() if moment else None for name, moment in times.items()}
    revision.content = {**revision.content, **kept}
    revision.save(update_fields=["content"])
