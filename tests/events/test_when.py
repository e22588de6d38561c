"""When an event is, as visitors read it: its day or days, and its hours."""

from datetime import datetime
from zoneinfo import ZoneInfo

import lxml.html
import pytest
from django.template.loader import render_to_string
from django.utils import translation

from events.models import EventPage
from tests.reading import words

pytestmark = pytest.mark.django_db  # a new page asks for its type and language
WARSAW = ZoneInfo("Europe/Warsaw")


def when(start: str, end: str, language: str = "pl") -> str:
    moments = [datetime.fromisoformat(moment).replace(tzinfo=WARSAW) for moment in (start, end)]
    event = EventPage(start=moments[0], end=moments[1])
    with translation.override(language):
        return words(lxml.html.fromstring(f"<p>{render_to_string('components/event_when.html', {'event': event})}</p>"))


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2026-12-12 18:00", "2026-12-12 20:30", "Sobota, 18:00–20:30"),
        ("2026-12-12 18:00", "2026-12-13 00:00", "Sobota, 18:00–24:00"),
        ("2026-12-12 20:00", "2026-12-13 02:00", "Sobota, 12 grudnia, 20:00 – niedziela, 13 grudnia, 02:00"),
        ("2026-12-11 18:00", "2026-12-13 00:00", "Piątek, 11 grudnia, 18:00 – sobota, 12 grudnia, 24:00"),
    ],
)
def test_an_evening_until_midnight_is_one_day_and_a_day_is_no_name(start, end, said):
    assert when(start, end) == said


def test_english_days_are_names():
    assert when("2026-12-12 18:00", "2026-12-13 00:00", "en") == "Saturday, 18:00–24:00"
    assert "– Sunday, 13 December" in when("2026-12-12 20:00", "2026-12-13 02:00", "en")
