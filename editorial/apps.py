from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Editorial")

    def ready(self) -> None:
        from editorial import checks, signals  # noqa: F401 (registers the system checks)

        signals.connect()
        self._write_own_mails()

    def _write_own_mails(self) -> None:
        """Wagtail's workflow mails go to people who can't act, and are sent inside the request."""
        from wagtail.admin import signal_handlers as stock
        from wagtail.admin.views.account import NotificationsSettingsPanel

        from editorial import claims
        from editorial.mail import account, events

        # Wagtail's admin connects its mails in its own ready(), which may come before or after ours.
        stock.register_signal_handlers = lambda: None
        for signal, uid in (
            (stock.task_submitted, "group_approval_task_submitted_email_notification"),
            (stock.workflow_submitted, "workflow_state_submitted_email_notification"),
            (stock.workflow_rejected, "workflow_state_rejected_email_notification"),
            (stock.workflow_approved, "workflow_state_approved_email_notification"),
        ):
            sender = stock.TaskState if signal is stock.task_submitted else stock.WorkflowState
            signal.disconnect(sender=sender, dispatch_uid=uid)
        NotificationsSettingsPanel.form_class = account.StockNotificationsForm
        claims.connect()
        events.connect()
