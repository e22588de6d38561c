"""Events and their index."""

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager
from wagtail.search import index

from events.accessibility import Answer, VenueAccessMixin
from events.blocks import ProgrammeItemBlock
from events.times import TimesMixin
from home import places, seo
from home.blocks.body import BodyBlock
from home.blocks.stream import SafeStreamBlock
from home.blocks.text import PARAGRAPH_FEATURES
from home.funding import FundingMixin
from home.listing import Facet
from home.models import BasePage, BodyMixin, ItemPage, LeadImageMixin, ListingPage
from home.models.item_page import PLACE
from home.models.querysets import SitePageQuerySet
from home.sections import Section

ARCHIVE = "archive"
CALENDAR_LENGTH = 200  # events in a subscribed calendar


class EventKind(models.TextChoices):
    DEBATE = "debate", _("debate")
    STUDY_VISIT = "study-visit", _("study visit")
    TRAINING = "training", _("training")
    WORKSHOP = "workshop", _("workshop")
    MEETING = "meeting", _("meeting")
    CONSULTATION = "consultation", _("public consultation")
    GALA = "gala", _("gala")


class EventQuerySet(SitePageQuerySet):
    def upcoming(self):
        """What has not ended yet, soonest first."""
        return self.filter(end__gte=timezone.now()).order_by("start", "pk")

    def past(self):
        """What has ended, latest first."""
        return self.filter(end__lt=timezone.now()).order_by("-start", "-pk")

    def of_kind(self, kind: str):
        return self.filter(kind=kind)

    def in_district(self, key: str):
        """Events in a district, or in a whole city."""
        return self.with_term(PLACE, key)

    def with_access(self, fact: str):
        """Events that are sure to have `fact` (a name in VenueAccessMixin.FACTS)."""
        return self.filter(**{fact: Answer.YES})


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
        return EventPage.objects.published().child_of(self).select_related("lead_image")

    @property
    def upcoming_count(self) -> int:
        return self._published.upcoming().count()

    @property
    def past_count(self) -> int:
        return self._published.past().count()

    def get_parameters(self, request):
        return {"when": ARCHIVE} if request.GET.get("when") == ARCHIVE else {}

    def get_results(self, request):
        return self._published.past() if self.get_parameters(request) else self.get_queryset()

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["archive"] = bool(self.get_parameters(request))
        return context

    def count_values(self):
        return {
            "kind": self._published.count_by("kind"),
            "district": self._published.count_terms().get(PLACE, {}),
            "access": self._published.aggregate(
                **{name: Count("pk", filter=Q(**{name: Answer.YES})) for name in VenueAccessMixin.FACTS}
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


class EventPage(TimesMixin, VenueAccessMixin, LeadImageMixin, FundingMixin, BodyMixin, ItemPage):
    """One event. Times are kept with their zone and shown in Polish time."""

    kind = models.CharField(_("kind"), max_length=20, choices=EventKind)
    start = models.DateTimeField(_("starts"), null=True)  # empty in a draft alone: what is sent or public has both
    end = models.DateTimeField(_("ends"), null=True)
    online = models.BooleanField(_("takes place online"), default=False)
    place = models.CharField(_("name of the place"), max_length=160, blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    district = models.CharField(
        _("district or osiedle"), max_length=60, choices=places.DISTRICT_CHOICES, blank=True, default=""
    )
    cost = models.CharField(_("cost"), max_length=200, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("what it is about"), blank=True)
    programme = StreamField(SafeStreamBlock([("item", ProgrammeItemBlock())]), verbose_name=_("programme"), blank=True)
    registration = RichTextField(_("how to sign up"), features=PARAGRAPH_FEATURES, blank=True)

    term_fields = {PLACE: "district"}
    fields_added_later = ("district",)
    facts_in_words = ("place", "address", "cost")

    objects = PageManager.from_queryset(EventQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        MultiFieldPanel([FieldRowPanel(["start", "end"])], heading=_("When (Polish time)")),
        MultiFieldPanel(["online", "place", "address", "district"], heading=_("Where")),
        MultiFieldPanel(["lead_image", "lead_image_alt"], heading=_("Lead picture")),
        FieldPanel("body"),
        FieldPanel("programme"),
        MultiFieldPanel(["registration", "cost"], heading=_("Signing up")),
        VenueAccessMixin.access_panel,
        FundingMixin.funding_panel,
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("place"),
        index.FilterField("start"),
    ]

    parent_page_types = ["events.EventIndexPage"]
    subpage_types = []
    page_description = _("A debate, a training, a visit: when, where, for whom, how accessible.")
    og_type = "article"

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def find_errors(self):
        errors = super().find_errors()
        if self.start and self.end and self.end <= self.start:
            errors["end"] = _("The event ends before it starts.")
        return errors

    @property
    def location_line(self) -> str:
        """The place in one line, for calendars and lists."""
        place = ", ".join(part for part in (self.place, self.address) if part)
        online = str(_("online"))
        if not self.online or online in place.lower():
            return place
        return f"{place}, {online}" if place else online

    @property
    def programme_items(self) -> list[blocks.StructValue]:
        return [block.value for block in self.programme]

    @property
    def ics_url(self) -> str:
        return f"{self.url.rstrip('/')}.ics"

    def structured_data(self, request):
        if not self.has_times:
            return super().structured_data(request)
        place = {"@type": "Place", "name": self.place, "address": self.address}
        online = {"@type": "VirtualLocation", "url": self.get_full_url(request)}
        mode = "OnlineEventAttendanceMode" if self.online else "OfflineEventAttendanceMode"
        event = {
            "@type": "Event",
            "name": self.title,
            "description": self.lead,
            "startDate": timezone.localtime(self.start).isoformat(),
            "endDate": timezone.localtime(self.end).isoformat(),
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": f"https://schema.org/{mode}",
            "location": online if self.online and not self.address else place,
            "inLanguage": self.language,
            "url": self.get_full_url(request),
            "organizer": seo.organization(self.language),
            **self.image_data(),
        }
        return [event, *super().structured_data(request)]
