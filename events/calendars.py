"""iCalendar files, so that an event lands in the reader's own calendar at the right hour."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from icalendar import Calendar, Event

from approval.text_cleaning import clean_line, clean_text
from home import site_context


def calendar(events: Iterable[Any], name: str, language: str) -> bytes:
    """An iCalendar file (RFC 5545) of event pages, with the time zone definition inside."""
    result = Calendar()
    result.add("prodid", f"-//{site_context.for_language(language)['name']}//{language.upper()}")
    result.add("version", "2.0")
    result.add("method", "PUBLISH")
    result.add("x-wr-calname", clean_line(name))
    for page in events:
        result.add_component(entry(page))
    result.add_missing_timezones()
    return result.to_ical()


def entry(page: Any) -> Event:
    """One event page as a VEVENT; its UID stays the same in all languages and for all time."""
    event = Event()
    # Texts are cleaned when they are saved; some are public since before that.
    lead = clean_text(page.lead)
    zone = timezone.get_default_timezone()
    event.add("uid", f"{page.translation_key}@koalicja")
    event.add("summary", clean_line(page.title))
    event.add("description", f"{lead}\n\n{page.full_url}")
    event.add("dtstart", page.start.astimezone(zone))
    event.add("dtend", page.end.astimezone(zone))
    event.add("location", clean_line(page.location_line))
    event.add("url", page.full_url)
    stamp = page.changed_at or timezone.now()
    event.add("dtstamp", stamp.astimezone(datetime.UTC))
    event.add("last-modified", stamp.astimezone(datetime.UTC))
    return event


def response(content: bytes, filename: str) -> HttpResponse:
    """`content` as a download that calendars also subscribe to."""
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}.ics"'},
    )
