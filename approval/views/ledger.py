"""The ledger in the admin: the report, and the history of one page."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.admin.views.reports.base import ReportView
from wagtail.models import Page
from wagtail.snippets.views.snippets import HistoryView as SnippetHistoryView

from approval import exports, ledger_words
from approval.filters import LedgerFilterSet
from approval.models import Act, LedgerEntry
from approval.views.subjects import wagtail_address

VIEW = "approval.view_ledgerentry"


def history_address(entry: LedgerEntry) -> str | None:
    """The history of what an entry is about, without asking the database."""
    model = entry.content_type.model_class()
    has_one = model is Page or hasattr(model, "snippet_viewset")
    return wagtail_address("history", model, entry.object_id) if has_one else None


def _writers(entry: LedgerEntry) -> str:
    return ledger_words.names(entry.contributors)


def _words(entry: LedgerEntry) -> str:
    return "; ".join(f"{name}: {words}" if name else words for name, words in ledger_words.comments(entry))


class LedgerView(exports.PlainExportMixin, ReportView):
    """Every decision about what visitors see."""

    page_title = _("Publications")
    header_icon = "clipboard-list"
    model = LedgerEntry
    filterset_class = LedgerFilterSet
    index_url_name = "approval:ledger"
    index_results_url_name = "approval:ledger_results"
    default_ordering = "-at"
    is_searchable = False
    columns = [
        DateColumn("at", label=_("When"), sort_key="at"),
        Column("what", label=_("What happened"), accessor=ledger_words.sentence),
        TitleColumn("title", label=_("Title"), get_url=history_address),
        Column("language", label=_("Language"), accessor=lambda entry: entry.language),
        Column("revision_number", label=_("Version")),
        Column("writers", label=_("Who wrote it"), accessor=_writers),
        Column("approvers", label=_("Who approved it"), accessor=ledger_words.approvals),
        Column("words", label=_("Reason and comments"), accessor=_words),
    ]
    export_headings = {
        "at": _("When"),
        "act": _("What happened"),
        "title": _("Title"),
        "revision_number": _("Version"),
        "digest": _("Digest of the content"),
        "user_name": _("Who"),
        "contributors": _("Who wrote it"),
        "approvals": _("Who approved it"),
        "reason": _("Reason and comments"),
    }
    list_export = list(export_headings)
    custom_field_preprocess = {
        "act": exports.in_both_formats(lambda act: str(Act(act).label)),
        "contributors": exports.in_both_formats(ledger_words.names),
        "approvals": exports.in_both_formats(
            lambda steps: "; ".join(" – ".join(filter(None, (s.name, s.step, s.comment))) for s in steps)
        ),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet:
        return LedgerEntry.objects.select_related("content_type").prefetch_related("people").order_by("-at")

    def decorate_paginated_queryset(self, page_obj: Any) -> Any:
        """Each entry with the language of its page: a title is often the same in two."""
        entries = [entry for entry in page_obj if entry.content_type.model_class() is Page]
        pages = Page.objects.filter(pk__in=[entry.object_id for entry in entries])
        codes = {str(pk): code for pk, code in pages.values_list("pk", "locale__language_code")}
        for entry in page_obj:
            entry.language = codes.get(entry.object_id, "").upper() if entry in entries else ""
        return page_obj

    def get_filename(self) -> str:
        return f"publications-{timezone.localdate().isoformat()}"


class PublicationsMixin:
    """Wagtail's history, with the publications in words above it."""

    object: Any
    template_name = "approval/history.html"
    workflow_history_url = None
    """Wagtail tells the workflow a second time, on a page of its own; this one has every step of it."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)  # type: ignore[misc]
        context["publications"] = publications_of(self.object)
        return context


class RecordHistoryView(PublicationsMixin, PageHistoryView):
    """History of a page."""


class RecordSnippetHistoryView(PublicationsMixin, SnippetHistoryView):
    """History of a snippet."""


def publications_of(instance: Any, limit: int = 50) -> list[dict[str, Any]]:
    """The newest publications of `instance`, as plain values for a template."""
    return [
        {
            "at": entry.at,
            "sentence": ledger_words.sentence(entry),
            "version": entry.revision_number,
            "writers": _writers(entry),
            "approvals": ledger_words.approvals(entry),
            "comments": ledger_words.comments(entry),
        }
        for entry in LedgerEntry.objects.for_instance(instance).prefetch_related("people")[:limit]
    ]
