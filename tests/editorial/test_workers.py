"""Senders killed in the middle, and two at once: real processes on a copy of the test's database."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from editorial.mail import outbox
from editorial.models import OutgoingMail
from tests.editorial.mail_server import MailServer

only_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the copy for the other process is a file of SQLite"
)


class Elsewhere:
    """A copy of the test's database, for programs in other processes."""

    def __init__(self, file: Path, server: MailServer) -> None:
        self.file = file
        self.server = server
        # No backup(): that waits for the end of the transaction in which each test lives.
        file.write_bytes(connection.connection.serialize())

    def start(self, *command: str, **environment: str) -> subprocess.Popen:
        variables = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "site_config.settings",
            "DEBUG": "1",
            "SITE_URL": "http://localhost:8000",
            "DATABASE_URL": f"sqlite:///{self.file}",
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


@only_sqlite
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


@only_sqlite
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


@only_sqlite
def test_two_workers_at_once_send_each_mail_once(redaktorka, server, tmp_path) -> None:
    for number in range(30):
        outbox.write(f"confirmed:{number}", "confirmed", [redaktorka], {"title": f"Tekst {number}"})
    elsewhere = Elsewhere(tmp_path / "copy.sqlite3", server)
    workers = [elsewhere.start("send_mail_queue") for _worker in range(2)]
    for worker in workers:
        worker.communicate(timeout=120)
    titles = [mail["Subject"] for mail in server.mails]
    assert len(titles) == len(set(titles)) == 30


@only_sqlite
def test_the_worker_process_sends_what_the_request_left(elsewhere) -> None:
    elsewhere.run("shell", "-c", "from editorial.mail import queue; queue.wake()", MAIL_QUEUE="database")
    assert elsewhere.server.mails == []
    told = elsewhere.run(
        "db_worker", "--backend", "mail", "--batch", "--no-startup-delay", "--no-reload", MAIL_QUEUE="database"
    )
    assert len(elsewhere.server.mails) == 1, told
