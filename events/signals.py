"""What a place changes elsewhere once it is public."""

from datetime import datetime
from typing import Any

from django.db.models import Min
from wagtail.search import index
from wagtail.signals import published, unpublished

from events.models import EventPage, Venue
from home.cache import raise_generation
from home.first_drafts import offer_to_translators
from home.models.terms import index_terms
from home.page_cache import moments
from search import indexing

WORDS = ("name", "room", "address", "directions", "access_notes", "accessibility_contact")


def follow(instance: Venue, **_signal: Any) -> None:
    """A place was published or taken down: its events are found in its district and by its name."""
    events = list(EventPage.objects.filter(venue__translation_key=instance.translation_key).select_related("venue"))
    index_terms(events)
    indexing.update_and_look_again([event.pk for event in events])
    for event in events:
        index.insert_or_update_object(event)


def offer(instance: Venue, **_signal: Any) -> None:
    offer_to_translators(instance, WORDS)


def next_end() -> datetime | None:
    """When an event moves from what is coming to what was."""
    return EventPage.objects.live().upcoming().order_by().aggregate(Min("end"))["end__min"]


def connect() -> None:
    """Called once, when the app is ready."""
    for signal in (published, unpublished):
        signal.connect(follow, sender=Venue, dispatch_uid="events-of-a-place")
        signal.connect(raise_generation, sender=Venue, dispatch_uid="content-generation")  # once they follow
    moments.append(next_end)
    published.connect(offer, sender=Venue, dispatch_uid="translations-of-a-place")
