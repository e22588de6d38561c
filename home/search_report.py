"""What people search for, and what they don't find: a report that leads to what can be done about it."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Max, OuterRef, QuerySet, Subquery, Sum
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports.base import ReportView
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry

from approval.exports import PlainExportMixin
from home.models import SearchedWords, SearchRecommendation, SearchSynonym
from newsroom.views.under_way import LabelledColumn
from search.admin.rows import rows_with

NOTHING_YET = _(
    "Nothing has been counted yet. What visitors search for stands here about a minute later, without anything about "
    "them. Several words together, and what found nothing, are shown once they were searched for on three different "
    "days: so hardly any name of a person gets into this list."
)

FOUND = [("none", _("Without results")), ("some", _("With results"))]


class SearchedFilterSet(WagtailFilterSet):
    language = django_filters.ChoiceFilter(label=_("Language"), choices=lambda: settings.WAGTAIL_CONTENT_LANGUAGES)
    found = django_filters.ChoiceFilter(label=_("Results"), choices=FOUND, method="keep_by_results")

    class Meta:
        model = SearchedWords
        fields = ["language", "found"]

    def keep_by_results(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(found=0) if value == "none" else queryset.filter(found__gt=0)


def language_of(row: dict[str, Any]) -> str:
    return str(get_language_info(row["language"])["name_translated"])


class WaysColumn(Column):
    """What can be done about a row, by whoever reads it."""

    cell_template_name = "home/search/ways.html"

    def get_cell_context_data(self, row: dict[str, Any], parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        context = super().get_cell_context_data(row, parent_context)
        return {**context, "ways": [(f"{url}?{urlencode(said)}", label) for url, said, label in ways(row, user)]}

    def get_value(self, row: dict[str, Any]) -> None:
        return None


def ways(row: dict[str, Any], user: Any) -> Iterator[tuple[str, dict[str, str], Any]]:
    """Address, what it is about, and what the link says; what `user` may not do is left out."""
    words = {"words": row["words"]}
    with override(row["language"]):
        url = reverse("search")
    yield url, {"q": row["words"]}, _("See it on the site")
    yield reverse("why_found"), {**words, "language": row["language"]}, _("Why?")
    for model, label in ((SearchSynonym, _("Add a synonym")), (SearchRecommendation, _("Recommend a page"))):
        if policy_registry.get_by_type(model).user_has_permission(user, "add"):
            yield reverse(model.snippet_viewset.get_url_name("add")), words, label


class SearchedView(PlainExportMixin, ReportView):
    """Each search of the last twelve months once; what found nothing comes first, and there what is wanted most."""

    page_title = _("What people search for")
    header_icon = "search"
    model = SearchedWords
    permission_policy = ModelPermissionPolicy(SearchedWords)
    permission_required = "view"
    filterset_class = SearchedFilterSet
    template_name = "home/search/report.html"
    index_url_name = "searched_words"
    index_results_url_name = "searched_words_results"
    default_ordering = "found"
    is_searchable = True
    columns = [
        LabelledColumn("words", label=_("Words"), sort_key="words"),
        LabelledColumn("language", label=_("Language"), accessor=language_of),
        LabelledColumn("total", label=_("How often"), sort_key="total"),
        LabelledColumn("found", label=_("Results"), sort_key="found"),
        LabelledColumn("last", label=_("Last time"), sort_key="last"),
        WaysColumn("ways", label=_("What to do")),
    ]
    export_headings = {
        "words": _("Words"),
        "language": _("Language"),
        "total": _("How often"),
        "found": _("Results"),
        "last": _("Last time"),
    }
    list_export = list(export_headings)

    def get_filename(self) -> str:
        return "searched-words"

    def get_base_queryset(self) -> QuerySet:
        months = SearchedWords.objects.filter(words=OuterRef("words"), language=OuterRef("language"))
        newest = Subquery(months.order_by("-month").values("results")[:1])
        rows = SearchedWords.objects.order_by().values("words", "language")
        return rows.annotate(total=Sum("times"), last=Max("last_day"), found=newest)

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset.order_by(self.ordering, "-total", "words", "language")

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        if not self.is_searching:
            return queryset
        rows = rows_with(self.search_query, SearchedWords.objects.all(), ["words"])
        if rows is None:
            return queryset.filter(words__icontains=self.search_query)
        return queryset.filter(words__in=rows.values("words"))

    @property
    def no_results_message(self) -> Any:
        is_asked = self.is_searching or self.is_filtering
        return _("No searches are like this.") if is_asked else NOTHING_YET
