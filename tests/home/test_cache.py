"""Cached pieces are those of the newest content, in every process."""

from unittest.mock import Mock

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag
from wagtail.models import PageViewRestriction

from home import cache
from home.cache import ContentGeneration, generation, remembered
from home.models import SiteSettings
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_changed_before():
    """What another test changed was rolled back, and no request came since that would know."""
    cache._request.has_changed = False


def test_a_piece_is_made_once_in_a_generation():
    build = Mock(return_value="unit")
    assert [remembered("name", build), remembered("name", build)] == ["unit", "unit"]
    assert build.call_count == 1


def test_what_was_rolled_back_is_remembered_by_nobody():
    def topics() -> list[str]:
        return remembered("topics", lambda: list(Tag.objects.values_list("name", flat=True)))

    with transaction.atomic():
        Tag.objects.create(name="Sąsiedzi", slug="sasiedzi")
        assert topics() == ["Sąsiedzi"]
        transaction.set_rollback(True)
    assert topics() == []


def test_a_change_by_another_process_is_seen_at_once(client):
    """The other process has a cache of its own, and all that both share is the database."""
    settings = SiteSettings.objects.get(locale__language_code="pl")
    client.get("/")
    SiteSettings.objects.filter(pk=settings.pk).update(name="Nowa nazwa")
    assert "Nowa nazwa" not in client.get("/").content.decode(), "as long as nobody says that something changed"
    ContentGeneration.objects.update_or_create(pk=1, defaults={"number": 7})
    assert "Nowa nazwa" in client.get("/").content.decode()


@pytest.mark.parametrize(
    "change",
    [
        lambda page: factories.publish(page),
        lambda page: page.unpublish(),
        lambda page: factories.remove(page),
        lambda page: page.move(factories.home(), pos="last-child"),
        lambda page: Tag.objects.create(name="Sąsiedzi", slug="sasiedzi"),
        lambda page: PageViewRestriction.objects.create(page=page, restriction_type="login"),
        lambda page: SiteSettings.objects.first().save(),
        lambda page: factories.image(),
    ],
    ids=["publish", "unpublish", "delete", "move", "topic", "restriction", "settings", "picture"],
)
def test_what_changes_the_public_site_makes_a_new_generation(change, django_capture_on_commit_callbacks):
    page = factories.news()
    before = generation()
    with django_capture_on_commit_callbacks(execute=True):
        change(page)
    assert generation() != before


def test_a_draft_makes_no_new_generation(django_capture_on_commit_callbacks):
    page = factories.news()
    before = generation()
    page.title = "Inny tytuł"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision()
    assert generation() == before


def test_a_filter_shows_a_new_item_at_once(client, django_capture_on_commit_callbacks):
    factories.news(kind="gala")
    assert "debata" not in client.get("/aktualnosci/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        factories.news(kind="debate")
    assert "debata (1)" in " ".join(client.get("/aktualnosci/").content.decode().split())


def test_a_request_asks_for_the_generation_once(client):
    """Menu, street and filters all carry it in their keys."""
    with CaptureQueriesContext(connection) as asked:
        client.get("/koalicja/")
    assert sum("contentgeneration" in query["sql"] for query in asked.captured_queries) == 1
