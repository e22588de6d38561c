"""The list of facts in the admin, and the one to choose from in the text editor."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, LiveStatusTagColumn
from wagtail.models import Locale
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import IndexView

from approval.permissions import GatedSnippetPolicy
from home import facts
from home.fact_places import count_places
from home.models import Fact, FactWords
from newsroom.dashboard import DashboardPanel
from newsroom.rows import MOST, DashboardRow
from newsroom.views.edit import GatedSnippetCreateView
from newsroom.viewsets import GatedSnippetViewSet


class FactPolicy(GatedSnippetPolicy):
    """A fact has words in every language: whoever translates may propose those of theirs. Somebody else approves."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)


register_permission_policy(Fact, FactPolicy(Fact, can_be_taken_down=True))


class FactCreateView(GatedSnippetCreateView):
    """Begins with room for the words in each language of the site."""

    def get_initial_form_instance(self) -> Any:
        found = super().get_initial_form_instance() or self.model()
        first = Locale.get_default()
        found.words = [FactWords(locale=locale) for locale in (first, *Locale.objects.exclude(pk=first.pk))]
        return found


class FactFilterSet(WagtailFilterSet):
    to_check = django_filters.ChoiceFilter(
        label=_("To be checked"),
        method="filter_due",
        choices=[("due", _("due: without a value, out of date, or not valid today")), ("fine", _("in order"))],
    )

    class Meta:
        model = Fact
        fields: list[str] = []

    def filter_due(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """By what a reader would be told today; of a draft, of its row."""
        due = [
            fact.pk for fact in rows.model.objects.prefetch_related("words__locale") if fact.in_first_language.is_due
        ]
        return rows.filter(pk__in=due) if value == "due" else rows.exclude(pk__in=due)


class FactIndexView(IndexView):
    """Its rows come with their words, and with the number of their places."""

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().prefetch_related("words__locale")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        rows = list(context["object_list"])
        counts = count_places(rows)
        for row in rows:
            row.count_of_places = counts.get(row.pk, 0)
        return context


def why_due(fact: facts.ShownFact) -> str:
    """What staff have to do something about; "" where all is in order."""
    if not fact.is_known:
        return gettext("Nobody has established it yet.")
    return capfirst(fact.caveat)


class FactViewSet(GatedSnippetViewSet):
    model = Fact
    add_view_class = FactCreateView
    index_view_class = FactIndexView
    icon = "tag"
    menu_label = _("Facts")
    menu_name = "facts"
    menu_order = 185
    add_to_admin_menu = True
    ordering = "key"
    search_backend_name = None
    search_fields = ["key", "words__label", "words__value"]
    filterset_class = FactFilterSet
    list_display = [
        "__str__",
        Column("value", label=_("Value"), accessor=lambda fact: fact.in_first_language.words()),
        DateColumn("checked_on", label=_("Checked on"), sort_key="checked_on"),
        Column("why_due", label=_("To be checked"), accessor=lambda fact: why_due(fact.in_first_language)),
        Column("places", label=_("Places"), accessor=lambda fact: getattr(fact, "count_of_places", 0)),
        LiveStatusTagColumn(label=_("Status")),
    ]


def due_panel(request: HttpRequest) -> DashboardPanel | None:
    """On the dashboard of whoever may change facts: those to establish or to look at again."""
    if not request.user.has_perm("home.change_fact"):
        return None
    due = facts.due()
    rows = [
        DashboardRow(
            title=fact.label,
            url=reverse(Fact.snippet_viewset.get_url_name("edit"), args=[fact.pk]),
            verb=gettext("Check"),
            notes=[why_due(fact)],
        )
        for fact in due[:MOST]
    ]
    url = f"{reverse(Fact.snippet_viewset.get_url_name('list'))}?to_check=due"
    return (
        DashboardPanel("facts", gettext("Facts to be checked"), rows, 145, count=len(due), more_url=url)
        if rows
        else None
    )


def fact_choices(request: HttpRequest) -> JsonResponse:
    """What the text editor offers: approved facts, in the words of the site's first language."""
    found = [facts.in_language(versions, "") for versions in facts.public().values()]
    rows = [
        {
            "id": fact.pk,
            "label": fact.label,
            "value": fact.words(facts.VALUE),
            "sentence": fact.words(facts.SENTENCE),
            "caveat": fact.caveat,
        }
        for fact in sorted(found, key=lambda fact: fact.label.casefold())
    ]
    return JsonResponse({"facts": rows})
