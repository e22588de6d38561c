"""What becomes of accounts, in Wagtail's log."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter


class Left(LogFormatter):
    label = gettext_lazy("Close an account")

    def format_message(self, log_entry: Any) -> str:
        return _("Account closed")


class Invited(LogFormatter):
    label = gettext_lazy("Invite somebody")

    def format_message(self, log_entry: Any) -> str:
        return _("Invited")


class Withdrawn(LogFormatter):
    label = gettext_lazy("Withdraw an invitation")

    def format_message(self, log_entry: Any) -> str:
        return _("Invitation withdrawn")


def register(actions: LogActionRegistry) -> None:
    for name, formatter in {
        "accounts.left": Left,
        "accounts.invited": Invited,
        "accounts.uninvited": Withdrawn,
    }.items():
        actions.register_action(name)(formatter)
