"""Wagtail's views for pages, with ours in the places where visitors would notice."""

from wagtail.admin.viewsets.pages import PageViewSet

from editorial.views.ledger import ToldHistoryView
from editorial.views.removal import KeepView, MoveTogetherView, TakeDownView
from editorial.views.schedule import UnscheduleView


class GatedPageViewSet(PageViewSet):
    """Stands in for Wagtail's own viewset of all page types."""

    delete_view_class = KeepView
    history_view_class = ToldHistoryView
    move_confirm_view_class = MoveTogetherView
    revisions_unschedule_view_class = UnscheduleView
    unpublish_view_class = TakeDownView
