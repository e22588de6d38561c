"""What stands beside the chapters, in the admin: the glossary, and whatever else the handbook keeps in lists."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, LiveStatusTagColumn
from wagtail.models import Locale
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from approval.permissions import GatedSnippetPolicy
from catalog.editions.viewsets import EditionViewSet
from catalog.models import GlossaryTerm
from home.models.search import lines_of
from home.sections import registry
from home.viewsets import MENU_START
from newsroom.views.edit import GatedSnippetCreateView
from newsroom.viewsets import GatedSnippetViewSet

register_permission_policy(GlossaryTerm, GatedSnippetPolicy(GlossaryTerm, can_be_taken_down=True))


class GlossaryTermCreateView(GatedSnippetCreateView):
    """A term begins in the site's first language; its translations begin by themselves, when it is public."""

    def get_locale(self) -> Any:
        return Locale.get_default()


class GlossaryTermViewSet(GatedSnippetViewSet):
    model = GlossaryTerm
    add_view_class = GlossaryTermCreateView
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


class CatalogueGroup(SnippetViewSetGroup):
    """Other lists of the handbook come in here."""

    items = (GlossaryTermViewSet, EditionViewSet)
    menu_label = _("Catalogue extras")
    menu_name = "catalogue-extras"
    menu_icon = "folder-open-inverse"
    menu_order = MENU_START + len(registry) + 2  # after the sections and the places of events
