"""Rows of the outbox as a letter, in the receiver's language, as text and HTML."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.models import Locale, TaskState

from approval import policy, step_names
from approval.quoting import quoted
from approval.type_names import type_name
from approval.visibility import who_may_know
from notifications import missing_texts
from notifications.kinds import KINDS
from notifications.links import absolute
from notifications.missing_texts import MissingText
from notifications.models import OutgoingMail

EMBLEM = "img/eu-emblem.png"  # mail programs show no SVG


@dataclass(frozen=True)
class Item:
    """What one event says to its receiver."""

    subject: str
    title: str
    lead: str
    action: str
    url: str
    why: str
    quote: str = ""
    quote_label: str = ""
    details: list[tuple[str, str]] = field(default_factory=list)
    missing: list[MissingText] = field(default_factory=list)


def sort_out(rows: list[OutgoingMail]) -> tuple[list[OutgoingMail], list[OutgoingMail]]:
    """What is still true for its receiver, and what is not: (send, drop)."""
    useful = [row for row in rows if is_of_use(row)]
    return useful, [row for row in rows if row not in useful]


def is_of_use(row: OutgoingMail) -> bool:
    """False for people who left or may not know of it, of a deleted text, and for "waits for you" where it doesn't."""
    user = row.user
    if not row.current_address or (user and not user.is_active):
        return False
    if user and not who_may_know(get_user_model().objects.filter(pk=user.pk), row.facts.get("pair", "")).exists():
        return False
    step = row.facts.get("task_state")
    state = TaskState.objects.filter(pk=step).first() if step else None
    if step and state is None:
        return False
    if _names_missing(row) and not missing_texts.is_anything_missing(row.facts):
        return False
    if user is None or row.kind not in ("submitted", "passed-on", "soon", "overdue"):
        return True
    if state is None or not state.task.specific.may_act(user):
        return False
    return policy.objection(state, user) is None


def _names_missing(row: OutgoingMail) -> bool:
    return row.kind in KINDS and KINDS[row.kind].names_missing


def message(rows: list[OutgoingMail]) -> EmailMultiAlternatives:
    """One mail for all of `rows`, which have the same receiver."""
    user, language = rows[0].user, rows[0].language
    with override(language):
        items = [item_of(row) for row in rows]
        subject = items[0].subject if len(items) == 1 else _subject_of_many(rows, items)
        context = {
            "language": language,
            "user": user,
            "subject": subject,
            "items": items,
            "whys": list(dict.fromkeys(item.why for item in items)),
            "account_url": absolute(reverse("wagtailadmin_account")) + "#tab-notifications",
            "dashboard_url": absolute(reverse("wagtailadmin_home")),
            "emblem_url": absolute(static(EMBLEM)),
            "site": _letterhead()(language),
        }
        mail = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string("notifications/letter.txt", context).strip() + "\n",
            to=[rows[0].current_address],
            headers={
                "Auto-Submitted": "auto-generated",
                "Content-Language": language,
                "Message-ID": message_id(rows),
            },
        )
        mail.attach_alternative(render_to_string("notifications/letter.html", context), "text/html")
    return mail


def message_id(rows: list[OutgoingMail]) -> str:
    """The same whenever the same rows go in one mail, so that logs and receivers can tell."""
    number = hashlib.sha256("|".join(f"{row.pk}:{row.event}" for row in rows).encode()).hexdigest()[:32]
    return f"<{number}@{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname}>"


def item_of(row: OutgoingMail) -> Item:
    """The words of one row, in the active language."""
    kind, facts, words = KINDS[row.kind], row.facts, _words_of(row)
    return Item(
        subject=kind.subject % words,
        title=words["title"],
        lead=kind.lead % words,
        action=str(kind.action),
        url=kind.url(row) if kind.url else facts.get("url") or facts.get("edit_url", ""),
        why=str(kind.why),
        quote=facts.get("comment") or facts.get("reason") or "",
        quote_label=_("Comment") if facts.get("comment") else _("Reason"),
        details=[detail for detail in _details(facts, words) if detail[1]],
        missing=missing_texts.of(facts, row.user) if kind.names_missing else [],
    )


def _words_of(row: OutgoingMail) -> dict[str, str]:
    """What stands in the places of its kind's sentences."""
    facts = row.facts
    return {
        "title": facts.get("title", ""),
        "who": facts.get("who") or _("The site"),
        "step": step_names.shown_name(facts.get("step", "")),
        "day": _day(facts.get("day", "")),
        "time": _time(facts.get("time", "")),
    }


def _details(facts: dict[str, Any], words: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (_("Kind"), _kind_name(facts.get("model", ""))),
        (_("Language"), _language_name(facts.get("locale"))),
        (_("Step of the workflow"), words["step"]),
        (_("Needed by"), words["day"]),
    ]


def _kind_name(label: str) -> str:
    return type_name(apps.get_model(label)) if label else ""


def _language_name(number: int | None) -> str:
    """Of its locale: both languages of a text often have the same title."""
    locale = Locale.objects.filter(pk=number).first() if number else None
    return locale.get_display_name() if locale else ""


def _day(iso: str) -> str:
    return date_format(date.fromisoformat(iso), "j E Y") if iso else ""


def _time(iso: str) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(iso)), "j E Y, H:i") if iso else ""


def _subject_of_many(rows: list[OutgoingMail], items: list[Item]) -> str:
    """Of a digest how many; of the two languages of a text both by name, once where the same is said of both."""
    if rows[0].in_digest:
        return _digest_subject(len(items))
    titles = quoted(dict.fromkeys(item.title for item in items))
    of_all = {KINDS[row.kind].subject % {**_words_of(row), "title": titles} for row in rows}
    return of_all.pop() if len(of_all) == 1 else "; ".join(item.subject for item in items)


def _digest_subject(count: int) -> str:
    words = ngettext("%(count)d thing about texts, %(day)s", "%(count)d things about texts, %(day)s", count)
    return words % {"count": count, "day": date_format(timezone.localdate(), "j E Y")}


@cache
def _letterhead() -> Any:
    """settings.NOTIFICATIONS_LETTERHEAD: a function language → name, address, funder_statement, disclaimer.

    By name, because these texts belong to the room above this one.
    """
    return import_string(settings.NOTIFICATIONS_LETTERHEAD)
