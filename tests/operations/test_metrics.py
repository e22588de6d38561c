"""What Prometheus gets, from whichever process it asks."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from notifications.models import OutgoingMail
from operations import backups, heartbeats

PROCESSES = """
import os
import django; django.setup()
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from operations.request_metrics import Measured
site = Measured(WSGIHandler())
for at_once in (2, 1):
    told, tell = os.pipe()
    goes_on, go_on = os.pipe()
    for process in range(at_once):
        if not os.fork():
            for address in ("/robots.txt", "/robots.txt", "/health/live"):
                list(site(RequestFactory(SERVER_NAME="localhost").get(address).environ, lambda *started: None))
            os.write(tell, b".")
            os.read(goes_on, 1)
            os._exit(0)
    for process in range(at_once):
        os.read(told, 1)
    os.write(go_on, b"." * at_once)
    for process in range(at_once):
        assert os.wait()[1] == 0
"""


@pytest.fixture
def figures(client, settings, tmp_path):
    settings.METRICS_TOKEN = "s3cret"
    settings.METRICS_ROOT = str(tmp_path / "metrics")

    def ask():
        answer = client.get("/metrics", headers={"authorization": "Bearer s3cret", "host": "10.1.2.3"})
        assert answer.status_code == 200
        families = text_string_to_metric_families(answer.content.decode())
        return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}

    return ask


@pytest.mark.django_db
class TestWhoAsks:
    def test_without_a_token_there_is_no_such_address(self, client):
        assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404

    @pytest.mark.parametrize("sent", ["", "Bearer", "Bearer wrong", "s3cret", "Bearer zażółć"])
    def test_nobody_gets_them_without_it(self, client, settings, sent):
        settings.METRICS_TOKEN = "s3cret"
        assert client.get("/metrics", headers={"authorization": sent.encode().decode("latin-1")}).status_code == 401


@pytest.mark.django_db
def test_they_say_what_waits_and_since_when(figures, three_mails, scheduled, monkeypatch):
    heartbeats.beat("scheduler")
    monkeypatch.setattr(backups, "last", lambda: timezone.now() - timedelta(hours=5))
    before = figures()
    assert before["site_texts", "scheduled"] == 1
    assert before["site_check_ok", "database"] == 1
    assert before["site_publication_late_seconds",] == before["site_texts_late",] == 0
    assert before["site_heartbeat_age_seconds", "scheduler"] < 60
    assert 17_999 < before["site_backup_age_seconds",] < 18_100
    OutgoingMail.objects.update(send_after=timezone.now() - timedelta(hours=2), state="waiting")
    OutgoingMail.objects.update(created_at=timezone.now() - timedelta(hours=2))
    revision = scheduled.get_latest_revision()
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - timedelta(hours=1))
    after = figures()
    assert after["site_mails", "waiting"] == OutgoingMail.objects.count()
    assert after["site_mail_oldest_seconds",] >= 7200
    assert after["site_publication_late_seconds",] >= 3600
    assert (after["site_texts_late",], after["site_check_ok", "mail"]) == (1, 0)


def test_without_a_database_they_say_that(figures):
    found = figures()
    assert found["site_check_ok", "database"] == 0
    assert ("site_texts", "public") not in found


@pytest.mark.django_db
def test_all_processes_count_together_and_files_do_not_pile_up(figures, project_root, tmp_path):
    """Two at once, then a third one in the place of those that have died."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "METRICS_ROOT": str(tmp_path / "metrics")}
    subprocess.run([sys.executable, "-c", PROCESSES], cwd=project_root, env=environment, check=True)  # noqa: S603
    found = figures()
    assert found["site_requests_total", "GET", "robots", "200"] == 6
    assert found["site_requests_total", "GET", "other", "200"] == 3
    assert found["site_request_seconds_count", "robots"] == 6
    assert len(list((tmp_path / "metrics").glob("counter_*.db"))) == 2
