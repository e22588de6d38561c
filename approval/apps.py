from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApprovalConfig(AppConfig):
    name = "approval"
    verbose_name = _("Approval")

    def ready(self) -> None:
        from approval import (  # noqa: F401 (checks registers the system checks)
            checks,
            claims,
            cleaning_signals,
            exports,
            signals,
            whole_tree,
        )

        signals.connect()
        cleaning_signals.connect()
        claims.connect()
        whole_tree.connect()
        exports.keep_harmless()
