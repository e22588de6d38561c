"""Registers what this app adds to the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet

from approval import dates
from events.models import EventIndexPage, EventPage
from events.viewsets import VenueViewSet
from home.viewsets import register_listing
from translation import priorities


def _start(page: EventPage) -> str:
    return dates.day_and_hour(page.start) if page.start else ""


register_snippet(VenueViewSet)
priorities.register_dated(1, lambda: EventPage.objects.upcoming(), "start")
register_listing(
    EventIndexPage,
    EventPage,
    [
        # Not Wagtail's DateColumn: that counts from now, and takes what is to come for "just now".
        Column("start", label=_("Starts"), accessor=_start, sort_key="start"),
        Column("kind_label", label=_("Kind"), sort_key="kind"),
    ],
    write=_("Add an event"),
    icon="calendar-alt",
    list_filter=["kind", "start", "locale"],
    ordering="-start",
)
