"""A worker killed in the middle, and two processes at once: real ones.

On PostgreSQL they work in the test's own database, so nothing here rolls back (see test_races.py); on SQLite, where
that lives in memory, in a copy.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from notifications import delivery, outbox, tasks
from notifications.models import OutgoingMail
from tests.notifications.mail_server import MailServer

ON_A_SERVER = connection.vendor == "postgresql"

pytestmark = [
    pytest.mark.django_db(transaction=ON_A_SERVER),
]


@pytest.fixture(autouse=True)
def nobody_sends_by_themselves(settings: Any) -> None:
    """Where what is written is committed, this process would deliver it at once."""
    settings.TASKS = {**settings.TASKS, "mail": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


class Elsewhere:
    """The test's database, for programs in other processes."""

    def __init__(self, file: Path, server: MailServer) -> None:
        self.file = file
        self.server = server
        if ON_A_SERVER:
            name = connection.settings_dict["NAME"]
            self.address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        else:
            self.address = f"sqlite:///{file}"
            # No backup(): that waits for the end of the transaction in which each test lives.
            file.write_bytes(connection.connection.serialize())

    def start(self, *command: str) -> subprocess.Popen:
        variables = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "site_config.settings",
            "DEBUG": "1",
            "SITE_URL": "http://localhost:8000",
            "DATABASE_URL": self.address,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.server.port}",
            "MAIL_QUEUE": "database",
        }
        program = [sys.executable, "manage.py", *command]
        root = Path(__file__).parents[2]
        return subprocess.Popen(  # noqa: S603
            program, cwd=root, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def run(self, *command: str) -> str:
        output, _nothing = self.start(*command).communicate(timeout=120)
        return output.decode()

    def ask(self, query: str) -> list[Any]:
        if ON_A_SERVER:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchall() if cursor.description else []
        with sqlite3.connect(self.file, timeout=30) as copy:
            return copy.execute(query).fetchall()


@pytest.fixture
def elsewhere(redaktorka, server, tmp_path) -> Callable[[int], Elsewhere]:
    """`elsewhere(30)`: that many mails, each with its job, and the programs that see them."""

    def written(count: int) -> Elsewhere:
        for number in range(count):
            outbox.write(f"confirmed:{number}", "confirmed", [redaktorka], {"title": f"Tekst {number}"})
        for pk in OutgoingMail.objects.values_list("pk", flat=True):
            tasks.send_mail.enqueue(pk)
        return Elsewhere(tmp_path / "copy.sqlite3", server)

    return written


WORKER = ("db_worker", "--backend", "mail", "--batch", "--no-startup-delay", "--no-reload")
SCHEDULER = ("send_mail_queue",)


def test_a_killed_worker_loses_no_mail(elsewhere) -> None:
    """Killed (SIGKILL: nothing can be tidied up) after the server took the mail, and before it said so."""
    place = elsewhere(1)
    place.server.hangs_after_mail = True
    worker = place.start(*WORKER)
    assert place.server.reached.acquire(timeout=90)
    worker.send_signal(signal.SIGKILL)
    worker.communicate(timeout=30)
    place.server.hangs_after_mail = False
    assert place.ask("SELECT state, attempts FROM notifications_outgoingmail") == [("waiting", 1)]
    place.ask("UPDATE notifications_outgoingmail SET send_after = '2020-01-01'")  # some minutes later
    told = place.run(*SCHEDULER)
    assert place.ask("SELECT state FROM notifications_outgoingmail") == [("sent",)], told
    first, second = place.server.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_worker_and_scheduler_at_once_send_each_mail_once(elsewhere) -> None:
    place = elsewhere(30)
    place.server.hangs_at_address = "@"
    processes = [place.start(*WORKER), place.start(*SCHEDULER)]
    for _process in processes:
        assert place.server.reached.acquire(timeout=90)
    place.server.hangs_at_address = ""  # both have a mail in their hands, and begin to hurry
    told = [process.communicate(timeout=120) for process in processes]
    titles = [mail["Subject"] for mail in place.server.mails]
    assert len(titles) == len(set(titles)) == 30, told
    assert place.ask("SELECT DISTINCT state FROM notifications_outgoingmail") == [("sent",)], told
    seen = place.ask("SELECT process FROM operations_heartbeat ORDER BY process")
    assert seen == [("scheduler",), ("worker",)], "operators see that both are at work"


@pytest.mark.skipif(not ON_A_SERVER, reason="SQLite has one writer at a time: no race there")
def test_senders_at_the_same_moment_never_hold_the_same_row(elsewhere) -> None:
    elsewhere(40)
    numbers = list(OutgoingMail.objects.values_list("pk", flat=True))
    now, start, held = timezone.now(), threading.Barrier(4), []

    def hold_all() -> None:
        start.wait(timeout=30)
        for number in numbers:
            held.extend(row.pk for row in delivery.claim(number, now))
        connection.close()

    senders = [threading.Thread(target=hold_all) for _sender in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(timeout=60)
    assert sorted(held) == numbers
