"""Registers what notifications add to Wagtail; the things themselves live elsewhere."""

from wagtail import hooks

from notifications import health
from notifications.account import MailChoicePanel
from notifications.panels import warning

hooks.register("register_account_settings_panel", MailChoicePanel)
hooks.register(
    "construct_homepage_panels", warning("notifications/panel.html", 10, lambda: health.waiting().sentences())
)
