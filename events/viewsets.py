"""The list of places in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import DateColumn, LiveStatusTagColumn
from wagtail.permissions import register_permission_policy

from approval.permissions import GatedSnippetPolicy
from events.models import Venue
from home.sections import registry
from home.viewsets import MENU_START
from newsroom.viewsets import GatedSnippetViewSet, OriginalCreateView

register_permission_policy(Venue, GatedSnippetPolicy(Venue, can_be_taken_down=True))


class VenueViewSet(GatedSnippetViewSet):
    model = Venue
    add_view_class = OriginalCreateView
    icon = "home"
    menu_label = _("Places of events")
    menu_order = MENU_START + len(registry) + 1  # after the sections
    add_to_admin_menu = True
    ordering = "name"
    search_backend_name = None
    search_fields = ["name", "room", "address"]
    list_display = [
        "name",
        "room",
        "address",
        "locale",
        LiveStatusTagColumn(label=_("Status")),
        DateColumn("last_published_at", label=_("Published")),
    ]
    list_filter = ["district"]
