from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Editorial")

    def ready(self) -> None:
        from wagtail.admin.views.account import NotificationsSettingsPanel

        from approval import checks, claims, cleaning_signals, signals  # noqa: F401 (registers the system checks)
        from notifications import account, events
        from translation import signals

        signals.connect()
        cleaning_signals.connect()
        signals.connect()
        NotificationsSettingsPanel.form_class = account.StockNotificationsForm
        claims.connect()
        events.connect()
