"""The steps of the workflow, and the judge of who may take them."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from editorial import policy


class FourEyesTask(AbstractGroupApprovalTask):
    """A step by somebody who didn't write the text. The last one publishes."""

    class Step(models.TextChoices):
        REVIEW = "review", _("language and accessibility review")
        APPROVAL = "approval", _("approval")

    step = models.CharField(_("what it is"), max_length=10, choices=Step, default=Step.APPROVAL)

    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "step"]

    class Meta:
        verbose_name = _("step with four eyes")
        verbose_name_plural = _("steps with four eyes")

    @classmethod
    def get_description(cls):
        return _("Members of the chosen groups can do it, except whoever wrote the text")

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
            name = _("Approve and publish") if self.step == self.Step.APPROVAL else _("Pass on for approval")
            actions += [("approve", name, False), ("approve", _("…with a comment"), True)]
        return actions

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        task_state = policy.locked(task_state, self)
        if not self.may_act(user):
            raise policy.NotYoursError(_("This step belongs to another group."))
        if action_name == "approve":
            policy.take_newest_revision(task_state, user)
            policy.require_no_objection(task_state, user)
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any):
        """Only what this person may really decide: nobody's desk shows their own text."""
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        mine = [state.pk for state in states if policy.objection(state, user) is None]
        return TaskState.objects.filter(pk__in=mine)
