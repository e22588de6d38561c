"""Calendar files: an event lands in the reader's own calendar at the right hour."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from tests import factories

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")


def read(client, address: str) -> tuple[bytes, Calendar]:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return response.content, Calendar.from_ical(response.content)


@pytest.fixture
def summer_event():
    return factories.event(
        title="Debata: „Sąsiedztwo, czyli kto?”; część 1, i ostatnia",
        lead="Długi opis z polskimi znakami: zażółć gęślą jaźń, a potem przyjdź na debatę o sąsiedztwach. " * 3,
        start=datetime.datetime(2030, 7, 1, 18, tzinfo=WARSAW),
        end=datetime.datetime(2030, 7, 1, 20, tzinfo=WARSAW),
    )


def test_the_file_follows_the_standard_to_the_byte(client, summer_event):
    content, _calendar = read(client, summer_event.ics_url)
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(len(line) for line in lines) <= 75
    content.decode()


def test_the_hour_is_polish_time_with_its_zone_inside(client, summer_event):
    content, calendar = read(client, summer_event.ics_url)
    (event,) = calendar.walk("VEVENT")
    assert b"DTSTART;TZID=Europe/Warsaw:20300701T180000" in content
    assert event["dtend"].dt - event["dtstart"].dt == datetime.timedelta(hours=2)
    assert event["dtstart"].dt.utcoffset() == datetime.timedelta(hours=2)
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Warsaw"]
    assert event["dtstamp"].dt.utcoffset() == datetime.timedelta(0)


def test_the_words_arrive_unharmed(client, summer_event):
    _content, calendar = read(client, summer_event.ics_url)
    (event,) = calendar.walk("VEVENT")
    assert event["summary"] == summer_event.title
    assert str(event["description"]).startswith(summer_event.lead.strip()[:60])
    assert event["location"] == "Dom sąsiedzki, ul. Podwórkowa 7, Kraków"
    assert event["url"] == summer_event.full_url


def test_an_event_has_one_identity_in_all_languages(client, summer_event):
    english = factories.translated(summer_event, title="Debate", slug="debate")
    (one,), (other,) = (read(client, page.ics_url)[1].walk("VEVENT") for page in (summer_event, english))
    assert one["uid"] == other["uid"]
    assert other["summary"] == "Debate"


def test_the_calendar_of_the_section_has_what_is_coming(client):
    coming = [factories.event(start=factories.moment(days)) for days in (3, 1)]
    factories.event(start=factories.moment(-3))
    factories.event(start=factories.moment(5), live=False)
    _content, calendar = read(client, "/wydarzenia.ics")
    found = {str(event["summary"]) for event in calendar.walk("VEVENT")}
    assert found == {page.title for page in coming}


def test_a_section_without_events_has_a_valid_calendar(client):
    _content, calendar = read(client, "/en/events.ics")
    assert calendar.walk("VEVENT") == []


@pytest.mark.parametrize("address", ["/aktualnosci.ics", "/wydarzenia/nie-ma.ics", "/nie-ma.ics", "/katalog.ics"])
def test_what_is_no_event_has_no_calendar(client, address):
    assert client.get(address).status_code == 404


def test_a_draft_has_no_calendar(client):
    page = factories.event(live=False)
    assert client.get(f"{page.get_url().rstrip('/')}.ics").status_code == 404


def test_a_calendar_is_called_after_its_section_and_its_site(client):
    _content, calendar = read(client, "/wydarzenia.ics")
    assert calendar["x-wr-calname"] == "Wydarzenia – Koalicja na rzecz sąsiedztw"


@pytest.mark.parametrize(
    ("place", "address", "line"),
    [
        ("", "", "online"),
        ("Dom sąsiedzki", "ul. Podwórkowa 7", "Dom sąsiedzki, ul. Podwórkowa 7, online"),
        ("Online, Zoom", "", "Online, Zoom"),
    ],
)
def test_a_place_says_once_that_it_is_online(place, address, line):
    assert factories.event(online=True, place=place, address=address).location_line == line


def test_signs_that_calendars_forbid_are_left_out_of_what_is_public_already(client):
    page = factories.event()
    type(page).objects.filter(pk=page.pk).update(title=f"Piknik\x0bi{factories.NUL} debata", lead="Wiersz\x0cdrugi.")
    for address in (f"{page.url.rstrip('/')}.ics", "/wydarzenia.ics"):
        content, calendar = read(client, address)
        assert not set(content.decode()) & set("\x00\x0b\x0c")
        assert calendar.walk("VEVENT")[0]["summary"] == "Piknik i debata"
