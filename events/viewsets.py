"""The listing of this section in the admin menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from editorial import dates
from events.models import EventIndexPage, EventPage
from home.viewsets import SectionListingViewSet, columns


class EventPageListingViewSet(SectionListingViewSet):
    model = EventPage
    section = EventIndexPage.section
    icon = "calendar-alt"
    list_display = columns(
        # Not Wagtail's DateColumn: that counts from now, and takes what is to come for "just now".
        Column("start", label=_("Starts"), accessor=lambda page: dates.day_and_hour(page.start), sort_key="start"),
        Column("kind_label", label=_("Kind"), sort_key="kind"),
    )
    list_filter = ["kind", "start", "locale"]
    ordering = "-start"


events_listing = EventPageListingViewSet("events")
