from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApprovalConfig(AppConfig):
    name = "approval"
    verbose_name = _("Approval")

    def ready(self) -> None:
        from approval import checks, claims, cleaning_signals, signals, whole_tree  # noqa: F401 (registers the system checks)

        signals.connect()
        cleaning_signals.connect()
        claims.connect()
        whole_tree.connect()
