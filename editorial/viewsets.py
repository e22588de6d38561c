"""Wagtail's views for pages and snippets, with ours in the places where visitors would notice."""

from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from editorial.views.edit import (
    GatedSnippetCreateView,
    GatedSnippetEditView,
    PageCreateView,
    PageEditView,
    PageRevertView,
)
from editorial.views.ledger import ToldHistoryView, ToldSnippetHistoryView
from editorial.views.removal import KeepView, MoveTogetherView, TakeDownView
from editorial.views.schedule import UnscheduleView


class GatedPageViewSet(PageViewSet):
    """Stands in for Wagtail's own viewset of all page types."""

    add_view_class = PageCreateView
    delete_view_class = KeepView
    edit_view_class = PageEditView
    history_view_class = ToldHistoryView
    move_confirm_view_class = MoveTogetherView
    revisions_revert_view_class = PageRevertView
    revisions_unschedule_view_class = UnscheduleView
    unpublish_view_class = TakeDownView


class GatedSnippetViewSet(SnippetViewSet):
    """For every snippet that goes through the workflow."""

    add_view_class = GatedSnippetCreateView
    edit_view_class = GatedSnippetEditView
    history_view_class = ToldSnippetHistoryView
    history_template_name = ToldSnippetHistoryView.template_name
