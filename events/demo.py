"""How the demo files of this app become events. Their days count from today."""

import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Locale

from events.accessibility import VenueAccessMixin
from events.models import EventPage, Venue
from home.demo import KINDS, Demo, DemoKind, Entry, content_folder
from home.demo.entries import read, translation_key


def moment(value: dict[str, Any]) -> datetime.datetime:
    """`{days, time}` relative to today as an aware datetime in Polish time."""
    day = timezone.localdate() + datetime.timedelta(days=value["days"])
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.fromisoformat(value["time"])))


def venue(name: str, demo: Demo) -> Venue:
    """The place of the file `name`, approved in every language that the file has words for."""
    default, key = Locale.get_default(), translation_key(f"events/venues/{name}")
    found = Venue.objects.filter(translation_key=key, locale=default).first()
    if found is not None:
        return found
    content = read(content_folder("events") / "venues" / f"{name}.toml")
    house = Venue(translation_key=key, locale=default, live=False, district=content["district"], **content["answers"])
    for locale in (default, *Locale.objects.exclude(pk=default.pk)):
        words = content.get(locale.language_code)
        text = house if locale == default else Venue.objects.get(translation_key=key, locale=locale)
        if words:
            for field, said in words.items():
                setattr(text, field, said)
            if text.pk is None:
                text.save()
            demo.publish(text)
    return Venue.objects.get(pk=house.pk)


def fields(entry: Entry, words: dict[str, Any], demo: Demo) -> dict[str, Any]:
    facts = entry.facts
    start = moment(facts["start"])
    access = facts.get("accessibility", {})
    order_days = facts.get("sign_language_order_days_before")
    order_by = start.date() - datetime.timedelta(days=order_days) if order_days else None
    return {
        "kind": facts["kind"],
        "start": start,
        "end": moment(facts["end"]),
        "online": facts.get("online", False),
        "venue": venue(facts["venue"], demo) if "venue" in facts else None,
        "place": words.get("place", ""),
        "address": words.get("address", ""),
        "district": facts.get("district", ""),
        "cost": words.get("cost", ""),
        "programme": [("item", item) for item in words.get("programme", [])],
        "accessibility_contact": words.get("accessibility_contact", ""),
        "sign_language_order_by": order_by,
        "funding": facts.get("funding", "project"),
        "funder": words.get("funder", ""),
        **{name: access[name] for name in VenueAccessMixin.FACTS if name in access},
        **demo.files.lead(facts.get("image"), words["language"]),
    }


def children(page: EventPage, entry: Entry, words: dict[str, Any], demo: Demo) -> None:
    page.registration = demo.words(words["language"]).markup(words.get("registration", ""))


KINDS.append(
    DemoKind(
        content_folder("events"),
        "events",
        lambda entry: EventPage,
        fields,
        section="events",
        children=children,
    )
)
