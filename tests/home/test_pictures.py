"""Sizes of pictures: made where nobody waits for them, and missed by no visitor."""

import fcntl
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from home import resizing
from home.models import SiteImage, images
from home.tasks import prepare_copies
from tests import factories
from tests.reading import source

pytestmark = pytest.mark.django_db


def test_whoever_publishes_does_not_wait_for_the_pictures(settings, django_capture_on_commit_callbacks) -> None:
    settings.TASKS = {**settings.TASKS, "mail": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        page = factories.news(lead_image=factories.image(), lead_image_alt="Stół.")
    assert not page.lead_image.renditions.exists()
    (waiting,) = DBTaskResult.objects.filter(task_path="home.tasks.prepare_pictures")
    assert waiting.args_kwargs["args"] == [page.pk]


def test_a_full_disk_takes_no_page_and_no_list_away_from_visitors(client, monkeypatch) -> None:
    page = factories.news(lead_image=factories.image(), lead_image_alt="Stół.")

    def full(*_self: Any, **_file: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(SiteImage, "generate_rendition_file", full)
    for address in (page.url, page.get_parent().url):
        answer = client.get(address)
        assert answer.status_code == 200
        assert page.lead_image.file.url in source(answer), "the picture as it was uploaded"


def test_while_another_process_resizes_nobody_waits_and_all_see_the_originals(client, settings) -> None:
    page = factories.news(lead_image=factories.image(), lead_image_alt="Stół.")
    with Path(settings.MEDIA_ROOT, ".resizing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert page.lead_image.file.url in source(client.get(page.url))
        assert not page.lead_image.renditions.exists()
    assert page.lead_image.file.url not in source(client.get(page.url)), "it is done, or has died"


def test_nobody_waits_for_a_large_picture_and_all_see_the_original_until_the_worker_was_there(
    client, settings, monkeypatch
) -> None:
    settings.TASKS = {**settings.TASKS, "mail": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(resizing, "LARGE", 1000)
    page = factories.news(lead_image=factories.image(), lead_image_alt="Stół.")
    picture, asked = page.lead_image, DBTaskResult.objects.filter(task_path="home.tasks.prepare_copies")
    for _visit in range(2):
        assert picture.file.url in source(client.get(page.url))
    assert not picture.renditions.exists()
    specs = [spec for waiting in asked for spec in waiting.args_kwargs["args"][1]]
    assert len(specs) == len(set(specs)) > 1, "the worker is asked once for each"
    for waiting in asked:
        prepare_copies.call(*waiting.args_kwargs["args"])
    assert picture.file.url not in source(client.get(page.url))
    late = factories.image("Late")
    monkeypatch.setattr(images, "WORKER_TAKES", 0)
    assert late.get_rendition("width-40").file.name != late.file.name, "a worker that doesn't come"


BESIDE = """
import os, sys, time, django
django.setup()
from home import resizing

def work(goes_on):
    say(resizing.is_done_elsewhere())
    while goes_on():
        time.sleep(0.01)
    say("ended")

def say(what):  # a line at once: two processes write here
    os.write(1, f"{what}\\n".encode())

resizing.beside(work)
say(resizing.is_done_elsewhere())
sys.stdin.read()
"""


def test_who_resizes_beside_a_server_is_known_to_it_and_ends_with_it(project_root) -> None:
    program = [sys.executable, "-c", BESIDE]
    server = subprocess.Popen(program, cwd=project_root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
    assert server.stdin and server.stdout
    first = {server.stdout.readline().strip(), server.stdout.readline().strip()}
    assert first == {"True", "False"}, "to the server it is done elsewhere, to the other one it isn't"
    server.kill()
    assert server.stdout.read() == "ended\n"
    server.wait()
