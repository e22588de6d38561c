"""Attacks on places of events: a public one shows in many pages, so nobody changes it alone, and none goes missing."""

import pytest
from django.urls import reverse
from wagtail.models import Locale

from approval import emergency
from approval.models import Act, LedgerEntry
from approval.publish_guard import NotApprovedError
from events.models import EventPage, Venue
from tests import factories, forms
from tests.approval.scene import crew
from tests.workflow import (
    SMUGGLED,
    edit_url,
    fresh,
    nothing_changes_for_visitors,
    publish_properly,
    refused_politely,
    submit,
    take_step,
)

pytestmark = pytest.mark.django_db
EVERYBODY = ("autorka", "redaktorka", "koordynatorka", "tlumaczka", "admin")
VALUES = {"name": "Dom", "address": "ul. Podwórkowa 7", **dict.fromkeys(Venue.FACTS, "unknown")}


def venue_url(name, *args):
    return reverse(f"wagtailsnippets_events_venue:{name}", args=args)


@pytest.fixture(scope="module")
def house_and_event(module_tree):
    author, reviewer, approver, _translator = crew()
    house = Venue.objects.create(locale=Locale.get_default(), live=False, name="Dom", address="ul. Podwórkowa 7")
    house.save_revision(user=author)
    house = publish_properly(house, author, reviewer, approver)
    return house, factories.event(venue=house, place="", address="")


@pytest.fixture
def house(house_and_event):
    return fresh(house_and_event[0])


@pytest.fixture
def event(house_and_event):
    """It takes place there."""
    return fresh(house_and_event[1])


def test_a_place_goes_the_way_of_every_text(house):
    assert house.live
    assert house.first_published_at


def test_a_public_place_edited_and_published(client_as, pages, event, house):
    with nothing_changes_for_visitors(event):
        for who in EVERYBODY:
            for action in ({"action-publish": "1"}, {}):
                form = {**VALUES, "address": f"{SMUGGLED} {who} {len(action)}", **action}
                assert refused_politely(client_as(pages(who)).post(venue_url("edit", house.pk), form)), who


def test_a_place_taken_away(client_as, pages, event, house):
    bulk = reverse("wagtail_bulk_action", args=["events", "venue", "delete"])
    with nothing_changes_for_visitors(event):
        for who in EVERYBODY:
            for address in (
                venue_url("unpublish", house.pk),
                venue_url("delete", house.pk),
                f"{bulk}?id={house.pk}&next=/admin/",
            ):
                assert refused_politely(client_as(pages(who)).get(address)), (who, address)
                assert refused_politely(client_as(pages(who)).post(address)), (who, address)
                assert fresh(house).live, (who, address)


def test_a_place_without_public_events_is_taken_down_by_a_coordinator_alone(client_as, pages, house):
    empty = factories.venue(name="Pusty dom")
    for who in ("autorka", "redaktorka", "tlumaczka", "koordynatorka"):
        assert fresh(empty).live, who
        client_as(pages(who)).post(venue_url("unpublish", empty.pk), {"reason": "Zamknięty."})
    assert not fresh(empty).live
    entry = LedgerEntry.objects.for_instance(empty).get(act=Act.TAKEN_DOWN)
    assert (entry.user, entry.reason) == (pages("koordynatorka"), "Zamknięty.")


def test_a_place_approved_by_whoever_wrote_it(client_as, koordynatorka, redaktorka, event, house):
    house.address = SMUGGLED
    house.save_revision(user=koordynatorka)
    submit(house, koordynatorka)
    take_step(house, redaktorka)
    state = fresh(house).current_workflow_task_state
    with nothing_changes_for_visitors(event):
        browser = client_as(koordynatorka)
        assert refused_politely(browser.post(venue_url("workflow_action", house.pk, "approve", state.pk)))
        answer = browser.post(reverse("newsroom:decide", args=[state.pk]), {"action": "approve"})
        assert refused_politely(answer)


def test_a_place_saved_in_a_shell(event, house):
    house.address = SMUGGLED
    with nothing_changes_for_visitors(event), pytest.raises(NotApprovedError):
        house.save()


def test_a_draft_beside_a_public_place(client_as, autorka, event, house):
    """An author's draft is theirs to write, and shows nowhere."""
    with nothing_changes_for_visitors(event):
        client_as(autorka).post(venue_url("edit", house.pk), {**VALUES, "address": SMUGGLED})
    assert fresh(house).get_latest_revision_as_object().address == SMUGGLED


def test_an_event_smuggles_in_a_place_that_nobody_approved(autorka, redaktorka, koordynatorka, house, event):
    draft = Venue.objects.create(locale=Locale.get_default(), live=False, name=SMUGGLED, address=SMUGGLED)
    event.venue = draft
    event.save_revision(user=autorka)
    with nothing_changes_for_visitors(event):
        submit(event, autorka)
        take_step(event, redaktorka)  # who reads it publishes nothing
        with pytest.raises(Exception, match=SMUGGLED):
            take_step(event, koordynatorka)
        with pytest.raises(Exception, match=SMUGGLED):
            emergency.publish(
                fresh(event),
                koordynatorka,
                "Sala jest dziś zajęta.",
                fresh(event).latest_revision_id,
            )
    assert EventPage.objects.get(pk=event.pk).venue == house


def test_an_event_with_the_key_of_something_else(client_as, koordynatorka, event, house):
    twin = Venue.objects.get(translation_key=house.translation_key, locale__language_code="en")
    browser = client_as(koordynatorka)
    form = forms.filled(browser, edit_url(event), {"body-count": "0", "programme-count": "0"})
    with nothing_changes_for_visitors(event):
        for key in (str(twin.pk), "999999", "nic", "1 OR 1=1"):
            form["venue"] = key
            assert "venue" in browser.post(edit_url(event), form).context["form"].errors, key


def test_a_chosen_place_takes_the_place_of_what_was_typed(client_as, koordynatorka, house):
    event = factories.event(place="Biblioteka", address="ul. Stara 1", district="krakow-8")
    browser = client_as(koordynatorka)
    form = forms.filled(browser, edit_url(event), {"body-count": "0", "programme-count": "0"})
    form["venue"] = str(house.pk)
    answer = browser.post(edit_url(event), form)
    assert answer.status_code == 302, answer.context["form"].errors
    draft = fresh(event).get_latest_revision_as_object()
    assert (draft.venue, draft.place, draft.address, draft.district) == (house, "", "", "")


def test_a_place_begins_in_the_first_language(client_as, autorka):
    answer = client_as(autorka).post(f"{venue_url('add')}?locale=en", {**VALUES, "locale": "en", "name": "House"})
    assert refused_politely(answer)
    assert not Venue.objects.filter(name="House", locale__language_code="en").exists()


def test_what_is_so_of_the_house_is_nothing_for_its_translation(client_as, tlumaczka, house):
    twin = Venue.objects.get(translation_key=house.translation_key, locale__language_code="en")
    answer = client_as(tlumaczka).post(venue_url("edit", twin.pk), {**VALUES, "name": "House", "lift": "yes"})
    assert answer.status_code == 302
    draft = fresh(twin).get_latest_revision_as_object()
    assert (draft.name, draft.lift) == ("House", "unknown")


def test_visitors_have_no_way_to_places(client, house):
    for name in ("list", "add"):
        assert client.get(venue_url(name)).status_code == 302
    assert client.post(venue_url("edit", house.pk), VALUES).status_code == 302
