"""An event is written before anybody knows when it is; nobody sends or decides on it like that."""

import pytest
from django.test import Client, RequestFactory

from approval import roles, validation
from events.models import EventPage
from home.models import User
from tests import factories
from tests.forms import SUBMIT, add_address, edit_address, filled, send, streamfield

pytestmark = pytest.mark.django_db
SCRIPT = {"accept": "application/json"}
NO_BLOCKS = {"body": streamfield([]), "programme": streamfield([])}
WRITTEN = {"title": "Zjazd", "slug": "zjazd", "lead": "Kiedyś będzie.", "kind": "meeting", **NO_BLOCKS}


@pytest.fixture(scope="module")
def made_once(module_tree: None) -> tuple[int, int]:
    """An author, and the event without a time that she wrote."""
    author, browser = factories.person(roles.AUTHORS), Client()
    browser.force_login(author)
    send(browser, add_address(EventPage, factories.section("events")), WRITTEN)
    return author.pk, EventPage.objects.get(slug="zjazd").pk


@pytest.fixture
def author(made_once: tuple[int, int], client: Client) -> Client:
    client.force_login(User.objects.get(pk=made_once[0]))
    return client


@pytest.fixture
def undated(made_once: tuple[int, int]) -> EventPage:
    return EventPage.objects.get(pk=made_once[1])


def test_an_event_without_a_time_is_saved_shown_and_listed(undated: EventPage, author: Client) -> None:
    form = filled(author, edit_address(undated), {"lead": "Dalej pisane.", **NO_BLOCKS})
    assert author.post(edit_address(undated), form, headers=SCRIPT).json()["success"]
    draft = EventPage.objects.get(pk=undated.pk).get_latest_revision_as_object()
    assert (draft.lead, draft.start, draft.end) == ("Dalej pisane.", None, None)
    shown = draft.make_preview_request(RequestFactory().get("/"), draft.default_preview_mode)
    assert shown.status_code == 200
    assert "Dalej pisane." in shown.content.decode()
    assert "Zjazd" in author.get("/admin/events/").content.decode()


def test_only_one_of_the_times_is_enough_to_be_shown(author: Client) -> None:
    event = factories.event(live=False)
    for missing in ("start", "end"):
        draft = EventPage.objects.get(pk=event.pk)
        setattr(draft, missing, None)
        shown = draft.make_preview_request(RequestFactory().get("/"), draft.default_preview_mode)
        assert shown.status_code == 200


def test_both_times_are_asked_when_it_is_sent(undated: EventPage, author: Client) -> None:
    answer = send(author, edit_address(undated), NO_BLOCKS, SUBMIT)
    assert {"start", "end"} <= set(answer.context["form"].errors)
    assert not EventPage.objects.get(pk=undated.pk).workflow_in_progress


def test_what_somebody_took_away_since_prevents_the_publication() -> None:
    event = factories.event(live=True)
    version = event.get_latest_revision_as_object()
    version.start = None
    obstacles = validation.words(validation.obstacles(version.save_revision(clean=False)))
    assert "Początek" in obstacles


def test_the_times_of_visitors_lists_are_those_of_public_events(undated: EventPage) -> None:
    coming = factories.event()
    assert list(EventPage.objects.upcoming()) == [coming]
    assert list(EventPage.objects.past()) == []
