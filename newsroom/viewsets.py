"""Wagtail's views for pages and snippets, with ours in the places where visitors would notice."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Locale
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet

from approval.views.ledger import RecordHistoryView, RecordSnippetHistoryView
from approval.views.schedule import UnscheduleView
from newsroom.models import PagePattern
from newsroom.views.edit import (
    GatedSnippetCreateView,
    GatedSnippetEditView,
    PageCreateView,
    PageEditView,
    PageRevertView,
)
from newsroom.views.patterns import PatternForm
from newsroom.views.revert import GatedSnippetRevertView
from newsroom.views.take_down import SnippetTakeDownView
from translation.views.removal import LinkedDeleteView, LinkedMoveView, TakeDownView


class GatedPageViewSet(PageViewSet):
    """Stands in for Wagtail's own viewset of all page types."""

    add_view_class = PageCreateView
    delete_view_class = LinkedDeleteView
    edit_view_class = PageEditView
    history_view_class = RecordHistoryView
    move_confirm_view_class = LinkedMoveView
    revisions_revert_view_class = PageRevertView
    revisions_unschedule_view_class = UnscheduleView
    unpublish_view_class = TakeDownView


class OriginalCreateView(GatedSnippetCreateView):
    """What begins in the site's first language; its translations begin by themselves, when it is public."""

    def get_locale(self) -> Any:
        return Locale.get_default()


class GatedSnippetViewSet(SnippetViewSet):
    """For every snippet that goes through the workflow."""

    add_view_class = GatedSnippetCreateView
    edit_view_class = GatedSnippetEditView
    edit_template_name = "newsroom/edit_snippet.html"
    history_view_class = RecordSnippetHistoryView
    history_template_name = RecordSnippetHistoryView.template_name
    revisions_revert_view_class = GatedSnippetRevertView
    unpublish_view_class = SnippetTakeDownView


class PatternPolicy(ModelPermissionPolicy):
    """A pattern is made of a page (`views/patterns.py`), so the list has no button for a new one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "add" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


register_permission_policy(PagePattern, PatternPolicy(PagePattern))


class PatternViewSet(ModelViewSet):
    """The patterns that there are: renamed and deleted by those who hold the right (`approval/roles.py`)."""

    model = PagePattern
    name = "patterns"
    icon = "copy"
    menu_label = _("Page patterns")
    menu_order = 20
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = [
        "name",
        Column("kind", label=_("Kind of page")),
        "locale",
        "made_by",
        DateColumn("made_at", label=_("Made on")),
    ]
    list_filter = ["locale"]

    def get_form_class(self, for_update: bool = False) -> Any:
        return PatternForm
