"""Two people at the same moment, on PostgreSQL with real threads: one publication, of the approved revision, no 500.

What they commit is undone by putting the database back as a whole (tests/rig/restored.py).
"""

import threading
import time as clock
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import post_save
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Revision

from approval import openings, roles, verification
from approval.contributors import contributors
from approval.digest import digest_of
from approval.models import Act, LedgerEntry
from approval.models.acts import PUBLISHING_ACTS
from approval.one_at_a_time import the_only_one
from approval.refusals import RefusedError
from approval.undo import version_before
from approval.views.subjects import address
from notifications.models import OutgoingMail
from tests import factories
from tests.approval.attacks import state_of, task_url
from tests.records import acts
from tests.workflow import (
    draft_of,
    edit_url,
    form_of,
    fresh,
    in_an_hour,
    log_in,
    person,
    publish_properly,
    submit,
    take_step,
)

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time: no race there"),
    pytest.mark.django_db(transaction=True),
]

MAKES_ITS_OWN_PAGES = True  # and commits them
ROUNDS = 6
REASON = "Powódź: zbiórka odwołana, ludzie już jadą."
LATER = "What the author wrote meanwhile"


class Newsroom:
    """People who have logged in, and pages as far as a race needs them."""

    def __init__(self) -> None:
        self.author = person("autorka", roles.AUTHORS)
        self.reviewer = person("redaktorka", roles.LANGUAGE_EDITORS)
        self.people = [person(name, roles.COORDINATORS) for name in ("koordynatorka", "koordynator2", "koordynator3")]
        self.first, self.second, self.third = [log_in(one) for one in self.people]
        self.writer = log_in(self.author)

    def in_approval(self, number: int, **fields: Any) -> Any:
        page = draft_of(self.author, f"Race {number}", **fields)
        submit(page, self.author)
        take_step(page, self.reviewer)
        return fresh(page)

    def live(self, number: int) -> Any:
        """Public, with a newer text that waits for approval."""
        page = publish_properly(draft_of(self.author, f"Race {number}"), self.author, self.reviewer, self.people[2])
        page.lead = "The second version"
        page.save_revision(user=self.author, log_action=True)
        submit(page, self.author)
        take_step(page, self.reviewer)
        return fresh(page)


@pytest.fixture
def newsroom(db: None) -> Newsroom:
    return Newsroom()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Every act in a thread and a connection of its own, from the same moment; what each returned or raised."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(10)
            results[number] = act()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def approves(browser: Client, page: Any) -> Callable[[], Any]:
    """The button on the screen of the decision, with the version that is shown now."""
    state = state_of(page)
    data = {"action": "approve", "shown": page.latest_revision_id, "comment": ""}
    return lambda: browser.post(reverse("newsroom:decide", args=[state.pk]), data)


def approves_in_explorer(browser: Client, page: Any) -> Callable[[], Any]:
    url = task_url(page, "approve", state_of(page).pk)
    return lambda: browser.post(url, {"shown": page.latest_revision_id})


def saves(browser: Client, page: Any) -> Callable[[], Any]:
    form = form_of(page, lead=LATER)
    return lambda: browser.post(edit_url(page), form)


def takes_down(browser: Client, page: Any) -> Callable[[], Any]:
    return lambda: browser.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {"reason": "Nieprawda"})


def withdraws(browser: Client, page: Any) -> Callable[[], Any]:
    data = {"revision": page.scheduled_revision.pk if page.scheduled_revision else "", "reason": "Odwołane"}
    return lambda: browser.post(address("approval:publication_time", page), data)


def publishes_in_an_emergency(browser: Client, page: Any) -> Callable[[], Any]:
    data = {"reason": REASON, "revision": page.latest_revision_id}
    return lambda: browser.post(address("approval:emergency", page), data)


def puts_back(browser: Client, page: Any) -> Callable[[], Any]:
    """Undo, as its page offers it now."""
    data = {"before": version_before(page).pk, "reason": "Pomyłka"}
    return lambda: browser.post(address("approval:undo", page), data)


@contextmanager
def as_a_version_is_saved(act: Callable[[], Any]) -> Iterator[list[Any]]:
    """Somebody else does `act` when the next version is stored, and its page doesn't know of it yet."""
    results: list[Any] = []

    def do(**_signal: Any) -> None:
        post_save.disconnect(do, sender=Revision)
        results.extend(at_once(act))

    post_save.connect(do, sender=Revision)
    yield results
    post_save.disconnect(do, sender=Revision)


def publications(page: Any) -> list[LedgerEntry]:
    return list(LedgerEntry.objects.for_instance(page).filter(act__in=PUBLISHING_ACTS).order_by("pk"))


def holds(page: Any, results: list[Any]) -> None:
    """What must be true after every race."""
    for answer in results:
        assert not isinstance(answer, Exception), repr(answer)
        assert answer is None or answer.status_code < 500
    page = fresh(page)
    assert not list(verification.doubts(Page.objects.filter(pk=page.pk)))
    if page.live:
        assert publications(page)[-1].digest == digest_of(page)
    sent = list(OutgoingMail.objects.values_list("event", "user"))
    assert len(sent) == len(set(sent))
    for user in {user for _event, user in sent}:
        told = OutgoingMail.objects.filter(user=user, kind__in=("published", "due"), facts__title=page.title)
        assert told.count() <= len(publications(page)), "two mails about one publication"


@pytest.mark.parametrize("door", [approves, approves_in_explorer])
def test_two_approvals_at_once_publish_once(newsroom: Newsroom, door: Callable[..., Any]) -> None:
    for number in range(ROUNDS):
        page = newsroom.in_approval(number)
        holds(page, at_once(door(newsroom.first, page), door(newsroom.second, page)))
        assert acts(page) == [Act.PUBLISHED]
        assert publications(page)[0].revision_number == page.latest_revision_id == fresh(page).live_revision_id
        assert len(publications(page)[0].approvals) == 2, "the review and one approval"


def test_two_texts_with_one_address_that_are_approved_at_once_are_public_once(newsroom: Newsroom) -> None:
    for number in range(ROUNDS):
        both = [newsroom.in_approval(2 * number), newsroom.in_approval(2 * number + 1)]
        for page in both:  # they were approved with other addresses before
            text = page.get_latest_revision()
            type(text).objects.filter(pk=text.pk).update(content={**text.content, "slug": f"shared-{number}"})
        results = at_once(approves(newsroom.first, both[0]), approves(newsroom.second, both[1]))
        for page in both:
            holds(page, results)
        public = [page for page in map(fresh, both) if page.live]
        assert len(public) == 1
        assert public[0].slug == f"shared-{number}"
        refused = next(answer for answer in results if "/decide/" in answer.url)  # back to the same page
        assert f"shared-{number}” jest zajęty" in refused.client.get(refused.url).content.decode()


def test_approval_while_the_author_saves_publishes_what_was_shown_or_nothing(newsroom: Newsroom) -> None:
    for number in range(ROUNDS):
        page = newsroom.in_approval(number)
        holds(page, at_once(approves(newsroom.first, page), saves(newsroom.writer, page)))
        assert acts(page) in ([Act.PUBLISHED], [])
        assert fresh(page).lead != LATER or not fresh(page).live
        if fresh(page).live:
            assert fresh(page).live_revision_id == page.latest_revision_id


def test_time_that_comes_while_the_approval_is_withdrawn_publishes_once_or_never(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = timezone.now
    for number in range(ROUNDS):
        page = newsroom.in_approval(number, go_live_at=in_an_hour())
        take_step(page, newsroom.people[2])
        with monkeypatch.context() as later:
            later.setattr(timezone, "now", lambda: real() + timedelta(minutes=90))
            command = lambda: call_command("publish_scheduled")  # noqa: E731
            holds(page, at_once(command, withdraws(newsroom.first, page), command))
        assert acts(page) in ([Act.SCHEDULED, Act.PUBLISHED], [Act.SCHEDULED, Act.WITHDRAWN])
        assert fresh(page).live == (acts(page)[-1] == Act.PUBLISHED)


def test_time_that_comes_in_an_emergency_leaves_what_the_ledger_says(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = timezone.now
    for number in range(ROUNDS):
        page = newsroom.in_approval(number, go_live_at=in_an_hour())
        take_step(page, newsroom.people[2])
        with monkeypatch.context() as later:
            later.setattr(timezone, "now", lambda: real() + timedelta(minutes=90))
            command = lambda: call_command("publish_scheduled")  # noqa: E731
            holds(page, at_once(command, publishes_in_an_emergency(newsroom.first, page)))
        assert fresh(page).live


def test_taking_down_while_approving(newsroom: Newsroom) -> None:
    for number in range(ROUNDS):
        page = newsroom.live(number)
        holds(page, at_once(approves(newsroom.first, page), takes_down(newsroom.second, page)))
        # Wagtail asks nobody to approve again what is taken down, so the order decides whether it shows.
        done = acts(page)
        assert done.count(Act.PUBLISHED) <= 2
        assert fresh(page).live == (done[-1] == Act.PUBLISHED)


def test_two_people_who_take_a_page_down_take_it_down_once(newsroom: Newsroom) -> None:
    for number in range(ROUNDS):
        page = newsroom.live(number)
        holds(page, at_once(takes_down(newsroom.first, page), takes_down(newsroom.second, page)))
        assert acts(page) == [Act.PUBLISHED, Act.TAKEN_DOWN]


def test_taking_down_while_the_author_saves_loses_no_draft(newsroom: Newsroom) -> None:
    for number in range(ROUNDS):
        page = newsroom.live(number)
        holds(page, at_once(takes_down(newsroom.first, page), saves(newsroom.writer, page)))
        assert not fresh(page).live
        newest = page.revisions.order_by("-pk").first()
        assert fresh(page).latest_revision_id == newest.pk


def test_emergency_while_approving_publishes_one_after_the_other_or_once(newsroom: Newsroom) -> None:
    for number in range(ROUNDS):
        page = newsroom.in_approval(number)
        holds(page, at_once(approves(newsroom.first, page), publishes_in_an_emergency(newsroom.second, page)))
        assert acts(page) in ([Act.PUBLISHED], [Act.EMERGENCY])
        assert fresh(page).live_revision_id == page.latest_revision_id


def test_two_emergencies_at_once_publish_once(newsroom: Newsroom) -> None:
    for number in range(ROUNDS):
        page = newsroom.in_approval(number)
        both = (publishes_in_an_emergency(browser, page) for browser in (newsroom.first, newsroom.second))
        holds(page, at_once(*both))
        assert acts(page) == [Act.EMERGENCY]


def replaced(newsroom: Newsroom, number: int) -> Any:
    """Public in its second approved version, and nobody has written a newer one."""
    page = newsroom.live(number)
    take_step(page, newsroom.people[2])
    return fresh(page)


def test_whoever_saves_while_the_version_before_comes_back_has_written_what_waits(newsroom: Newsroom) -> None:
    page = replaced(newsroom, 0)
    with as_a_version_is_saved(puts_back(newsroom.first, page)) as results:
        results.append(saves(newsroom.writer, page)())
    assert len(results) == 2
    holds(page, results)
    assert acts(page)[-1] == Act.RESTORED
    assert fresh(page).get_latest_revision_as_object().lead == LATER
    assert newsroom.author.pk in contributors(fresh(page)), "the author may not approve what she wrote meanwhile"


def test_two_people_who_put_the_version_before_back_put_it_back_once(newsroom: Newsroom) -> None:
    page = replaced(newsroom, 0)
    holds(page, at_once(puts_back(newsroom.first, page), puts_back(newsroom.second, page)))
    assert acts(page).count(Act.RESTORED) == 1


def test_a_place_that_is_taken_down_as_an_event_there_is_approved(newsroom: Newsroom) -> None:
    for number in range(ROUNDS):
        house, event = factories.venue(), factories.event(venue=None, title=f"Race {number}")
        event.venue = house
        event.save_revision(user=newsroom.author)
        submit(event, newsroom.author)
        take_step(event, newsroom.reviewer)
        takes_down_place = reverse("wagtailsnippets_events_venue:unpublish", args=[house.pk])
        approve = approves(newsroom.first, fresh(event))
        results = at_once(approve, lambda url=takes_down_place: newsroom.second.post(url))
        holds(event, results)
        event = fresh(event)
        assert event.venue is None or event.venue.live, results


def test_one_scheduler_leads_and_the_next_takes_over_when_it_is_gone() -> None:
    leads, gone = threading.Event(), threading.Event()

    def first() -> None:
        with the_only_one("publish"):
            leads.set()
            gone.wait(30)
            connection.close()  # as the system does for a process that is killed

    leader = threading.Thread(target=first)
    leader.start()
    assert leads.wait(30)
    with the_only_one("publish") as is_mine, the_only_one("remind") as is_free:
        assert (is_mine, is_free) == (False, True)
    gone.set()
    with the_only_one("publish", patience=30) as is_mine:
        assert is_mine
    leader.join()


def test_whoever_asked_to_open_a_section_opens_no_page_below_it_meanwhile(newsroom: Newsroom, monkeypatch: Any) -> None:
    """Somebody else has looked at what would be readable, which isn't that page."""
    page = publish_properly(
        draft_of(newsroom.author, "Minutes"), newsroom.author, newsroom.reviewer, newsroom.people[2]
    )
    section = page.get_parent().specific
    for one in (section, page):
        PageViewRestriction.objects.create(page=one, restriction_type="login")
    asker, other, _third = newsroom.people
    openings.ask(section, asker, REASON)
    usual = openings.fingerprint
    shown = usual(openings.shown_by(section))
    looked = threading.Event()

    def looks(pages: Any) -> str:
        found = usual(pages)
        looked.set()
        clock.sleep(0.5)  # as long as the other one needs
        return found

    monkeypatch.setattr(openings, "fingerprint", looks)

    def opens_the_page_alone() -> None:
        looked.wait(10)
        page.view_restrictions.get().delete(user=asker)

    results = at_once(lambda: openings.open_to_all(section, other, shown), opens_the_page_alone)
    assert isinstance(results[1], RefusedError), results
    assert not section.get_view_restrictions() and page.view_restrictions.count() == 1
    kept = page.view_restrictions.get()
    kept.restriction_type = PageViewRestriction.NONE
    with pytest.raises(RefusedError):
        kept.save()
