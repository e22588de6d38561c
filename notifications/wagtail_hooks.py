"""Registers what notifications add to Wagtail; the things themselves live elsewhere."""

from wagtail import hooks

from notifications import panels
from notifications.account import MailChoicePanel

hooks.register("register_account_settings_panel", MailChoicePanel)
hooks.register("construct_homepage_panels", panels.warn)
