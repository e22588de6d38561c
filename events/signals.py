"""What a place changes elsewhere once it is public."""

from datetime import datetime
from typing import Any

from django.db.models import Min
from wagtail.models import Locale
from wagtail.search import index
from wagtail.signals import published, unpublished

from events.models import EventPage, Venue
from home.cache import raise_generation
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


def offer_to_translators(instance: Venue, **_signal: Any) -> None:
    """A public place gets a draft in each other language, with its approved words for a translator to write over."""
    default = Locale.get_default()
    if instance.locale_id != default.pk:
        return
    known = Venue.objects.filter(translation_key=instance.translation_key).values("locale")
    for locale in Locale.objects.exclude(pk=default.pk).exclude(pk__in=known):
        draft = Venue(locale=locale, translation_key=instance.translation_key, live=False)
        for name in WORDS:
            setattr(draft, name, getattr(instance, name))
        draft.source_version = instance.source_version
        draft.save()
        draft.save_revision()


def next_end() -> datetime | None:
    """When an event moves from what is coming to what was."""
    return EventPage.objects.live().upcoming().order_by().aggregate(Min("end"))["end__min"]


def connect() -> None:
    """Called once, when the app is ready."""
    for signal in (published, unpublished):
        signal.connect(follow, sender=Venue, dispatch_uid="events-of-a-place")
        signal.connect(raise_generation, sender=Venue, dispatch_uid="content-generation")  # once they follow
    moments.append(next_end)
    published.connect(offer_to_translators, sender=Venue, dispatch_uid="translations-of-a-place")
