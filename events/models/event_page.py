"""One event."""

from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager
from wagtail.search import index

from approval import publish_guard
from events.accessibility import EventAccessMixin
from events.blocks import ProgrammeItemBlock
from events.forms import EventPageForm, VenueSelect
from events.times import TimesMixin
from home import locales, places, seo
from home.blocks.body import BodyBlock
from home.blocks.stream import SafeStreamBlock
from home.blocks.text import PARAGRAPH_FEATURES
from home.funding import FundingMixin
from home.models import BasePage, BodyMixin, ItemPage, LeadImageMixin
from home.models.item_page import PLACE

from .querysets import EventQuerySet
from .venue import Venue, Whereabouts


class EventKind(models.TextChoices):
    DEBATE = "debate", _("debate")
    STUDY_VISIT = "study-visit", _("study visit")
    TRAINING = "training", _("training")
    WORKSHOP = "workshop", _("workshop")
    MEETING = "meeting", _("meeting")
    CONSULTATION = "consultation", _("public consultation")
    GALA = "gala", _("gala")


class EventPage(TimesMixin, EventAccessMixin, LeadImageMixin, FundingMixin, BodyMixin, ItemPage):
    """One event. Times are kept with their zone and shown in Polish time."""

    kind = models.CharField(_("kind"), max_length=20, choices=EventKind)
    start = models.DateTimeField(_("starts"), null=True)  # empty in a draft alone: what is sent or public has both
    end = models.DateTimeField(_("ends"), null=True)
    online = models.BooleanField(_("takes place online"), default=False)
    venue = models.ForeignKey(
        "events.Venue", models.PROTECT, verbose_name=_("place"), null=True, blank=True, related_name="+"
    )
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
    term_relations = ("venue",)
    fields_added_later = ("district", "venue", "access_note")
    facts_in_words = ("place", "address", "cost")
    fields_of_one_day = ("access_note",)

    objects = PageManager.from_queryset(EventQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        MultiFieldPanel([FieldRowPanel(["start", "end"])], heading=_("When (Polish time)")),
        MultiFieldPanel(
            [FieldPanel("venue", widget=VenueSelect), "place", "address", "district", "online"], heading=_("Where")
        ),
        EventAccessMixin.access_panel,
        MultiFieldPanel(["lead_image", "lead_image_alt"], heading=_("Lead picture")),
        FieldPanel("body"),
        FieldPanel("programme"),
        MultiFieldPanel(["registration", "cost"], heading=_("Signing up")),
        FundingMixin.funding_panel,
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("location_line"),
        index.FilterField("start"),
    ]

    parent_page_types = ["events.EventIndexPage"]
    subpage_types = []
    page_description = _("A debate, a training, a visit: when, where, for whom, how accessible.")
    og_type = "article"
    base_form_class = EventPageForm

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            # What was is read from the end of these, what is coming by the last.
            models.Index(fields=["start", "page_ptr"], name="events_by_start"),
            models.Index(fields=["kind", "start", "page_ptr"], name="events_of_kind_by_start"),
            models.Index(fields=["end"], name="events_by_end"),
        ]

    @transaction.atomic
    def save(self, *args, **kwargs):
        """A public event has a public place: asked when it is published, of the row that nobody else changes then."""
        if self.live and self.venue_id and kwargs.get("update_fields") is None and not publish_guard.running_command():
            Venue.keep_public(self.venue_id)
        return super().save(*args, **kwargs)

    def find_errors(self):
        errors = super().find_errors()
        if self.start and self.end and self.end <= self.start:
            errors["end"] = _("The event ends before it starts.")
        if self.venue_id and locales.code_of(self.venue.locale_id) != settings.LANGUAGE_CODE:
            errors["venue"] = gettext("Choose the place itself: its translation shows by itself.")
        return errors

    def get_terms(self):
        """What it chose itself, and the district of its place."""
        if self.venue_id and self.venue.live and self.venue.district:
            return super().get_terms() | {(PLACE, key) for key in places.with_parents({self.venue.district})}
        return super().get_terms()

    # --- Where, and how to get in

    @cached_property
    def where(self) -> Whereabouts:
        """The public words of its place, in the language of this page; else what it says itself."""
        found = Venue.whereabouts(self.venue_id, self.language) if self.venue_id else None
        return found or Whereabouts(self.place, self.address, self.district)

    @property
    def usual_answers(self):
        return self.where.answers

    @property
    def place_answers_later(self) -> bool:
        return bool(self.venue_id and not self.venue.live)

    @property
    def access_contact(self) -> str:
        return self.accessibility_contact or self.where.contact

    @property
    def row_facts(self) -> list[str]:
        return [date_format(timezone.localdate(self.start), "j E Y")] if self.has_times else []

    @property
    def location_line(self) -> str:
        """The place in one line, for calendars and lists."""
        place = self.where.line
        online = str(_("online"))
        if not self.online or online in place.lower():
            return place
        return f"{place}, {online}" if place else online

    @property
    def changed_at(self) -> datetime | None:
        """When visitors could first read what they read now, of the event and of its place."""
        return max(filter(None, (self.last_published_at, self.where.changed_at)), default=None)

    @property
    def reads_since(self) -> datetime | None:
        return self.changed_at

    # --- What the search knows of it: nobody's contact

    @property
    def search_date(self):
        return timezone.localdate(self.start) if self.has_times else None

    @property
    def search_ends(self):
        return self.end if self.has_times else None

    def search_subjects(self):
        yield from self.days_in_words
        yield from super().search_subjects()
        yield from (self.where.name, self.where.address, *self.where.places, self.online and _("online"), self.cost)
        yield from self.access_summary

    def search_passages(self):
        yield from super().search_passages()
        yield from (self.where.directions, self.where.access_notes, self.access_note)

    @property
    def programme_items(self) -> list[blocks.StructValue]:
        return [block.value for block in self.programme]

    @property
    def ics_url(self) -> str:
        return f"{self.url.rstrip('/')}.ics"

    def structured_data(self, request):
        if not self.has_times:
            return super().structured_data(request)
        place = {"@type": "Place", "name": self.where.name, "address": self.where.address}
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
            "location": online if self.online and not self.where.address else place,
            "inLanguage": self.language,
            "url": self.get_full_url(request),
            "organizer": seo.organization(self.language),
            **self.image_data(),
        }
        return [event, *super().structured_data(request)]
