"""What approval adds to Wagtail's own log, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter


class Reasoned(LogFormatter):
    """An action whose reason stands under it."""

    def format_comment(self, log_entry: Any) -> str:
        return (log_entry.data or {}).get("reason", "")


class Emergency(Reasoned):
    label = gettext_lazy("Publish in an emergency")

    def format_message(self, log_entry: Any) -> str:
        return _("Published in an emergency, before anybody independent had looked")


class Confirm(Reasoned):
    label = gettext_lazy("Confirm an emergency publication")

    def format_message(self, log_entry: Any) -> str:
        return _("Emergency publication confirmed")


class Withdraw(Reasoned):
    label = gettext_lazy("Withdraw an approval")

    def format_message(self, log_entry: Any) -> str:
        return _("Approval withdrawn before its time")


class HeldBack(Reasoned):
    label = gettext_lazy("Hold back at its approved time")

    def format_message(self, log_entry: Any) -> str:
        return _("Not published at its approved time")


class Restore(Reasoned):
    label = gettext_lazy("Put an approved version back")

    def format_message(self, log_entry: Any) -> str:
        return _("Approved version put back")


def register(actions: LogActionRegistry) -> None:
    for name, formatter in {
        "approval.emergency": Emergency,
        "approval.confirm": Confirm,
        "approval.withdraw": Withdraw,
        "approval.restore": Restore,
        "approval.held-back": HeldBack,
    }.items():
        actions.register_action(name)(formatter)
