"""Two languages at one moment, while processes are killed, run twice, and visitors read: nobody ever sees one half."""

import contextlib
import os
import signal
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from wagtail.signals import published

from approval import releases, roles
from approval.models import Act, LedgerEntry, Release
from approval.refusals import RefusedError
from approval.release_publication import published_together
from approval.signals import decided
from tests.approval.release_scene import Pair, together, two_drafts
from tests.approval.test_races import Newsroom, acts, approves, at_once, holds
from tests.workflow import fresh, in_an_hour, person, submit, take_step

ON_A_SERVER = connection.vendor == "postgresql"

pytestmark = [pytest.mark.django_db(transaction=ON_A_SERVER)]

READERS = 3
ROUNDS = 3


class Processes:
    """The test's database, for forked processes: on SQLite, where it lives in memory, a copy in a file."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "copy.sqlite3"
        self.stop = folder / "stop"
        self.running: set[int] = set()
        if ON_A_SERVER:
            connections.close_all()  # nobody shares a socket
            return
        self.file.write_bytes(connection.connection.serialize())
        with contextlib.closing(sqlite3.connect(self.file)) as copy:
            copy.execute("PRAGMA journal_mode=WAL")  # once: several processes at once would find it locked

    def start(self, act: Callable[[], None]) -> int:
        if ON_A_SERVER:
            connections.close_all()
        number = os.fork()
        if number:
            self.running.add(number)
            return number
        status = 1
        try:
            if not ON_A_SERVER:
                connection.connection = None
                connection.settings_dict["NAME"] = str(self.file)
            connection.connect()
            cache.clear()
            act()
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)

    def end(self, number: int) -> int:
        """How process `number` ended: 0, its error, or minus the signal that killed it."""
        status = os.waitpid(number, 0)[1]
        self.running.remove(number)
        return os.waitstatus_to_exitcode(status)

    def kill_all(self) -> None:
        """After a failure nobody goes on reading."""
        for number in [*self.running]:
            os.kill(number, signal.SIGKILL)
            self.end(number)

    def run(self, act: Callable[[], None]) -> int:
        return self.end(self.start(act))


@pytest.fixture
def place(pair, tmp_path) -> Iterator[Processes]:
    place = Processes(tmp_path)
    yield place
    place.kill_all()


@pytest.fixture
def pair(db, monkeypatch) -> Pair:
    """Both approved, and their time has come."""
    author, translator = person("autorka", roles.AUTHORS), person("tlumaczka", roles.TRANSLATORS)
    reviewer, approver = person("redaktorka", roles.LANGUAGE_EDITORS), person("koordynatorka", roles.COORDINATORS)
    polish, english = two_drafts(author, translator)
    made = Pair(polish, english, together(polish, author, in_an_hour()), author, translator, reviewer, approver)
    made.approve(polish)
    made.approve(english)
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(minutes=90))
    return made


def schedule() -> None:
    call_command("publish_scheduled")


def killed_at(step: Any, count: int) -> Callable[[], None]:
    """The scheduler, which the system kills when `step` happens for the `count`th time."""

    def run() -> None:
        seen = []

        def kill(**_signal: Any) -> None:
            seen.append(1)
            if len(seen) == count:
                os.kill(os.getpid(), signal.SIGKILL)

        step.connect(kill)
        schedule()

    return run


STEPS = {
    "the first page is saved": (published, 1),
    "the first entry of the ledger is written": (decided, 1),
    "the second page is saved": (published, 2),
    "the second entry of the ledger is written": (decided, 2),
    "all is done and not committed": (published_together, 1),
}


def reads(pair: Pair, place: Processes, first: Any, second: Any) -> Callable[[], None]:
    """A visitor who reads one language and then the other, as fast as they come: never the first one alone."""

    def run() -> None:
        browser, index = Client(), [page.get_parent().get_url() for page in (first, second)]
        seen = False
        while not place.stop.exists() or not seen:
            for addresses in ([first.get_url(), second.get_url()], index):
                answers = [browser.get(address) for address in addresses]
                shown = [
                    answer.status_code == 200 and (addresses is not index or page.slug in answer.content.decode())
                    for answer, page in zip(answers, (first, second), strict=True)
                ]
                assert shown[1] or not shown[0], (addresses, shown)
                seen = shown[1] and addresses is index

    return run


def test_the_clock_publishes_both_once_whoever_is_killed_and_whoever_reads(pair, place) -> None:
    polish, english = pair.polish, pair.english
    readers = [
        place.start(reads(pair, place, *pages))
        for pages in ((polish, english), (english, polish), (polish, english))[:READERS]
    ]
    for name, (step, count) in STEPS.items():
        assert place.run(killed_at(step, count)) == -signal.SIGKILL, name
    schedulers = [place.start(schedule), place.start(schedule)]
    assert [place.end(number) for number in schedulers] == [0, 0]
    place.stop.touch()
    assert [place.end(number) for number in readers] == [0] * READERS

    def both_are_public_once() -> None:
        assert pair.public == (True, True)
        for page in (polish, english):
            assert LedgerEntry.objects.for_instance(page).publications().count() == 1
        assert Release.objects.get().published_at
        call_command("verify_approvals")

    assert place.run(both_are_public_once) == 0


# --- Two people at once -------------------------------------------------------------------------------

ON_A_SERVER_ONLY = pytest.mark.skipif(not ON_A_SERVER, reason="SQLite has one writer at a time: no race there")


@pytest.fixture
def newsroom(db: None) -> Newsroom:
    return Newsroom()


def in_approval_together(newsroom: Newsroom, number: int, at: Any = None) -> tuple[Any, Any, Release]:
    translator = person("tlumaczka", roles.TRANSLATORS)
    both = two_drafts(newsroom.author, translator, f"Race {number}")
    release = together(both[0], newsroom.author, at)
    for page, author in zip(both, (newsroom.author, translator), strict=True):
        submit(page, author)
        take_step(page, newsroom.reviewer)
    return fresh(both[0]), fresh(both[1]), release


@ON_A_SERVER_ONLY
def test_both_last_approvals_at_once_publish_both_once(newsroom: Newsroom) -> None:
    for number in range(ROUNDS):
        polish, english, _release = in_approval_together(newsroom, number)
        results = at_once(approves(newsroom.first, polish), approves(newsroom.second, english))
        for page in (polish, english):
            holds(page, results)
            assert acts(page) == [Act.JOINED, Act.HELD, Act.PUBLISHED], results


@ON_A_SERVER_ONLY
def test_a_release_that_is_withdrawn_as_its_last_text_is_approved_goes_live_whole_or_not(newsroom: Newsroom) -> None:
    for number in range(ROUNDS):
        polish, english, release = in_approval_together(newsroom, number)
        take_step(polish, newsroom.people[2])

        def withdraws(release: Release = release) -> None:
            with contextlib.suppress(RefusedError):
                releases.withdraw(release.pk, newsroom.people[2])

        results = at_once(approves(newsroom.first, english), withdraws)
        for page in (polish, english):
            holds(page, results)
        published = acts(polish)[-1] == Act.PUBLISHED
        assert acts(polish)[-1] in (Act.PUBLISHED, Act.WITHDRAWN)
        assert fresh(polish).live == published
        assert fresh(english).live or not published
