"""What stands beside the chapters, in the admin: the glossary, and whatever else the handbook keeps in lists."""

from typing import Any

from django.conf import settings
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.ui.tables import Column, DateColumn, LiveStatusTagColumn
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSetGroup

from approval.permissions import GatedSnippetPolicy
from catalog import changes_list
from catalog.editions.viewsets import EditionViewSet
from catalog.models import DocumentTemplate, GlossaryTerm
from home.alphabet import Alphabetical
from home.models.search import lines_of
from home.sections import registry
from home.viewsets import MENU_START
from newsroom.linked_pages import LinkedPageColumn, LinkedPageIndexView
from newsroom.viewsets import GatedSnippetViewSet, OriginalCreateView

for _model in (GlossaryTerm, DocumentTemplate):
    register_permission_policy(_model, GatedSnippetPolicy(_model, can_be_taken_down=True))


ORIGINALS_FIRST = Case(When(locale__language_code=settings.LANGUAGE_CODE, then=Value(0)), default=Value(1))
"""Then the other languages, each by itself."""


class GlossaryTermIndexView(IndexView):
    """By the alphabet, also where somebody turns the order round: a column alone goes by the numbers of its letters."""

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        if self.ordering == "term":
            return queryset.order_by(ORIGINALS_FIRST, "locale", Alphabetical("term"), "pk")
        if self.ordering == "-term":
            return queryset.order_by(ORIGINALS_FIRST, "locale", Alphabetical("term").desc(), "-pk")
        return super().order_queryset(queryset)


class TermFilterForm(SearchFilterMixin, BaseFilterForm):
    """Looks for part of a term, as terms are in no index of the admin's search."""

    def filter(self, objects: QuerySet) -> QuerySet:
        words = self.cleaned_data.get("q")
        if words:
            objects = objects.filter(Q(term__icontains=words) | Q(synonyms__icontains=words))
            self.is_searching, self.search_query = True, words
        return objects


class OfOriginalsMixin:
    """A mark in a text is one for all languages: what is chosen is the term itself, by the alphabet."""

    filter_form_class = TermFilterForm
    per_page = 50
    i18n_enabled = False

    def get_object_list(self) -> QuerySet:
        return GlossaryTerm.objects.originals()


class ChooseTermView(OfOriginalsMixin, ChooseView):
    pass


class ChooseTermResultsView(OfOriginalsMixin, ChooseResultsView):
    pass


class GlossaryTermChooserViewSet(SnippetChooserViewSet):
    choose_view_class = ChooseTermView
    choose_results_view_class = ChooseTermResultsView


class GlossaryTermViewSet(GatedSnippetViewSet):
    model = GlossaryTerm
    add_view_class = OriginalCreateView
    index_view_class = GlossaryTermIndexView
    chooser_viewset_class = GlossaryTermChooserViewSet
    icon = "openquote"
    menu_label = _("Glossary")
    ordering = "term"
    search_backend_name = None
    search_fields = ["term", "synonyms", "definition"]
    list_display = [
        "term",
        Column("synonyms", label=_("Other words"), accessor=lambda row: ", ".join(lines_of(row.synonyms))),
        "locale",
        LiveStatusTagColumn(label=_("Status")),
        DateColumn("last_published_at", label=_("Published")),
    ]
    list_filter = ["live"]


def kinds_of_files(template: DocumentTemplate) -> str:
    return ", ".join(name.upper() for name, _file in template.documents)


class DocumentTemplateIndexView(LinkedPageIndexView):
    linked_page = "chapter"


class DocumentTemplateViewSet(GatedSnippetViewSet):
    model = DocumentTemplate
    add_view_class = OriginalCreateView
    index_view_class = DocumentTemplateIndexView
    icon = "download"
    menu_label = _("Document templates")
    ordering = [
        ORIGINALS_FIRST,
        "locale",
        F("chapter__path").asc(nulls_last=True),
        "place",
        Alphabetical("title"),
        "pk",
    ]
    search_backend_name = None
    search_fields = ["title", "purpose", "key"]
    list_display = [
        "title",
        Column("files", label=_("Files"), accessor=kinds_of_files),
        LinkedPageColumn("chapter", label=_("Chapter")),
        "locale",
        LiveStatusTagColumn(label=_("Status")),
        DateColumn("last_published_at", label=_("Published")),
    ]
    list_filter = ["live"]

    def get_queryset(self, request: Any) -> Any:
        return DocumentTemplate.objects.select_related("locale", "docx", "odt", "pdf")


class CatalogueGroup(SnippetViewSetGroup):
    """Other lists of the handbook come in here."""

    items = (GlossaryTermViewSet, DocumentTemplateViewSet, EditionViewSet)
    menu_label = _("Beside the catalogue")
    menu_name = "beside-the-catalogue"
    menu_icon = "folder-open-inverse"
    menu_order = MENU_START + len(registry) + 2  # after the sections and the places of events

    def get_submenu_items(self) -> list[Any]:
        """With what is no snippet: sentences of changes are of their chapters."""
        items = super().get_submenu_items()
        return [*items, changes_list.menu_item(order=len(items) + 1)]
