"""The ledger in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approval import step_names
from approval.models import Act, LedgerEntry, LedgerPerson, Release


def names(people: Iterable[LedgerPerson]) -> str:
    """“Anna Autorska, Renata Redaktorska”: names as they stood when it was written down."""
    return ", ".join(dict.fromkeys(person.name for person in people if person.name))


def approvals(entry: LedgerEntry) -> str:
    """“Renata Redaktorska (Redakcja językowa), Katarzyna Koordynacka (Zatwierdzenie)”."""
    return ", ".join(
        f"{person.name} ({step_names.shown_name(person.step)})" if person.step else person.name
        for person in entry.approvals
        if person.name
    )


def comments(entry: LedgerEntry) -> list[tuple[str, str]]:
    """Who said what when deciding: (name, words)."""
    said = [(person.name, person.comment) for person in entry.approvals if person.comment]
    is_said = entry.rule or any(words == entry.reason for _name, words in said)
    if entry.reason and not is_said:
        said.append((entry.user_name, entry.reason))
    return said


TOGETHER: dict[str, Any] = {
    Act.HELD: gettext_lazy("Approved; goes live together with its other language on %(due)s."),
    Act.JOINED: gettext_lazy("%(who)s had it go live together with its other language on %(due)s."),
    Act.MOVED: gettext_lazy("%(who)s moved the time of going live together to %(due)s."),
    Act.LEFT: gettext_lazy("%(who)s let it no longer go live together with its other language."),
}
TOGETHER_WITHOUT_TIME: dict[str, Any] = {
    Act.HELD: gettext_lazy("Approved; goes live as soon as its other language is approved."),
    Act.JOINED: gettext_lazy("%(who)s had it go live together with its other language, when both are approved."),
    Act.MOVED: gettext_lazy("%(who)s had it go live without a set time, when both languages are approved."),
    Act.LEFT: TOGETHER[Act.LEFT],
}


RULES: dict[str, Any] = {
    Release.Rule.WAIT: gettext_lazy("%(who)s decided that both languages wait if one isn't ready at its time."),
    Release.Rule.ALONE: gettext_lazy(
        "%(who)s decided that the original goes live alone if its translation isn't ready at its time."
    ),
}


PRIVACY: dict[str, Any] = {
    Act.CLOSED: gettext_lazy("It was made private."),
    Act.ASKED: gettext_lazy("%(who)s asked to open it to everybody."),
    Act.OPENED: gettext_lazy("%(who)s let it be open to everybody."),
    Act.KEPT: gettext_lazy("%(who)s decided that it stays private."),
}
OPENED_ALONE = gettext_lazy("It is no longer private; nothing was public by that.")


def sentence(entry: LedgerEntry) -> str:
    """What happened, in one sentence without the date."""
    who = {"who": entry.user_name, "due": _moment(entry.due), "command": entry.reason}
    if entry.act == Act.SCHEDULED and entry.is_at_once:
        return _("%(who)s had it published at once.") % who
    if entry.act == Act.SCHEDULED:
        moved = _("%(who)s set another time: it goes live on %(due)s.")
        return (moved if entry.answered_id else _("Approved; goes live on %(due)s.")) % who
    if entry.rule in RULES:
        return RULES[entry.rule] % who
    if entry.act in TOGETHER:
        return TOGETHER[entry.act] % who if entry.due else TOGETHER_WITHOUT_TIME[entry.act] % who
    if entry.act == Act.PUBLISHED:
        if entry.release_number:
            return _("Went live together with its other language.")
        return _of_its_time(entry) or _("Published after approval.")
    if entry.act == Act.CORRECTED:
        return _("A small correction was published after approval.")
    if entry.act == Act.WITHDRAWN:
        if entry.due is None:
            return _("%(who)s withdrew the approval.") % who
        return _("%(who)s withdrew the approval for %(due)s.") % who
    if entry.act == Act.EMERGENCY:
        return _("%(who)s published it in an emergency, before anybody independent had looked.") % who
    if entry.act == Act.CONFIRMED:
        return _("%(who)s confirmed the emergency publication.") % who
    if entry.act == Act.RESTORED and entry.release_number:
        return _("%(who)s put back the version that was approved before. Its other language stayed as it was.") % who
    if entry.act == Act.RESTORED:
        return _("%(who)s put back the version that was approved before.") % who
    if entry.act == Act.SEEDED:
        return _("Published by the operator's command %(command)s.") % who
    if entry.act in PRIVACY:
        alone = entry.act == Act.OPENED and not entry.answered_id
        return str(OPENED_ALONE) if alone else PRIVACY[entry.act] % who
    if entry.due:
        return _("Taken down at its end date.")
    if entry.user_name:
        return _("%(who)s took it down.") % who
    return _("Taken down.")


def _of_its_time(entry: LedgerEntry) -> str:
    """Of a publication for which a time was approved: whether it went live then; "" where that was at once."""
    waited = entry.answered
    if waited is None or waited.is_at_once:
        return ""
    if waited.act != Act.HELD:
        return _("Went live by itself at the approved time.")
    # Approved before the time of both, or afterwards, when the other one was public already.
    return _("Went live at its time, without its other language.") if waited.due and waited.at < waited.due else ""


def _moment(when: Any) -> str:
    return date_format(localtime(when), "DATETIME_FORMAT") if when else ""
