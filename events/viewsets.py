"""The listing of this section in the admin menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn

from events.models import EventIndexPage, EventPage
from home.viewsets import SectionListingViewSet, columns


class EventPageListingViewSet(SectionListingViewSet):
    model = EventPage
    section = EventIndexPage.section
    icon = "calendar-alt"
    list_display = columns(
        DateColumn("start", label=_("Starts"), sort_key="start"),
        Column("kind_label", label=_("Kind"), sort_key="kind"),
    )
    list_filter = ["kind", "start", "locale"]
    ordering = "-start"


events_listing = EventPageListingViewSet("events")
