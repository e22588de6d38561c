"""The steps of the workflow, and the judge of who may take them."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Task, TaskState

from approval import corrections, dates, policy, reviewed_revisions, roles, submissions, times, validation
from approval.forms import ApproveForm, ReturnForm


class FourEyesTask(AbstractGroupApprovalTask):
    """A step by somebody who didn't write the text. The last one publishes."""

    class Step(models.TextChoices):
        REVIEW = "review", _("language and accessibility review")
        APPROVAL = "approval", _("approval")
        CORRECTION = "correction", _("small correction")

    # Which step of roles.py it is, whatever it is called by now; empty for a step that an administrator added.
    key = models.CharField(max_length=20, unique=True, null=True, editable=False)
    step = models.CharField(_("what it is"), max_length=10, choices=Step, default=Step.APPROVAL)

    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "step"]

    class Meta:
        verbose_name = _("step with four eyes")
        verbose_name_plural = _("steps with four eyes")

    @classmethod
    def get_description(cls):
        return _("Members of the chosen groups can do it, except whoever wrote the text")

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        """Changed text starts at the first step that it hasn't passed, wherever it was returned."""
        shortcut = self._shortcut(workflow_state)
        if shortcut is None:  # returned as a small correction, it goes the usual way unless it is sent as one again
            workflow_state.task_states.filter(status=TaskState.STATUS_SKIPPED).update(status=TaskState.STATUS_CANCELLED)
        first = shortcut or workflow_state.get_next_task()
        if first is not None and first.pk != self.pk:
            return first.specific.start(workflow_state, user=user)
        task_state = super().start(workflow_state, user=user)
        submissions.keep_note(task_state, user)
        return task_state

    def _shortcut(self, workflow_state: Any) -> Any:
        """The one step of a small correction, in place of all others; None for every other text.

        The others count as passed for this very version: with its next change, it has to go their way.
        """
        if not corrections.is_meant():
            return None
        its_own = {"key": roles.CORRECTION.key, "step": self.Step.CORRECTION}
        task = FourEyesTask.objects.filter(active=True, **its_own).first()
        text = policy.subject_of(workflow_state)
        if task is None or corrections.objection(text, text.get_latest_revision_as_object()):
            return None
        skipped = {"revision": text.get_latest_revision(), "status": TaskState.STATUS_SKIPPED}
        for passed in workflow_state.workflow.tasks.filter(active=True):
            if not workflow_state.task_states.filter(task=passed, **skipped).exists():
                TaskState.objects.create(workflow_state=workflow_state, task=passed, **skipped)
        return task

    def may_act(self, user: Any) -> bool:
        """True for members of this step's groups."""
        return user.is_active and (user.is_superuser or self._user_in_groups(user))

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """What the screen offers; `on_action` decides."""
        if not self.may_act(user):
            return []
        actions = [("reject", _("Return for corrections"), True)]
        state = obj.current_workflow_task_state
        if state and policy.objection(state, user) is None:
            actions.append(("approve", self.approve_label(state), True))
        return actions

    def approve_label(self, task_state: Any, is_last: bool | None = None) -> Any:
        """What approving will do, as the words on the button. `is_last`: for whoever asked that before."""
        workflow_state = task_state.workflow_state
        is_last = self.is_last(workflow_state) if is_last is None else is_last
        if not is_last:
            return _("Pass on for approval") if self.step == self.Step.REVIEW else _("Approve and pass on")
        if release := policy.open_release_of_step(task_state):
            if release.is_completed_by(int(workflow_state.object_id)):
                has_others = release.items.filter(is_open=True, approval__isnull=False).exists()
                return _("Approve and publish both languages") if has_others else _("Approve and publish")
            return _("Approve; it goes live with its other language")
        time = _planned(workflow_state)
        if time and time > timezone.now():
            return _("Approve for %(time)s") % {"time": dates.day_and_hour(time)}
        return _("Approve and publish")

    def is_last(self, workflow_state: Any) -> bool:
        """True if every other step has said yes to the newest text: then yes here publishes it."""
        newest = workflow_state.content_object.latest_revision_id
        passed = workflow_state.task_states.filter(
            revision=newest, status__in=(TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED)
        )
        others = Task.objects.filter(workflow_tasks__workflow=workflow_state.workflow_id).exclude(pk=self.pk)
        return not others.exclude(pk__in=passed.values("task")).exists()

    def get_form_for_action(self, action: str) -> Any:
        return ReturnForm if action == "reject" else ApproveForm

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Take this step, for Wagtail, which shows whatever comes back from here as the answer to a request."""
        self.decide(task_state, user, action_name, **kwargs)

    @transaction.atomic
    def decide(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Take this step; returns its state, as it is now.

        `shown`: number of the revision that the person saw; `comment`: their words.
        """
        task_state = policy.lock_open_step(task_state, self)
        if not self.may_act(user):
            raise policy.NotYoursError(_("This step belongs to another group."))
        shown = kwargs.get("shown")
        if action_name == "approve":
            policy.require_no_objection(task_state, user)
        if action_name == "approve" or shown:
            # Saved with the decision itself.
            task_state.revision = reviewed_revisions.reviewed_by(
                user, policy.subject(task_state), shown, task_state.revision_id
            )
        if action_name == "approve":
            self._require_times(task_state, kwargs.get("times"))
            validation.require_none(self._obstacles(task_state.workflow_state))
            validation.require_none(self.problems(task_state.workflow_state.verdict))
        super().on_action(task_state, user, action_name, comment=str(kwargs.get("comment") or ""))
        return task_state

    def _require_times(self, task_state: Any, shown: str | None) -> None:
        """Nobody publishes at once what they saw with a time. `shown`: `times.fingerprint`, or nothing."""
        verdict = task_state.workflow_state.verdict
        live = verdict.instance.live_revision_id
        if shown and shown != times.fingerprint(verdict.revision, task_state.release, live):
            words = _("Since you opened this page, its time or what visitors see of it changed. Look again.")
            raise reviewed_revisions.ChangedMeanwhileError(words)

    def _obstacles(self, workflow_state: Any) -> list[validation.Problem]:
        """What keeps this step from a yes: before the last one, the text may wait for another one to be public."""
        found = workflow_state.verdict.obstacles
        if not any(problem.comes_first for problem in found):
            return found
        return validation.preventing(found, is_last=self.is_last(workflow_state))

    def problems(self, verdict: Any) -> list[validation.Problem]:
        """What prevents a yes at this step besides the text: it is no small correction any more."""
        if self.step != self.Step.CORRECTION:
            return []
        found = corrections.objection(verdict.instance, verdict.text)
        words = _("This is no small correction any more, so return it. %(reason)s") % {"reason": found}
        return [validation.Problem("correction", words, True)] if found else []

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any):
        """Only what this person may really decide: nobody's dashboard shows their own text."""
        states = list(super().get_task_states_user_can_moderate(user, **kwargs).select_related("workflow_state"))
        facts = policy.facts_of(states)
        mine = [pk for pk, fact in facts.items() if fact.objection(user) is None]
        return TaskState.objects.filter(pk__in=mine)


def _planned(workflow_state: Any) -> Any:
    """The time at which the newest text is meant to go live, or None."""
    return parse_datetime(workflow_state.content_object.get_latest_revision().content.get("go_live_at") or "")
