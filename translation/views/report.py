"""Every page in every other language: where it stands, since when, by whom, and how much changed."""

from typing import Any

from django.db.models import QuerySet
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports.base import ReportView
from wagtail.models import Locale, Page

from approval import exports
from approval.views.subjects import edit_address
from translation import freshness, snippets
from translation.drafts import PERMISSION
from translation.filters import TranslationsFilterSet
from translation.freshness import Pair, State
from translation.report_lines import ReportLine, ReportLines, completed
from translation.views.begin import begin_address


class StateColumn(Column):
    """Leads to the translation, or to where it is begun."""

    cell_template_name = "translation/columns/state.html"

    def get_cell_context_data(self, instance: "ReportLine", parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        request = context["request"]
        may_begin = request is not None and request.user.has_perm(PERMISSION)
        may_begin = may_begin and instance.pair.state == State.NONE
        return {
            **context,
            "url": _language_address(instance) if instance.pair.translation else "",
            "begin_url": _language_address(instance) if may_begin else "",
            "csrf_token": get_token(request) if may_begin else "",
        }


def _original_address(line: ReportLine) -> str:
    return edit_address(line.pair.original)


def _language_address(line: ReportLine) -> str:
    pair = line.pair
    return edit_address(pair.translation) if pair.translation else begin_address(pair.original.pk, pair.locale)


# --- The report


class TranslationsView(exports.PlainExportMixin, ReportView):
    """What is out of date stands first, then what is missing."""

    page_title = _("Translations")
    header_icon = "wagtail-localize-language"
    model = Page
    filterset_class = TranslationsFilterSet
    index_url_name = "translation:report"
    index_results_url_name = "translation:report_results"
    is_searchable = False
    columns = [
        TitleColumn("title", label=_("Original"), get_url=_original_address, classname="title newsroom-wide"),
        Column("type", label=_("Type")),
        Column("language", label=_("Language")),
        StateColumn("state", label=_("State")),
        DateColumn("since", label=_("Since")),
        Column("changed", label=_("Changed parts"), accessor=lambda line: "" if line.changed is None else line.changed),
        Column("by", label=_("Who")),
    ]
    export_headings = {
        "title": _("Original"),
        "type": _("Type"),
        "language": _("Language"),
        "state": _("State"),
        "ahead": _("Under way"),
        "since": _("Since"),
        "changed": _("Changed parts"),
        "by": _("Who"),
    }
    list_export = list(export_headings)
    custom_field_preprocess = {"since": exports.MOMENT}

    def get_filename(self) -> str:
        return f"translations-{timezone.localdate().isoformat()}"

    def get_base_queryset(self) -> QuerySet:
        return freshness.originals().order_by("path")

    @cached_property
    def chosen(self) -> dict[str, Any]:
        return self.filters.form.cleaned_data if self.filters and self.filters.is_valid() else {}

    def get_queryset(self) -> "ReportLines":
        """Pages × languages."""
        pages = self.filter_queryset(self.get_base_queryset())
        language = self.chosen.get("language")
        locales = [one for one in freshness.other_locales() if not language or one.language_code == language]
        states = self.chosen.get("state")
        return ReportLines(pages, locales, states, self._around_pages(locales, states))

    def _around_pages(self, locales: list[Locale], states: list[str] | None) -> list[Pair]:
        """Site settings and places that are out of date, unless the filters ask for something else."""
        asks_for_pages = any(self.chosen.get(name) for name in ("title", "section", "content_type"))
        if asks_for_pages or (states and State.OUTDATED not in states):
            return []
        return [pair for pair in snippets.outdated() if pair.locale in locales]

    def get_filtered_queryset(self) -> "ReportLines":
        return self.get_queryset()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["object_list"] = completed(context["object_list"])
        return context
