"""Registers what notifications add to Wagtail; the things themselves live elsewhere."""

from wagtail import hooks

from notifications.account import MailChoicePanel

hooks.register("register_account_settings_panel", MailChoicePanel)
