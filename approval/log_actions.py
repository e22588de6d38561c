"""What approval adds to Wagtail's own log, in words."""

from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter

from approval import dates


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


class Time(LogFormatter):
    label = gettext_lazy("Set the time of publication")

    def format_message(self, log_entry: Any) -> str:
        moments = {name: parse_datetime(value) for name, value in (log_entry.data or {}).items() if value}
        words = {name: dates.day_and_hour(moment) for name, moment in moments.items() if moment}
        if len(words) == 2:
            return _("Time set: %(go_live_at)s to %(expire_at)s") % words
        if "go_live_at" in words:
            return _("Time set: %(go_live_at)s") % words
        if "expire_at" in words:
            return _("Time set: until %(expire_at)s") % words
        return _("Time set: as soon as it is approved")


class GoesTogether(Reasoned):
    label = gettext_lazy("Let texts go live together")

    def format_message(self, log_entry: Any) -> str:
        return _("To go live together with its other language")


class MovedTogether(LogFormatter):
    label = gettext_lazy("Change the time of going live together")

    def format_message(self, log_entry: Any) -> str:
        if (log_entry.data or {}).get("reason"):
            return _("What happens if one of both languages isn't ready was changed")
        return _("The time of going live together was changed")


class LeftTogether(Reasoned):
    label = gettext_lazy("No longer go live together")

    def format_message(self, log_entry: Any) -> str:
        return _("No longer goes live together with its other language")


class Pattern(LogFormatter):
    label = gettext_lazy("Begin with a pattern")

    def format_message(self, log_entry: Any) -> str:
        return _("Wrote words of the pattern that the page began with")


class AskToOpen(Reasoned):
    label = gettext_lazy("Ask to open a private page")

    def format_message(self, log_entry: Any) -> str:
        return _("Asked to open the page to everybody")


class Open(Reasoned):
    label = gettext_lazy("Let a private page be open")

    def format_message(self, log_entry: Any) -> str:
        return _("The page was opened to everybody")


class KeepPrivate(Reasoned):
    label = gettext_lazy("Keep a page private")

    def format_message(self, log_entry: Any) -> str:
        return _("The page stays private")


class Restrict(LogFormatter):
    label = gettext_lazy("Keep to named people")

    def format_message(self, log_entry: Any) -> str:
        return _("Kept to: %(people)s") % {"people": ", ".join((log_entry.data or {}).get("people", []))}


class EndRestriction(LogFormatter):
    label = gettext_lazy("No longer keep to named people")

    def format_message(self, log_entry: Any) -> str:
        return _("No longer kept to named people")


class Override(Reasoned):
    label = gettext_lazy("Open what is kept to others")

    def format_message(self, log_entry: Any) -> str:
        return _("Opened as an administrator, without being one of the people to whom it was kept")


class HandedOver(LogFormatter):
    label = gettext_lazy("Hand a text over")

    def format_message(self, log_entry: Any) -> str:
        names = {"from_name": "–", "to_name": "–", **(log_entry.data or {})}
        return _("Handed over by %(from_name)s, who left, to %(to_name)s") % names


def register(actions: LogActionRegistry) -> None:
    for name, formatter in {
        "approval.emergency": Emergency,
        "approval.confirm": Confirm,
        "approval.withdraw": Withdraw,
        "approval.restore": Restore,
        "approval.held-back": HeldBack,
        "approval.time": Time,
        "approval.joined": GoesTogether,
        "approval.moved": MovedTogether,
        "approval.left": LeftTogether,
        "approval.ask-to-open": AskToOpen,
        "approval.open": Open,
        "approval.keep-private": KeepPrivate,
        "approval.withdrawn": Withdraw,
        "approval.pattern": Pattern,
        "approval.restricted": Restrict,
        "approval.unrestricted": EndRestriction,
        "approval.overridden": Override,
        "approval.handed-over": HandedOver,
    }.items():
        actions.register_action(name)(formatter)
