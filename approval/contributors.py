"""Who had a hand in what waits for approval: they can't approve it.

Counted: everyone who saved a revision since the text that visitors see was approved (a later save
by a colleague makes nobody innocent), whoever submitted it (again), the first owner of a page that was never
published (not who has it from them: `handover.py`), and whoever wrote what was copied or brought back from the past.

Asked for many texts at once, it costs the same number of queries as for one: four, and more where something was
brought back or submitted again.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page, PageLogEntry, Revision, TaskState, WorkflowState

from approval.contribution_window import ByContributor, Contributions, ContributionWindow
from approval.models.ledger import LedgerEntry
from approval.models.restricted_draft import restricted_draft_of

WROTE = "edited the text"
SUBMITTED = "submitted it"
OWNS = "created the page"
REVERTED = "wrote the version that was brought back"

PATTERN = "approval.pattern"
WRITING = ("wagtail.create", "wagtail.edit", "wagtail.revert", "wagtail.rename", "wagtail.copy", PATTERN)
RESUMED = "wagtail.workflow.resume"
HANDED_OVER = "approval.handed-over"

Key = tuple[int, str]
"""Which text: id of the base content type, primary key as text."""


def key_of(instance: Any) -> Key:
    return instance.get_base_content_type().pk, str(instance.pk)


Windows = dict[Key, ContributionWindow]


def contributors(instance: Any) -> ByContributor:
    """Everyone with a hand in the unpublished text of `instance`."""
    return contributions(instance).all


def contributions(instance: Any) -> Contributions:
    """Who did what to the unpublished text of `instance`."""
    return contributions_of([instance])[key_of(instance)]


def contributions_of(instances: Iterable[Any]) -> dict[Key, Contributions]:
    """The same for many texts."""
    windows = {key_of(instance): ContributionWindow(instance) for instance in instances}
    if windows:
        _open(windows)
        submissions = _add_reviews(windows)
        _add_revisions(windows)
        _add_logs(windows)
        _add_submitters(windows, submissions)
    for window in windows.values():
        owners = window.owners
        owner = owners[min(owners)] if owners else getattr(window.instance, "owner_id", None)
        if owner and window.since is None:
            window.add(owner, OWNS, None)
    return {key: window.found for key, window in windows.items()}


def _open(windows: Windows) -> None:
    """Every window begins when its newest independently approved content was written."""
    entries = LedgerEntry.objects.filter(_these(windows, "content_type", "object_id")).independent()
    for type_id, object_id, written, at in entries.order_by("pk").values_list(
        "content_type_id", "object_id", "content_time", "at"
    ):
        window = windows[type_id, object_id]
        window.since, window.settled = written, at


Submission = tuple[Key, int, datetime, str]
"""Which text, who submitted it first, when, and how that workflow stands."""


def _add_reviews(windows: Windows) -> list[Submission]:
    """The spans of the language step; returns the submissions, which stand in the same rows."""
    texts = _these(windows, "base_content_type", "object_id")
    rows = WorkflowState.objects.filter(texts).values_list(
        "base_content_type_id",
        "object_id",
        "requested_by",
        "created_at",
        "status",
        "task_states__task__foureyestask__step",
        "task_states__started_at",
        "task_states__finished_at",
        "task_states__status",
    )
    submissions: dict[Submission, None] = {}  # in their order, each once: a row is a step
    for type_id, object_id, user, at, status, step, start, end, step_status in rows:
        if user:
            submissions[(type_id, object_id), user, at, status] = None
        if step == "review" and (end or step_status == TaskState.STATUS_IN_PROGRESS):
            windows[type_id, object_id].reviews.append((start, end))
    return list(submissions)


def _add_revisions(windows: Windows) -> None:
    rows = Revision.objects.filter(_these(windows, "base_content_type", "object_id", "created_at"))
    for type_id, object_id, user, at, draft in rows.exclude(user=None).values_list(
        "base_content_type_id", "object_id", "user_id", "created_at", restricted_draft_of("object_id")
    ):
        (window := windows[type_id, object_id]).add(user, WROTE, at)
        window.found.draft = draft if isinstance(window.instance, Page) else None  # a snippet may have the same number


def _add_logs(windows: Windows) -> None:
    """The log outlives purged and overwritten revisions, and knows of copies and reverts."""
    by_log: dict[Any, Windows] = defaultdict(dict)
    for key, window in windows.items():
        by_log[log_registry.get_log_model_for_instance(window.instance)][key] = window
    for log_model, group in by_log.items():
        if log_model is not None:
            _add_log(log_model, group)


def _add_log(log_model: Any, windows: Windows) -> None:
    is_of_pages, which = log_model is PageLogEntry, Q()
    by_pk, by_type = {}, {}
    for window in windows.values():
        one = window.instance
        by_pk[str(one.pk)], text = window, Q(page_id=one.pk)
        if not is_of_pages:  # a page would ask the database for its type
            by_type[one.get_content_type().pk, str(one.pk)] = window
            text = Q(content_type=one.get_content_type(), object_id=str(one.pk))
        which |= text & window.times("timestamp")
    entries = log_model.objects.filter(which, action__in=(*WRITING, RESUMED, HANDED_OVER)).exclude(user=None)
    resumed = []
    for entry in entries.select_related("revision"):
        window = by_pk[str(entry.page_id)] if is_of_pages else by_type[entry.content_type_id, entry.object_id]
        if entry.action == HANDED_OVER:
            window.owners[entry.timestamp] = entry.data["from"]
            window.found.heirs.add(entry.data["to"])
        elif entry.action == RESUMED:
            resumed.append((window, entry))
        elif entry.revision and window.since and entry.revision.created_at <= window.since:
            pass  # logged a moment after the version that was approved was saved: it tells of that version
        else:
            window.add(entry.user_id, WROTE, entry.timestamp)
            if entry.action == "wagtail.revert" and "revision" in (data := entry.data or {}):
                _add_version(window, data["revision"]["id"])
    _add_resumed(resumed)


def _add_resumed(resumed: list[tuple[ContributionWindow, Any]]) -> None:
    """Whoever submitted again what was returned: the workflow itself knows the first submission only."""
    steps = {entry.pk: entry.data["workflow"]["task_state_id"] for _window, entry in resumed}
    statuses = dict(TaskState.objects.filter(pk__in=steps.values()).values_list("pk", "workflow_state__status"))
    for window, entry in resumed:
        is_over = statuses.get(steps[entry.pk]) == WorkflowState.STATUS_APPROVED
        if not (is_over and window.settled and entry.timestamp <= window.settled):
            window.add(entry.user_id, SUBMITTED, entry.timestamp)


def _add_version(window: ContributionWindow, revision_id: int) -> None:
    """Whoever worked on an old version that was brought back, and on those that had been brought back into that."""
    text = window.instance
    revision = text.revisions.filter(pk=revision_id).first()
    if revision is None:
        return
    since = LedgerEntry.objects.last_approved_content_time(text, before=revision.created_at)
    written = text.revisions.filter(ContributionWindow(text, revision.created_at, since).times("created_at"))
    for user, at in written.exclude(user=None).values_list("user_id", "created_at"):
        window.add(user, REVERTED, at)
    log = log_registry.get_log_model_for_instance(text).objects
    of_pattern = ContributionWindow(text, since=since).times("timestamp") & Q(action=PATTERN, user__isnull=False)
    for entry in log.for_instance(text).filter(Q(revision__in=written, action="wagtail.revert") | of_pattern):
        if entry.action == PATTERN:
            window.add(entry.user_id, REVERTED, entry.timestamp)
        elif (older := entry.data["revision"]["id"]) < revision_id:  # always so; it ends where the log says otherwise
            _add_version(window, older)


def _add_submitters(windows: Windows, submissions: list[Submission]) -> None:
    """Whoever submitted what is still under way, or was submitted in the window and not published."""
    for key, user, at, status in submissions:
        window = windows[key]
        is_active = status in (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
        since = window.settled if status == WorkflowState.STATUS_APPROVED else window.since
        begun = since is None or is_active or at > since
        if begun and (window.until is None or at <= window.until):
            window.add(user, SUBMITTED, at)


def _these(windows: Windows, type_name: str, id_name: str, time_name: str = "") -> Q:
    """Rows about one of the texts, in its window if `time_name` says where their moment stands."""
    found = Q()
    for (type_id, object_id), window in windows.items():
        text = Q(**{type_name: type_id, id_name: object_id})
        found |= text & window.times(time_name) if time_name else text
    return found
