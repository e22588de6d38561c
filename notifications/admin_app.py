"""Wagtail's admin without its own mails about the workflow."""

from django.apps import apps
from wagtail import signals
from wagtail.admin.apps import WagtailAdminAppConfig


class AdminConfig(WagtailAdminAppConfig):
    """In `INSTALLED_APPS` in the place of "wagtail.admin".

    Its mails go to people who can't act, and are sent inside the request; ours wait in the outbox (`events.py`).
    Wagtail has no setting for that, so what it has just connected is disconnected (tests/test_canary.py counts).
    """

    def ready(self) -> None:
        super().ready()
        for signal, sender, uid in (
            (signals.task_submitted, "TaskState", "group_approval_task_submitted_email_notification"),
            (signals.workflow_submitted, "WorkflowState", "workflow_state_submitted_email_notification"),
            (signals.workflow_rejected, "WorkflowState", "workflow_state_rejected_email_notification"),
            (signals.workflow_approved, "WorkflowState", "workflow_state_approved_email_notification"),
        ):
            signal.disconnect(sender=apps.get_model("wagtailcore", sender), dispatch_uid=uid)
