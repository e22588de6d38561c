"""What lies on a dashboard, found with a fixed number of queries."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import AbstractGroupApprovalTask, Page, Task, TaskState, WorkflowState

from approval import dates, deadlines, people, policy, release_standing, step_names
from approval.archive import NOTHING_NEW
from approval.models import Claim, ReleaseItem
from approval.permissions import WITHDRAW
from approval.titles import shown_title
from approval.type_names import type_name_about
from approval.views.subjects import decision_address, edit_address
from newsroom.ledger_finder import LedgerRows
from newsroom.rows import MOST, DashboardRow, at_step, sentence
from newsroom.translation_panels import TranslatorPanels
from translation.drafts import PERMISSION

HAS_SOMEBODY = Exists(Page.objects.filter(pk=Cast(OuterRef("object_id"), BigIntegerField()), owner__is_active=True))
LEFT_BEHIND = Q(status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by__is_active=False) & ~Q(
    HAS_SOMEBODY, base_content_type__app_label="wagtailcore", base_content_type__model="page"
)


def _standing_of_draft(page: Page) -> str:
    if page.first_published_at and not page.live:
        return _("A new version of an archived page. You haven't sent it yet.")
    return _("A draft. You haven't sent it yet.")


class DashboardRows(LedgerRows):
    """Finds the rows of one person's dashboard."""

    @cached_property
    def open_states(self) -> list[Any]:
        """Every step that is open now, with its day, claim and facts."""
        states = (
            TaskState.objects.filter(
                status=TaskState.STATUS_IN_PROGRESS,
                workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
                workflow_state__current_task_state=F("pk"),
            )
            .select_related("workflow_state__requested_by", "task")
            .order_by("started_at")
        )
        states = deadlines.attach(states)
        self.facts = policy.facts_of(states)
        claims = dict(
            Claim.objects.current()
            .filter(task_state__in=[state.pk for state in states])
            .select_related("user")
            .values_list("task_state_id", "user")
        )
        self.claims = claims
        return sorted((state for state in states if state.pk in self.facts), key=deadlines.sort_key)

    @cached_property
    def my_tasks(self) -> set[int]:
        """Tasks of this person's groups; all of them for an administrator."""
        if self.user.is_superuser:
            return set(Task.objects.filter(active=True).values_list("pk", flat=True))
        kinds = [kind.objects.filter(active=True) for kind in AbstractGroupApprovalTask.__subclasses__()]
        return {pk for tasks in kinds for pk in tasks.filter(groups__user=self.user).values_list("pk", flat=True)}

    @cached_property
    def translations(self) -> TranslatorPanels | None:
        """The panels of a translator; None for everybody else."""
        return TranslatorPanels() if self.user.has_perm(PERMISSION) else None

    @property
    def _elsewhere(self) -> set[int]:
        """Pages that stand on the same dashboard in a translator's panel."""
        return self.translations.translations_under_way if self.translations else set()

    @property
    def decides(self) -> bool:
        return bool(self.my_tasks)

    # --- Heaps

    def waiting(self) -> list[DashboardRow]:
        """What this person can decide, and what was returned to them."""
        return [*(self._decision_row(state) for state in self.my_states), *self._returned()]

    @cached_property
    def my_states(self) -> list[Any]:
        return [
            state
            for state in self.open_states
            if state.task_id in self.my_tasks and self.facts[state.pk].objection(self.user) is None
        ]

    def _decision_row(self, state: Any) -> DashboardRow:
        is_review = self.facts[state.pk].is_review
        verb = _("Review") if is_review else pgettext("button", "Decide")
        row = self._row(state.workflow_state.content_object, decision_address(state), verb)
        writer = state.workflow_state.requested_by
        facts = {
            "day": dates.day_of_work(state.started_at),
            "name": writer.name if writer else "?",
            "step": step_names.shown_name(state.task.name),
        }
        row.notes.append(sentence(_("%(step)s: from %(name)s, waits since %(day)s."), **facts))
        self._add_day(row, state)
        if state.pk in self.claims:
            row.notes.append(_("You took it.") if self.claims[state.pk] == self.user.pk else _("A colleague took it."))
        return row

    @cached_property
    def my_workflows(self) -> list[Any]:
        """Workflows under way that this person began, or on pages of theirs.

        For coordinators, also what was returned to people who have left.
        """
        own_pages = Page.objects.filter(owner=self.user).values_list("pk", flat=True)
        is_own = Q(
            base_content_type=ContentType.objects.get_for_model(Page), object_id__in=[str(pk) for pk in own_pages]
        )
        mine = Q(requested_by=self.user) | is_own
        if self.user.has_perm(WITHDRAW):
            mine |= LEFT_BEHIND
        return list(
            WorkflowState.objects.active()
            .filter(mine)
            .select_related("current_task_state__task", "current_task_state__finished_by")
            .prefetch_related("content_object")
            .order_by("-current_task_state__started_at")
        )

    def _returned(self) -> list[DashboardRow]:
        rows = []
        for workflow_state in self.my_workflows:
            if workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES and workflow_state.content_object:
                step, text = workflow_state.current_task_state, workflow_state.content_object
                row = self._row(text, edit_address(text), _("Correct"))
                facts = {"name": step.finished_by.name if step.finished_by else "?", "day": dates.day(step.finished_at)}
                row.notes.append(
                    _("%(name)s returned it on %(day)s:") % facts + f" {step.comment}"
                    if step.comment
                    else _("%(name)s returned it on %(day)s.") % facts
                )
                rows.append(row)
        return rows

    def mine(self) -> list[DashboardRow]:
        """This person's texts at somebody else's dashboard, then their drafts."""
        by_pk = {state.pk: state for state in self.open_states}
        deciders = people.deciders_of({pk: self.facts[pk] for pk in by_pk})
        rows = []
        for workflow_state in self.my_workflows:
            state = by_pk.get(workflow_state.current_task_state_id)
            if state is None or not workflow_state.content_object:
                continue
            text = workflow_state.content_object
            if isinstance(text, Page) and text.pk in self._elsewhere:
                continue
            row = self._row(text, edit_address(text), _("Open"))
            row.notes.append(at_step(state))
            names = ", ".join(user.name for user in deciders.get(state.pk, []))
            if names:
                row.notes.append(_("Waits for: %(names)s.") % {"names": names})
            else:
                row.alarm = _("Nobody can take this step. Ask an administrator.")
            self._add_day(row, state)
            rows.append(row)
        return [*rows, *self._approved(), *self._drafts()]

    def _approved(self) -> list[DashboardRow]:
        """This person's texts that are approved, and wait for their time or for their other language."""
        wanted = [one for one in self._scheduled if one.pk not in self._held_back]
        pages = Page.objects.filter(pk__in=self._scheduled_pages, owner=self.user) if wanted else ()
        own = {str(page.pk) for page in pages}
        base = ContentType.objects.get_for_model(Page).pk
        rows = [
            self._scheduled_row(revision, _("Open"))
            for revision in wanted
            if revision.user_id == self.user.pk or (revision.base_content_type_id == base and revision.object_id in own)
        ]
        busy = {state.object_id for state in self.my_workflows if state.base_content_type_id == base}
        for page, release, waits in release_standing.held():
            if page.owner_id == self.user.pk and str(page.pk) not in busy and (waits or not release.is_due):
                rows.append(self._row(page, edit_address(page), _("Open"), [release_standing.approved(release)]))
        return rows[:MOST]

    def _drafts(self) -> list[DashboardRow]:
        busy = [state.object_id for state in self.my_workflows]
        drafts = (
            Page.objects.filter(owner=self.user, has_unpublished_changes=True)
            .exclude(pk__in=[pk for pk in busy if pk.isdecimal()])
            .exclude(pk__in=[*self._scheduled_pages, *self._elsewhere])
            .exclude(pk__in=ReleaseItem.objects.filter(is_open=True, approval__isnull=False).values("page"))
            .exclude(NOTHING_NEW)
            .order_by("-latest_revision_created_at")[:MOST]
        )
        return [
            self._row(page, edit_address(page), _("Continue writing"), [_standing_of_draft(page)]) for page in drafts
        ]

    def overdue(self) -> list[DashboardRow]:
        """Late texts that somebody else has to decide."""
        mine = {state.pk for state in self.my_states}
        rows = []
        for state in self.open_states:
            if state.pk not in mine and deadlines.overdue(state):
                row = self._row(state.workflow_state.content_object, decision_address(state), _("Look"))
                row.notes.append(at_step(state))
                self._add_day(row, state)
                rows.append(row)
        return rows

    @property
    def _scheduled_pages(self) -> list[int]:
        pages = ContentType.objects.get_for_model(Page).pk
        return [int(revision.object_id) for revision in self._scheduled if revision.base_content_type_id == pages]

    # --- Rows

    def _row(self, text: Any, url: str, verb: str, notes: list[str] | None = None) -> DashboardRow:
        language = self.languages.get(getattr(text, "locale_id", 0), "")
        return DashboardRow(shown_title(text), url, verb, type_name_about(text), language, notes or [])

    def _add_day(self, row: DashboardRow, state: Any) -> None:
        day = deadlines.due(state)
        if day is None:
            return
        words = date_format(day, "j E")
        if deadlines.overdue(state):
            row.alarm = _("Overdue: it was needed by %(day)s.") % {"day": words}
        else:
            row.notes.append(_("Needed by %(day)s.") % {"day": words})
