"""The lists of synonyms and of recommended results, and a menu for all that staff do about the search."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, LiveStatusTagColumn
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from approval.permissions import GatedSnippetPolicy
from home.models import SearchRecommendation, SearchSynonym
from home.models.search import lines_of
from newsroom.linked_pages import LinkedPageColumn, LinkedPageIndexView
from newsroom.views.edit import GatedSnippetCreateView
from newsroom.viewsets import GatedSnippetViewSet
from search.querying import MOST_LETTERS


class SearchWordsPolicy(GatedSnippetPolicy):
    """What is of no language, or of both, is no translation: translators don't change it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action in ("publish", "unpublish"):
            return super().user_has_permission(user, action)
        return super(GatedSnippetPolicy, self).user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)


for _model in (SearchSynonym, SearchRecommendation):
    register_permission_policy(_model, SearchWordsPolicy(_model, can_be_taken_down=True))


class CreateWithWordsView(GatedSnippetCreateView):
    """Begins with what the report was about: `?words=` of the address."""

    request: HttpRequest

    def get_initial_form_instance(self) -> Any:
        found = super().get_initial_form_instance() or self.model()
        found.words = self.request.GET.get("words", "")[:MOST_LETTERS]
        return found


STATUS = [LiveStatusTagColumn(label=_("Status")), DateColumn("last_published_at", label=_("Published"))]


def in_a_line(name: str) -> Any:
    return lambda row: ", ".join(lines_of(getattr(row, name)))


class SynonymViewSet(GatedSnippetViewSet):
    model = SearchSynonym
    add_view_class = CreateWithWordsView
    icon = "list-ul"
    menu_label = _("Synonyms")
    list_display = [
        "__str__",
        Column("only_asked", label=_("Words that only lead there"), accessor=in_a_line("only_asked")),
        Column("language", label=_("Language"), accessor="get_language_display"),
        *STATUS,
    ]
    list_filter = ["language"]
    search_fields = ["words", "only_asked"]


class RecommendationIndexView(LinkedPageIndexView):
    linked_page = "first_page"


class RecommendationViewSet(GatedSnippetViewSet):
    model = SearchRecommendation
    add_view_class = CreateWithWordsView
    index_view_class = RecommendationIndexView
    icon = "pick"
    menu_label = _("Recommended results")
    list_display = ["__str__", LinkedPageColumn("first_page", label=_("First page")), *STATUS]
    search_fields = ["words", "reason"]


class SearchGroup(SnippetViewSetGroup):
    items = (SynonymViewSet, RecommendationViewSet)
    menu_label = _("Site search")
    menu_name = "site-search"
    menu_icon = "search"
    menu_order = 190
