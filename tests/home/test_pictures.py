"""Sizes of pictures: made where nobody waits for them, and missed by no visitor."""

from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from home.models import SiteImage
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
