"""Wagtail's views for pages and snippets, with ours in the places where visitors would notice."""

from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from approval.views.ledger import RecordHistoryView, RecordSnippetHistoryView
from approval.views.schedule import UnscheduleView
from newsroom.views.edit import (
    GatedSnippetCreateView,
    GatedSnippetEditView,
    PageCreateView,
    PageEditView,
    PageRevertView,
)
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


class GatedSnippetViewSet(SnippetViewSet):
    """For every snippet that goes through the workflow."""

    add_view_class = GatedSnippetCreateView
    edit_view_class = GatedSnippetEditView
    edit_template_name = "newsroom/edit_snippet.html"
    history_view_class = RecordSnippetHistoryView
    history_template_name = RecordSnippetHistoryView.template_name
