"""What goes live together, on the dashboard: one line for each, with a fixed number of queries."""

from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry

from approval import release_standing
from approval.models import Release
from approval.release_standing import ReleaseStanding, TextStanding
from approval.views.subjects import address
from newsroom.rows import MOST, DashboardRow
from translation.drafts import PERMISSION
from translation.views.begin import begin_address


def rows(user: Any, *, all_of_them: bool) -> list[DashboardRow]:
    """For those who decide or translate all of them, for others what they made or wrote."""
    found = Release.objects.open()
    translates = user.has_perm(PERMISSION)
    if not (all_of_them or translates):
        found = found.filter(Q(created_by=user) | Q(items__page__owner=user)).distinct()
    standings = release_standing.of_all(found.order_by(F("publish_at").asc(nulls_last=True), "pk")[:MOST])
    reasons = _reasons(standings)
    return [_row(standing, translates, reasons) for standing in standings if standing.texts]


def _reasons(standings: list[ReleaseStanding]) -> dict[int, str]:
    """What kept a page from going live, when that was tried last; asked only where something is held back."""
    held_back = [standing for standing in standings if standing.is_held_back]
    pages = [text.page.pk for standing in held_back for text in standing.texts if text.page]
    if not pages:
        return {}
    logs = PageLogEntry.objects.filter(action="approval.held-back", page__in=pages).order_by("timestamp", "pk")
    return {log.page_id: log.data["reason"] for log in logs}


def _row(standing: ReleaseStanding, translates: bool, reasons: dict[int, str]) -> DashboardRow:
    first = next((text for text in standing.texts if text.page), standing.texts[0])
    row = DashboardRow(first.title, address("approval:together", first.page or first.original))
    row.notes = [standing.sentence, " · ".join(f"{text.language}: {text.words}" for text in standing.texts)]
    if standing.is_held_back:
        row.alarm = _("Approved, and can't go live.")
        row.notes += dict.fromkeys(
            reasons[text.page.pk] for text in standing.texts if text.page and text.page.pk in reasons
        )
    missing = _to_begin(standing) if translates else None
    if missing and missing.original:
        row.url, row.verb = begin_address(missing.original.pk, missing.locale), _("Translate")
    return row


def _to_begin(standing: ReleaseStanding) -> TextStanding | None:
    """The first translation that nobody has begun."""
    return next((text for text in standing.texts if text.page is None), None)
