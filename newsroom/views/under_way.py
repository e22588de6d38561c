"""The house at a glance: every text that is not just resting, with filters that stay."""

from collections import Counter
from datetime import timedelta
from typing import Any

import django_filters
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports.base import ReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from approval.exports import MOMENT, PlainExportMixin
from newsroom.under_way import Line, State, TextsUnderWay

NEEDED = {"overdue": pgettext_lazy("needed by", "Overdue"), "week": pgettext_lazy("needed by", "This week")}


def _staff(_request: Any) -> QuerySet:
    return get_user_model().objects.filter(is_active=True).order_by("last_name", "first_name")


class PersonFilter(django_filters.ModelChoiceFilter):
    class field_class(django_filters.ModelChoiceFilter.field_class):
        def label_from_instance(self, obj: Any) -> str:
            return obj.name


class LineFilterSet(WagtailFilterSet):
    """Asked of the lines by the view: they are no rows of one table."""

    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=lambda: [(state.value, capfirst(state.label)) for state in State], method="keep"
    )
    who = PersonFilter(label=_("Who has it"), queryset=_staff, method="keep")
    needed = django_filters.ChoiceFilter(label=_("Needed by"), choices=list(NEEDED.items()), method="keep")
    locale = django_filters.ChoiceFilter(  # Wagtail adds one of this name where there is none
        label=_("Language"), choices=lambda: settings.WAGTAIL_CONTENT_LANGUAGES, method="keep"
    )

    class Meta:
        model = Page
        fields = ["state", "who", "needed", "locale"]

    def keep(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        return queryset


class LabelledColumn(Column):
    """Says its heading in each cell, for phones, where a line is a card."""

    cell_template_name = "newsroom/columns/labelled.html"


class SinceColumn(Column):
    cell_template_name = "newsroom/columns/since.html"


class StateColumn(Column):
    cell_template_name = "newsroom/columns/state.html"


class NextStepColumn(Column):
    cell_template_name = "newsroom/columns/next_step.html"


class DayColumn(Column):
    cell_template_name = "newsroom/columns/day.html"


def _address(line: Line) -> str:
    return line.edit_url


def _is_needed(line: Line, when: str) -> bool:
    """`when`: "overdue", or "week": not before today, and by Sunday."""
    if when == "overdue" or line.needed_by is None:
        return line.is_overdue
    today = timezone.localdate()
    return today <= line.needed_by <= today + timedelta(days=6 - today.weekday())


class UnderWayView(PlainExportMixin, ReportView):
    page_title = _("Texts under way")
    header_icon = "tasks"
    model = Page
    filterset_class = LineFilterSet
    template_name = "newsroom/under_way.html"
    index_url_name = "newsroom:under_way"
    index_results_url_name = "newsroom:under_way_results"
    is_searchable = False
    columns = [
        TitleColumn("title", label=_("Title"), get_url=_address, classname="title newsroom-wide"),
        LabelledColumn("kind", label=_("Type"), accessor=lambda line: f"{line.kind} {line.language}"),
        StateColumn("state", label=_("State")),
        LabelledColumn("who", label=_("Who has it"), accessor=lambda line: line.who or "–"),
        SinceColumn("since", label=_("Since")),
        DayColumn("needed_by", label=_("Needed by")),
        LabelledColumn("pair", label=_("Other language")),
        NextStepColumn("verb", label=_("Next step")),
    ]
    export_headings = {
        "title": _("Title"),
        "kind": _("Type"),
        "language": _("Language"),
        "state.label": _("State"),
        "who": _("Who has it"),
        "since": _("Since"),
        "needed_by": _("Needed by"),
        "goes_live": _("Goes live"),
        "pair": _("Other language"),
        "verb": _("Next step"),
    }
    list_export = list(export_headings)
    custom_field_preprocess = {
        "since": MOMENT,
        "goes_live": MOMENT,
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """For whoever may edit pages somewhere: titles of drafts are nobody else's to read."""
        if not page_permission_policy.user_has_any_permission(request.user, {"add", "change"}):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever comes without filters gets the ones that they chose last."""
        chosen = QueryDict(request.GET.urlencode(), mutable=True)
        for passing in ("p", "export", "_w_filter_fragment"):
            chosen.pop(passing, None)
        if chosen or self.results_only:
            request.session[KEPT] = chosen.urlencode()
        elif kept := request.session.get(KEPT):
            return redirect(f"{request.path}?{kept}")
        return super().get(request, *args, **kwargs)

    def get_filename(self) -> str:
        return f"texts-{timezone.localdate().isoformat()}"

    @cached_property
    def lines(self) -> list[Line]:
        return TextsUnderWay(self.request.user).lines

    def get_base_queryset(self) -> QuerySet:
        return Page.objects.none()

    def get_filtered_queryset(self) -> list[Line]:
        chosen = self.filters.form.cleaned_data if self.filters.is_valid() else {}
        states, who, needed, language = (chosen.get(name) for name in ("state", "who", "needed", "locale"))
        return [
            line
            for line in self.lines
            if (not states or line.state in states)
            and (not who or who in line.holders)
            and (not needed or _is_needed(line, needed))
            and (not language or line.language == language.upper())
        ]

    def _count_needed(self, when: str) -> int:
        return sum(_is_needed(line, when) for line in self.lines)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        counts = Counter(line.state for line in self.lines)
        return {
            **super().get_context_data(*args, **kwargs),
            "counts": [(state, capfirst(state.label), counts[state]) for state in State if counts[state]],
            "total": len(self.lines),
            "days": [(key, label, number) for key, label in NEEDED.items() if (number := self._count_needed(key))],
            "chosen_days": self.request.GET.get("needed", ""),
            "chosen": self.request.GET.getlist("state"),
        }


KEPT = "filters-of-texts-under-way"
"""Where a session keeps them."""

STOCK_REPORTS = {"workflows", "workflow-tasks", "locked-pages", "aging-pages", "page-types-usage", "site-history"}
"""Wagtail's own, by their names in its menu."""
