from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Editorial")

    def ready(self) -> None:
        from wagtail.admin.views.account import NotificationsSettingsPanel

        from editorial import checks, claims, cleaning_signals, signals  # noqa: F401 (registers the system checks)
        from editorial.mail import account, events
        from editorial.translation import doors

        signals.connect()
        cleaning_signals.connect()
        doors.connect()
        NotificationsSettingsPanel.form_class = account.StockNotificationsForm
        claims.connect()
        events.connect()
