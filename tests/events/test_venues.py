"""A place says once for all its events where it is and how to get in."""

import importlib

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from icalendar import Calendar

from approval.diff import content_lines
from approval.digest import content_of, digest_of
from approval.refusals import RefusedError
from approval.views.subjects import edit_address
from events.models import EventPage, Venue
from home.models.terms import PageTerm, index_all_terms
from search import indexing
from tests import factories, forms
from tests.newsroom.test_decision import decide_url, waiting
from tests.reading import document, found, source, words
from tests.workflow import fresh, submit, take_step

pytestmark = pytest.mark.django_db
SEARCHES = True
ADDRESS = "/wydarzenia/"
NO_WORDS = {"place": "", "address": ""}


@pytest.fixture(scope="module")
def made_once(module_tree) -> tuple[int, int]:
    house = factories.venue(
        name="Dom Sąsiedzki „Podwórko”",
        room="sala na parterze",
        address="ul. Przykładowa 12, Kraków",
        district="krakow-13",
        directions="Tramwaj 3, przystanek Korona.",
        access_notes="Dzwonek jest na wysokości 90 cm.",
        accessibility_contact="Piotr Zmyślony, dostepnosc@koalicja.example",
        step_free="yes",
        lift="no",
    )
    return house.pk, factories.event(title="Spacer", slug="spacer", venue=house, **NO_WORDS).pk


@pytest.fixture
def house(made_once, db) -> Venue:
    return Venue.objects.get(pk=made_once[0])


@pytest.fixture
def event(made_once, db) -> EventPage:
    return EventPage.objects.get(pk=made_once[1])


@pytest.fixture
def published(django_capture_on_commit_callbacks):
    """Publishes, with what follows once that is committed: visitors read it on their next page."""

    def publish(thing) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            factories.publish(thing)

    return publish


def shown(client, page) -> str:
    return source(client.get(page.url)).replace("\xa0", " ")


def answers(client, page) -> dict[str, str]:
    rows = document(client.get(page.url)).xpath("//ul[@class='access']/li")
    return dict(words(row).replace("\xa0", " ").split(": ", 1) for row in rows)


# --- What visitors read


def test_an_event_shows_the_words_of_its_place(client, event):
    read = shown(client, event)
    for said in (
        "Dom Sąsiedzki „Podwórko”, sala na parterze",
        "ul. Przykładowa 12, Kraków",
        "XIII Podgórze",
        "Tramwaj 3, przystanek Korona.",
        "Dzwonek jest na wysokości 90 cm.",
        "Piotr Zmyślony",
    ):
        assert said in read, said
    assert answers(client, event)["Wejście bez stopni"] == "tak"
    assert answers(client, event)["Winda"] == "nie"
    assert answers(client, event)["Kącik dla dzieci"] == "nie wiemy"


def test_what_is_different_on_the_day_says_so(client, event):
    event.step_free, event.captions, event.access_note = "no", "yes", "Wejście od podwórza.\nWinda nie działa."
    factories.publish(event)
    read = answers(client, event)
    assert read["Wejście bez stopni"].startswith("nie (")
    assert read["Napisy"] == "tak"  # the place doesn't know: nothing is different
    assert read["Winda"] == "nie"
    assert "Wejście od podwórza.<br>Winda nie działa." in shown(client, event)


def test_a_changed_place_shows_in_all_its_events(client, event, house, published):
    past = factories.event(title="Dawne", slug="dawne", venue=house, start=factories.moment(-7), **NO_WORDS)
    assert answers(client, event)["Winda"] == answers(client, past)["Winda"] == "nie"
    house.lift = "yes"
    published(house)
    assert answers(client, event)["Winda"] == answers(client, past)["Winda"] == "tak"


def test_a_draft_of_a_place_shows_nowhere(client, event, house):
    house.address = "ul. Niezatwierdzona 1"
    house.save_revision()
    assert "Niezatwierdzona" not in shown(client, event)


def test_an_event_of_before_says_what_it_said(client):
    page = factories.event(place="Biblioteka", address="ul. Stara 1", district="krakow-8", lift="yes")
    assert page.location_line == "Biblioteka, ul. Stara 1"
    assert "VIII Dębniki" in shown(client, page)
    assert not {"venue", "access_note"} & set(content_of(page))


def test_words_of_a_place_are_words(client, event, house):
    attack = "<script>alert(1)</script>"
    for name in ("name", "directions", "access_notes"):
        setattr(house, name, attack)
    factories.publish(house)
    event.access_note = attack
    factories.publish(event)
    read = shown(client, event)
    assert attack not in read
    assert read.count("&lt;script&gt;") >= 4


def test_lists_calendars_search_and_structured_data_name_the_place(client, event):
    name = "Dom Sąsiedzki „Podwórko”, sala na parterze"
    assert name in source(client.get(ADDRESS)).replace("\xa0", " ")
    assert "wejście bez stopni" in source(client.get(ADDRESS)).lower().replace("\xa0", " ")
    assert "Podwórko" in client.get(event.ics_url).content.decode().replace("\r\n ", "")
    indexing.update([event.pk])
    assert found(client.get("/szukaj/?q=Podwórko")) == ["Spacer"]
    (data,) = [one for one in event.structured_data(client.get(event.url).wsgi_request) if one["@type"] == "Event"]
    assert data["location"]["name"] == name


def test_a_calendar_learns_of_a_changed_place(client, event, house, published):
    def stamp():
        (entry,) = Calendar.from_ical(client.get(event.ics_url).content).walk("VEVENT")
        return entry["last-modified"].dt

    Venue.objects.filter(pk=house.pk).update(last_published_at=factories.moment(-3))
    EventPage.objects.filter(pk=event.pk).update(last_published_at=factories.moment(-2))
    before = stamp()
    house.address = "ul. Inna 1"
    published(house)
    assert stamp() > before


def test_a_place_with_another_name_is_found_by_it(client, event, house):
    house.name = "Latarnia"
    factories.publish(house)
    assert found(client.get("/szukaj/?q=Latarnia")) == ["Spacer"]


# --- Filters


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("district=krakow-13", True),
        ("district=krakow", True),
        ("district=krakow-8", False),
        ("access=step_free", True),
        ("access=lift", False),
    ],
)
def test_filters_ask_the_place(client, event, query, is_found):
    assert bool(client.get(f"{ADDRESS}?{query}").context["results"].object_list) == is_found


def test_filters_know_what_is_different_on_the_day(client, event):
    event.step_free = "no"
    factories.publish(event)
    assert not client.get(f"{ADDRESS}?access=step_free").context["results"].object_list


def test_a_place_in_another_district_takes_its_events_along(event, house):
    house.district = "krakow-8"
    factories.publish(house)
    assert set(PageTerm.objects.filter(page=event).values_list("key", flat=True)) == {"krakow", "krakow-8"}
    assert index_all_terms() == 0


# --- Languages


def test_a_public_place_gets_a_draft_for_its_translator(house):
    draft = Venue.objects.get(translation_key=house.translation_key, locale__language_code="en")
    assert not draft.live
    assert (draft.name, draft.lift) == (house.name, "unknown")
    house.address = "ul. Inna 1"
    factories.publish(house)
    assert Venue.objects.filter(translation_key=house.translation_key).count() == 2


def test_an_english_event_shows_the_english_words_and_the_answers_of_the_house(client, event, house, published):
    english = factories.translated(event, slug="walk")
    assert english.venue == house
    read = shown(client, english)
    assert 'lang="pl"' in read and "Dom Sąsiedzki" in read  # nobody has translated it yet
    twin = Venue.objects.get(translation_key=house.translation_key, locale__language_code="en")
    twin.name, twin.room, twin.lift = "Yard house", "ground floor", "yes"
    published(twin)
    read = shown(client, english)
    assert "Yard house, ground floor" in read
    assert "Dom Sąsiedzki" not in read
    assert answers(client, english)["Lift"] == "no"


def test_whoever_decides_reads_the_words_first_and_of_a_translation_no_answers(house):
    twin = Venue.objects.get(translation_key=house.translation_key, locale__language_code="en")
    assert content_lines.fields_of(house)[:3] == ["name", "room", "address"]
    assert {"lift", "district"} <= set(content_lines.fields_of(house))
    assert not {"lift", "district"} & set(content_lines.fields_of(twin))


def test_whoever_decides_on_an_event_reads_the_answers_of_its_place(event, house):
    event.captions = "yes"
    with translation.override("en"):
        read = {name: content_lines.lines(event, name)[0].text for name in ("step_free", "lift", "captions", "toilet")}
        assert list(read.values()) == ["yes (its place says so)", "no (its place says so)", "yes", "we don’t know"]
        new = factories.event(venue=factories.venue(live=False, lift="yes"), live=False, **NO_WORDS)
        assert content_lines.lines(new, "lift")[0].text == "as its place says, once that is approved"


def test_the_translation_of_a_place_is_no_place_of_its_own(house):
    twin = Venue.objects.get(translation_key=house.translation_key, locale__language_code="en")
    with pytest.raises(ValidationError):
        factories.event(venue=twin, live=False).full_clean()


# --- What an approval is worth


def test_the_approval_of_an_event_holds_the_place_by_its_key_alone(event, house):
    before = digest_of(event)
    house.address = "ul. Inna 1"
    factories.publish(house)
    assert digest_of(EventPage.objects.get(pk=event.pk)) == before
    assert content_of(event)["venue"] == house.pk


def test_only_the_last_step_of_an_event_waits_for_the_approval_of_its_place(
    client_as, autorka, redaktorka, koordynatorka
):
    draft = factories.venue(name="Nowe miejsce", live=False)
    event = factories.event(venue=draft, live=False, owner=autorka, **NO_WORDS)
    to_the_place = f'href="{edit_address(draft)}"'
    sent = client_as(autorka)
    form = {"body-count": "0", "programme-count": "0"}
    told = forms.send(sent, edit_address(event), form, {"action-submit": "1"}).content.decode()
    assert "Nowe miejsce" in told and to_the_place in told
    reader = client_as(redaktorka)
    shown = reader.get(decide_url(event)).content.decode()
    assert "Nowe miejsce" in shown and to_the_place in shown and 'value="approve"' in shown
    reader.post(decide_url(event), {"action": "approve"})
    assert waiting(event).task.specific.step == "approval"
    submit(draft, autorka)
    decider = client_as(koordynatorka)
    shown = decider.get(decide_url(event)).content.decode()
    assert f'href="{decide_url(draft)}"' in shown and 'value="approve"' not in shown
    decider.post(decide_url(event), {"action": "approve"})
    assert not fresh(event).live
    for person in (redaktorka, koordynatorka):
        take_step(draft, person)
    decider.post(decide_url(event), {"action": "approve"})
    assert fresh(event).live


def test_a_place_in_use_stays(event, house):
    with pytest.raises(RefusedError):
        house.unpublish()
    with pytest.raises(ProtectedError):
        factories.remove(house)
    assert Venue.objects.get(pk=house.pk).live


def test_a_place_has_no_last_day(house):
    house.expire_at = factories.moment(3)
    with pytest.raises(ValidationError):
        house.full_clean()


def test_a_place_costs_a_warm_page_nothing(client, event):
    bare = factories.event(title="Bez miejsca", slug="bez", **NO_WORDS)

    def cost(page) -> int:
        for _warming in range(2):
            client.get(page.url)
        with CaptureQueriesContext(connection) as asked:
            client.get(page.url)
        return len(asked)

    assert cost(event) == cost(bare)


def test_the_way_back_to_a_time_without_places_keeps_their_addresses():
    house = factories.venue(name="Dom", room="Sala 2", address="ul. Podwórkowa 7", district="krakow-8", lift="yes")
    event = factories.event(venue=house, place="", address="", toilet="no")
    event.save_revision()
    migration = importlib.import_module("events.migrations.0005_keep_addresses_on_the_way_back")
    migration.write_addresses(apps, None)
    event = EventPage.objects.get(pk=event.pk)
    for text in (event, event.get_latest_revision_as_object()):
        assert (text.venue, text.place, text.address) == (None, "Dom, Sala 2", "ul. Podwórkowa 7")
        assert (text.district, text.lift, text.toilet) == ("krakow-8", "yes", "no")
