"""What load balancers, monitoring and administrators hear of the site."""

import threading
import time
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import ConnectionHandler, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from notifications import tasks
from notifications.models import OutgoingMail
from operations import backups, conditions, health, heartbeats
from operations.models import Heartbeat

HERE = {"host": "127.0.0.1:8000"}
LATE = timedelta(minutes=11)


@pytest.fixture(autouse=True)
def storage_is_tried_anew(monkeypatch):
    monkeypatch.setattr(conditions.storage, "tried_at", None)


def ready(**headers):
    answer = Client().get("/health/ready", headers={**HERE, **headers})
    return answer.status_code, answer.json()


def said(name):
    return health.report()[name].words


def test_without_a_database_the_monitor_hears_it_and_nothing_else_is_blamed():
    assert Client().get("/health/live").status_code == 200
    status, answer = ready()
    assert (status, answer["status"]) == (503, "failed")
    assert {name for name, found in answer["checks"].items() if found["state"] == "ok"} == {"cache", "storage", "disks"}


@pytest.mark.django_db
class TestReady:
    def test_a_site_in_order_says_so(self):
        status, answer = ready()
        assert (status, answer["status"]) == (200, "ok"), answer
        assert set(answer["checks"]) == {check.name for check in health.CHECKS}

    def test_a_database_that_is_older_than_the_program_takes_the_machine_out_of_service(self):
        last = ("operations", "0001_create_heartbeat")
        MigrationRecorder(connection).record_unapplied(*last)
        status, answer = ready()
        assert (status, answer["checks"]["migrations"]["state"]) == (503, "failed")
        assert "migrate" in answer["checks"]["migrations"]["says"][0]

    def test_a_cache_that_is_away_takes_no_machine_out_of_service(self, settings):
        settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
        status, answer = ready()
        assert (status, answer["status"], answer["checks"]["cache"]["state"]) == (200, "degraded", "degraded")

    def test_nor_does_a_place_of_uploads_that_takes_none(self, settings, tmp_path):
        (tmp_path / "file").touch()
        settings.MEDIA_ROOT = str(tmp_path / "file")  # no folder, so not even root writes there
        status, answer = ready()
        assert (status, answer["checks"]["storage"]["state"]) == (200, "degraded")
        settings.MEDIA_ROOT = str(tmp_path)
        assert ready()[1]["status"] == "ok", "it is asked again at once"
        assert [path for path in tmp_path.rglob("*.txt") if path.is_file()] == [], "nothing stays"

    def test_what_a_killed_process_left_of_its_try_is_removed(self, settings, tmp_path):
        settings.MEDIA_ROOT = str(tmp_path)
        for name in ("1000000000-abc.txt", "abc.txt", f"{time.time():.0f}-abc.txt"):
            default_storage.save(f"health/{name}", ContentFile(b"ok"))
        assert ready()[1]["status"] == "ok"
        (left,) = tmp_path.rglob("*.txt")
        assert left.name.startswith(f"{time.time():.0f}"[:5]), "another machine has only begun"

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="a server looks after its files")
    def test_a_damaged_file_of_sqlite_is_told_as_such(self, tmp_path, monkeypatch):
        (tmp_path / "site.sqlite3").write_bytes(b"SQLite format 3\0" + b"\xff" * 8000)
        damaged = {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "site.sqlite3"}
        monkeypatch.setattr(conditions, "connection", ConnectionHandler({"default": damaged})["default"])
        with translation.override("en"):
            found = health.report(health.CHECKS[:1])["database"]
        assert found.state == health.State.FAILED and "restore the newest backup" in found.words[0]

    def test_nor_does_a_disk_that_is_nearly_full(self, settings):
        settings.DISK_FREE_MB = 10**9
        status, answer = ready()
        assert (status, answer["checks"]["disks"]["state"]) == (200, "degraded")

    def test_nor_do_mails_jobs_and_processes(self, settings, three_mails):
        settings.TASKS = {**settings.TASKS, "mail": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
        settings.PROCESSES_EXPECTED = ["scheduler", "worker"]
        tasks.send_mail.enqueue(OutgoingMail.objects.first().pk)
        assert ready()[1]["checks"]["queue"]["state"] == "ok"
        before = timezone.now() - LATE
        DBTaskResult.objects.update(enqueued_at=before)
        OutgoingMail.objects.update(created_at=before, send_after=before)
        status, answer = ready()
        bad = {name for name, found in answer["checks"].items() if found["state"] == "degraded"}
        assert (status, answer["status"], bad) == (200, "degraded", {"mail", "queue", "processes"})


@pytest.mark.django_db
class TestWhoAsks:
    def test_the_world_hears_a_word(self):
        for headers in ({"x-forwarded-for": "203.0.113.7"}, {"host": "localhost", "x-forwarded-proto": "https"}):
            assert ready(**headers)[1] == {"status": "ok"}
        assert Client(REMOTE_ADDR="203.0.113.7").get("/health/ready", headers=HERE).json() == {"status": "ok"}
        assert Client(REMOTE_ADDR="").get("/health/ready", headers=HERE).json() == {"status": "ok"}, "a proxy's socket"

    def test_whoever_has_the_token_hears_all(self, settings):
        asked = {"x-forwarded-for": "203.0.113.7", "authorization": "Bearer s3cret"}
        assert "checks" not in ready(**asked)[1]
        settings.METRICS_TOKEN = "s3cret"
        assert "checks" in ready(**asked)[1]
        assert "checks" not in ready(**{**asked, "authorization": "Bearer"})[1]

    @pytest.mark.parametrize("host", ["127.0.0.1:8000", "10.1.2.3", "[::1]", "web", "no such host"])
    @pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
    def test_they_answer_by_whatever_name_or_address(self, settings, host, path):
        settings.ALLOWED_HOSTS = ["www.example.org"]
        settings.SECURE_SSL_REDIRECT = True
        answer = Client().get(path, headers={"host": host})
        assert answer.status_code == 200
        assert "Content-Security-Policy" in answer.headers and "no-store" in answer.headers["Cache-Control"]

    def test_they_are_for_reading_only(self, client):
        assert client.post("/health/ready").status_code == 405

    def test_administrators_read_it_on_their_dashboard_and_nobody_else(self, settings, client_as, admin, autorka):
        settings.PROCESSES_EXPECTED = ["scheduler"]
        Heartbeat.objects.create(process="scheduler", at=timezone.now() - LATE)
        with translation.override("pl"):
            sentence = said("processes")[0].partition(":")[0]
        assert sentence in client_as(admin).get(reverse("wagtailadmin_home")).content.decode()
        assert sentence not in client_as(autorka).get(reverse("wagtailadmin_home")).content.decode()


def test_a_check_that_hangs_keeps_nobody_waiting():
    """It isn't asked a second time meanwhile, and what was well before it hung is not told for ever."""
    begun, goes_on = [], threading.Event()

    def hang():
        begun.append(1)
        goes_on.wait(30)
        return []

    checks = [
        health.Check("database", "database", list, lane="hanging", is_vital=True),
        health.Check("queue", "queue", hang, lane="hanging"),
        health.Check("cache", "cache", list, lane="other"),
    ]
    try:
        for states in (["ok", "degraded", "ok"], ["failed", "degraded", "ok"]):
            found = health.report(checks, patience=0.5)
            assert [found[name].state for name in ("database", "queue", "cache")] == states
            assert len(begun) == 1
    finally:
        goes_on.set()


def test_two_who_ask_at_the_same_time_hear_the_same():
    """A balancer and a monitor: the second one was told that the database is away."""
    begun, goes_on, heard = threading.Event(), threading.Event(), []

    def ask():
        begun.set()
        goes_on.wait(30)
        return []

    checks = [health.Check("database", "database", ask, lane="shared", is_vital=True)]
    first = threading.Thread(target=lambda: heard.append(health.report(checks, patience=30)["database"].state))
    first.start()
    assert begun.wait(30)
    threading.Timer(0.1, goes_on.set).start()
    assert health.report(checks, patience=30)["database"].state == "ok"
    first.join(30)
    assert heard == ["ok"]


@pytest.mark.django_db
class TestProcesses:
    def test_one_that_was_never_seen_is_missed_until_it_comes(self, settings):
        settings.PROCESSES_EXPECTED = ["scheduler", "worker"]
        assert len(said("processes")) == 2
        heartbeats.beat("scheduler")
        heartbeats.beat("worker")
        assert said("processes") == []
        Heartbeat.objects.filter(process="worker").update(at=timezone.now() + LATE)
        assert len(said("processes")) == 1, "a clock that was wrong hides nobody's death"

    @pytest.mark.parametrize("command", ["publish_scheduled", "send_mail_queue"])
    def test_the_commands_of_the_scheduler_say_that_it_runs(self, command):
        call_command(command, verbosity=0)
        assert set(heartbeats.last_seen()) == {"scheduler"}


@pytest.mark.django_db
def test_a_backup_that_is_too_old_is_missed(settings, monkeypatch):
    settings.BACKUP_EVERY_HOURS = 24
    for hours, is_well in ((23, True), (25, False)):
        monkeypatch.setattr(backups, "last", lambda: timezone.now() - timedelta(hours=hours))  # noqa: B023
        assert (said("backup") == []) == is_well
    monkeypatch.setattr(backups, "last", lambda: None)
    assert said("backup")
    settings.BACKUP_EVERY_HOURS = 0
    assert said("backup") == []
