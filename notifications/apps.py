from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from wagtail.admin.views.account import NotificationsSettingsPanel

        from notifications import account, events, release_events

        NotificationsSettingsPanel.form_class = account.StockNotificationsForm
        events.connect()
        release_events.connect()
