"""What the ledger puts on a dashboard: what was published, what is to be, and what waits to be confirmed."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Revision

from approval import dates, emergency, ledger_words, schedule
from approval.models import Act, LedgerEntry
from approval.models.acts import PUBLISHING_ACTS
from approval.models.ledger import ids_of
from approval.permissions import EMERGENCY
from approval.type_names import type_name_of
from approval.validation import Problem
from approval.views.subjects import edit_address_of
from newsroom.rows import MOST, DashboardRow

RECENT = timedelta(days=14)


class LedgerRows:
    """Finds the rows of one person's dashboard that come from the ledger."""

    def __init__(self, request: HttpRequest) -> None:
        self.request, self.user = request, request.user

    @cached_property
    def languages(self) -> dict[int, str]:
        """The name of each language, by the number of its locale: a title is often the same in two."""
        codes = Locale.objects.values_list("pk", "language_code")
        return {number: str(get_language_info(code)["name_translated"]) for number, code in codes}

    def _languages_of(self, keys: Iterable[tuple[int, str]]) -> dict[tuple[int, str], str]:
        """The name of the language of each page among `keys` (base content type, number as text)."""
        page_type = ContentType.objects.get_for_model(Page).pk
        numbers = [pk for kind, pk in keys if kind == page_type]
        rows = Page.objects.filter(pk__in=numbers).values_list("pk", "locale") if numbers else ()
        return {(page_type, str(pk)): self.languages.get(locale, "") for pk, locale in rows}

    def published(self) -> list[DashboardRow]:
        entries = LedgerEntry.objects.filter(act__in=PUBLISHING_ACTS, at__gt=timezone.now() - RECENT)
        newest = list(entries.exclude(act=Act.SEEDED).order_by("-pk")[:MOST])
        pages = ContentType.objects.get_for_model(Page).pk
        found = Page.objects.in_bulk([int(entry.object_id) for entry in newest if entry.content_type_id == pages])
        rows = []
        for entry in newest:
            page = found.get(int(entry.object_id)) if entry.content_type_id == pages else None
            url = page.get_url(self.request) if page is not None and page.live else None
            notes = [f"{capfirst(dates.day_and_hour(entry.at))}: {ledger_words.sentence(entry)}"]
            rows.append(
                DashboardRow(
                    entry.title,
                    url or edit_address_of(entry.content_type_id, entry.object_id),
                    kind=type_name_of(page.content_type_id if page else entry.content_type_id),
                    language=self.languages.get(page.locale_id, "") if page else "",
                    notes=notes,
                )
            )
        return rows

    def unconfirmed(self) -> list[DashboardRow]:
        """Emergency publications that wait for somebody independent, without those in which this person had a hand."""
        may = self.user.has_perm(EMERGENCY)
        rows = []
        entries = list(LedgerEntry.objects.unconfirmed().order_by("pk"))
        languages = self._languages_of((entry.content_type_id, entry.object_id) for entry in entries)
        for entry in entries:
            if emergency.is_own(entry, self.user):
                continue
            kind = entry.content_type
            subject = (kind.app_label, kind.model, entry.object_id)
            url = (
                reverse("approval:answer", args=(*subject, entry.pk))
                if may
                else edit_address_of(entry.content_type_id, entry.object_id)
            )
            said = _("%(name)s published it in an emergency on %(time)s: %(reason)s")
            facts = {"name": entry.user_name, "time": dates.day_and_hour(entry.at), "reason": entry.reason}
            rows.append(
                DashboardRow(
                    entry.title,
                    url,
                    _("Look and confirm"),
                    language=languages.get((entry.content_type_id, entry.object_id), ""),
                    notes=[said % facts],
                    alarm=_("Nobody independent has confirmed it yet."),
                )
            )
        return rows

    def asking_to_open(self) -> list[DashboardRow]:
        """Private pages that somebody else wants to be open to everybody, for those who may ask and answer."""
        if not self.user.has_perm(EMERGENCY):
            return []
        entries = list(LedgerEntry.objects.asking_to_open().exclude(user=self.user).order_by("pk"))
        languages = self._languages_of((entry.content_type_id, entry.object_id) for entry in entries)
        said = _("%(name)s asked on %(time)s to open it to everybody: %(reason)s")
        return [
            DashboardRow(
                entry.title,
                reverse("approval:opening", args=("wagtailcore", "page", entry.object_id)),
                _("Look and decide"),
                language=languages.get((entry.content_type_id, entry.object_id), ""),
                notes=[
                    said % {"name": entry.user_name, "time": dates.day_and_hour(entry.at), "reason": entry.reason},
                ],
            )
            for entry in entries
        ]

    # --- What waits for its time, or is held back at it

    @cached_property
    def _scheduled(self) -> list[Any]:
        return list(
            Revision.objects.filter(approved_go_live_at__isnull=False).defer("content").order_by("approved_go_live_at")
        )

    @cached_property
    def _languages_of_scheduled(self) -> dict[tuple[int, str], str]:
        return self._languages_of((one.base_content_type_id, one.object_id) for one in self._scheduled)

    def scheduled(self) -> list[DashboardRow]:
        return [self._scheduled_row(one) for one in self._scheduled if one.pk not in self._held_back][:MOST]

    def _scheduled_row(self, revision: Any, verb: str = "") -> DashboardRow:
        return DashboardRow(
            revision.object_str,
            edit_address_of(revision.base_content_type_id, revision.object_id),
            verb,
            notes=[_("Goes live on %(time)s.") % {"time": dates.day_and_hour(revision.approved_go_live_at)}],
            kind=type_name_of(revision.content_type_id),
            language=self._languages_of_scheduled.get((revision.base_content_type_id, revision.object_id), ""),
        )

    @cached_property
    def _held_back(self) -> dict[int, tuple[Any, list[Problem]]]:
        """Approved texts whose time has come and that can't go live, by the number of the version."""
        late = [revision for revision in self._scheduled if revision.approved_go_live_at <= timezone.now()]
        return {found[0].pk: found for found in schedule.held_back_now(late[:MOST])}

    def held_back(self, *, all_of_them: bool) -> list[DashboardRow]:
        """What can't go live at its time; `all_of_them`, or what this person worked on."""
        rows = []
        for revision, problems in self._held_back.values():
            if not all_of_them and not self._wrote(revision):
                continue
            row = DashboardRow(
                revision.object_str,
                edit_address_of(revision.base_content_type_id, revision.object_id),
                _("Open"),
                kind=type_name_of(revision.content_type_id),
                notes=[problem.words for problem in problems],
            )
            time = dates.day_and_hour(revision.approved_go_live_at)
            row.alarm = _("It was approved for %(time)s and can't go live.") % {"time": time}
            rows.append(row)
        return rows

    def _wrote(self, revision: Any) -> bool:
        same = {"content_type": revision.base_content_type_id, "object_id": revision.object_id}
        approval = LedgerEntry.objects.filter(act=Act.SCHEDULED, **same).order_by("-pk").first()
        return approval is not None and self.user.pk in ids_of(approval.contributors)
