from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home and shared")

    def ready(self) -> None:
        from home import addresses, checks, form_fields, link_dialog, signals, topics, widgets  # noqa: F401 (checks)

        signals.connect()
        addresses.connect()
        link_dialog.connect()
        topics.connect()
        form_fields.connect()
        widgets.keep_what_is_typed()
