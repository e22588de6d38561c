"""Senders killed in the middle, and two at once: real processes.

On PostgreSQL they work in the test's own database, so nothing here rolls back (see test_races.py); on SQLite, where
that lives in memory, in a copy.
"""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection

from editorial.mail import outbox
from editorial.models import OutgoingMail
from tests.editorial.mail_server import MailServer

ON_A_SERVER = connection.vendor == "postgresql"

pytestmark = [
    pytest.mark.django_db(transaction=ON_A_SERVER, serialized_rollback=ON_A_SERVER),
    *([pytest.mark.commits] if ON_A_SERVER else []),
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

    def start(self, *command: str, **environment: str) -> subprocess.Popen:
        variables = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "site_config.settings",
            "DEBUG": "1",
            "SITE_URL": "http://localhost:8000",
            "DATABASE_URL": self.address,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.server.port}",
            **environment,
        }
        program = [sys.executable, "manage.py", *command]
        root = Path(__file__).parents[2]
        return subprocess.Popen(  # noqa: S603
            program, cwd=root, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def run(self, *command: str, **environment: str) -> str:
        output, _nothing = self.start(*command, **environment).communicate(timeout=120)
        return output.decode()

    def ask(self, query: str) -> list[Any]:
        if ON_A_SERVER:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchall() if cursor.description else []
        with sqlite3.connect(self.file, timeout=30) as copy:
            return copy.execute(query).fetchall()


@pytest.fixture
def elsewhere(three_mails, server, tmp_path) -> Elsewhere:
    OutgoingMail.objects.exclude(receiver__username="redaktorka").delete()
    return Elsewhere(tmp_path / "copy.sqlite3", server)


def kill_when_reached(elsewhere: Elsewhere) -> None:
    """Start a sender and kill it (SIGKILL: nothing can be tidied up) where the server hangs."""
    worker = elsewhere.start("send_mail_queue")
    assert elsewhere.server.reached.wait(90)
    worker.send_signal(signal.SIGKILL)
    worker.communicate(timeout=30)


def let_the_lease_run_out(elsewhere: Elsewhere) -> None:
    elsewhere.ask("UPDATE editorial_outgoingmail SET leased_until = '2020-01-01' WHERE leased_until IS NOT NULL")


def test_a_worker_killed_before_the_hand_over_loses_nothing(elsewhere) -> None:
    elsewhere.server.hangs_at_address = True
    kill_when_reached(elsewhere)
    elsewhere.server.hangs_at_address = False
    assert elsewhere.server.mails == []
    elsewhere.run("send_mail_queue")
    assert elsewhere.server.mails == [], "the dead worker's lease still stands"
    let_the_lease_run_out(elsewhere)
    elsewhere.run("send_mail_queue")
    elsewhere.run("send_mail_queue")
    assert len(elsewhere.server.mails) == 1


def test_a_worker_killed_after_the_server_took_the_mail_sends_no_second_one(elsewhere) -> None:
    elsewhere.server.hangs_after_mail = True
    kill_when_reached(elsewhere)
    elsewhere.server.hangs_after_mail = False
    assert len(elsewhere.server.mails) == 1
    let_the_lease_run_out(elsewhere)
    told = elsewhere.run("send_mail_queue")
    assert len(elsewhere.server.mails) == 1
    assert "perhaps sent: 1" in told
    assert elsewhere.ask("SELECT state FROM editorial_outgoingmail") == [("unsure",)]
    elsewhere.run("send_mail_queue", "--again")
    first, second = elsewhere.server.mails
    assert first["Message-ID"] == second["Message-ID"], "the operator asked for it, and the number tells"


def test_two_workers_at_once_send_each_mail_once(redaktorka, server, tmp_path) -> None:
    for number in range(30):
        outbox.write(f"confirmed:{number}", "confirmed", [redaktorka], {"title": f"Tekst {number}"})
    elsewhere = Elsewhere(tmp_path / "copy.sqlite3", server)
    workers = [elsewhere.start("send_mail_queue") for _worker in range(2)]
    for worker in workers:
        worker.communicate(timeout=120)
    titles = [mail["Subject"] for mail in server.mails]
    assert len(titles) == len(set(titles)) == 30


def test_the_worker_process_sends_what_the_request_left(elsewhere) -> None:
    elsewhere.run("shell", "-c", "from editorial.mail import queue; queue.wake()", MAIL_QUEUE="database")
    assert elsewhere.server.mails == []
    told = elsewhere.run(
        "db_worker", "--backend", "mail", "--batch", "--no-startup-delay", "--no-reload", MAIL_QUEUE="database"
    )
    assert len(elsewhere.server.mails) == 1, told
