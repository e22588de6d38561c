"""The section of events: what is coming, and the archive."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.accessibility import VenueAccessMixin
from home import places
from home.cache import remembered
from home.listing import Facet
from home.models import ListingPage
from home.models.item_page import PLACE
from home.page_cache import next_moment
from home.sections import Section

from .event_page import EventKind, EventPage
from .querysets import EventQuerySet, has_fact

ARCHIVE = "archive"
CALENDAR_LENGTH = 200  # events in a subscribed calendar


class EventIndexPage(ListingPage):
    section = Section(
        key="events",
        order=2,
        title=_("Events"),
        slug=pgettext_lazy("address", "events"),
        lead=_("Debates, training sessions, study visits and the gala. Each one says how accessible it is."),
    )
    teaser_template = "events/teaser.html"
    subpage_types = ["events.EventPage"]
    page_description = _("The front page of the events: what is coming, and the archive.")

    class Meta:
        verbose_name = _("event index")
        verbose_name_plural = _("event indexes")

    def get_queryset(self):
        return self._published.upcoming()

    @property
    def _published(self):
        return EventPage.objects.published().child_of(self).select_related("lead_image").defer_streamfields()

    @property
    def tabs(self) -> dict[str, int]:
        """How many events are coming, and how many were."""
        return remembered(f"tabs:{self.pk}:{next_moment()}", self._count_tabs)

    def _count_tabs(self) -> dict[str, int]:
        upcoming = self._published.upcoming().count()
        return {"upcoming": upcoming, "past": sum(self.counts["kind"].values()) - upcoming}

    def get_parameters(self, request):
        return {"when": ARCHIVE} if request.GET.get("when") == ARCHIVE else {}

    def get_results(self, request):
        return self._published.past() if self.get_parameters(request) else self.get_queryset()

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["archive"] = bool(self.get_parameters(request))
        return context

    def count_values(self):
        (kinds,) = self._published.count_by("kind")
        return {
            "kind": kinds,
            "district": self._published.count_terms().get(PLACE, {}),
            "access": self._published.aggregate(
                **{name: Count("pk", filter=has_fact(name)) for name in VenueAccessMixin.FACTS}
            ),
        }

    def get_facets(self):
        names = {name: EventPage._meta.get_field(name).verbose_name for name in VenueAccessMixin.FACTS}
        return [
            Facet(
                "kind",
                _("Kind"),
                dict(EventKind.choices),
                self.counts["kind"],
                EventQuerySet.of_kind,
            ),
            Facet(
                "district",
                _("District or city"),
                places.filter_labels(),
                self.counts["district"],
                EventQuerySet.in_district,
                groups=places.CITY_OF,
            ),
            Facet(
                "access",
                _("Accessibility"),
                names,
                self.counts["access"],
                EventQuerySet.with_access,
                type="checkboxes",
            ),
        ]

    @property
    def calendar_events(self):
        """What a calendar that subscribes to this section shows."""
        return self._published.upcoming()[:CALENDAR_LENGTH]

    @property
    def calendar_url(self) -> str:
        return f"{self.url.rstrip('/')}.ics"
