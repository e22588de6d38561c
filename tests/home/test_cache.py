"""Cached pieces are those of the newest content, in every process."""

from unittest.mock import Mock

import pytest
from django.db import connection, transaction
from django.db.models.signals import pre_save
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag
from wagtail.models import Locale, Page, PageViewRestriction, Site, get_page_models
from wagtail.snippets.models import get_snippet_models

from approval import publish_guard
from home import cache
from home.cache import ContentGeneration, generation, remembered
from home.models import SiteSettings, TopicTranslation
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


def test_a_process_remembers_by_itself_while_the_shared_cache_is_away(settings):
    away = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.CACHES = {**settings.CACHES, "default": away}
    build = Mock(return_value="unit")
    assert [remembered("name", build), remembered("name", build)] == ["unit", "unit"]
    assert build.call_count == 1


def test_what_was_rolled_back_is_remembered_by_nobody():
    def private() -> list[str]:
        rows = PageViewRestriction.objects.values_list("restriction_type", flat=True)
        return remembered("private", lambda: list(rows.all()))

    with transaction.atomic():
        PageViewRestriction.objects.create(page=factories.home(), restriction_type="login")
        assert private() == ["login"]
        transaction.set_rollback(True)
    assert private() == []


def test_a_change_by_another_process_is_seen_at_once(client):
    """The other process has a cache of its own, and all that both share is the database."""
    settings = SiteSettings.objects.get(locale__language_code="pl")
    client.get("/")
    SiteSettings.objects.filter(pk=settings.pk).update(name="Nowa nazwa")
    assert "Nowa nazwa" not in client.get("/").content.decode(), "as long as nobody says that something changed"
    ContentGeneration.objects.update_or_create(pk=1, defaults={"number": 7})
    assert "Nowa nazwa" in client.get("/").content.decode()


def test_where_a_site_begins_is_known_in_every_process():
    """Wagtail keeps it for an hour, in the cache of each."""
    generation()
    assert Site.get_site_root_paths()[0].root_path == factories.home().url_path
    Page.objects.filter(pk=factories.home().pk).update(url_path="/new/")  # by another process
    ContentGeneration.objects.update_or_create(pk=1, defaults={"number": 7})
    generation()
    assert Site.get_site_root_paths()[0].root_path == "/new/"


@pytest.fixture
def shown():
    """News with a picture and a topic."""
    page = factories.news(lead_image=factories.image(), lead_image_alt=factories.ALT)
    page.tags.add("sąsiedzi")
    factories.publish(page)
    page.refresh_from_db()
    return page


def by_command(thing):
    with publish_guard.trusted_command("tests"):
        thing.save()


@pytest.mark.parametrize(
    "change",
    [
        lambda page: factories.publish(page),
        lambda page: page.unpublish(),
        lambda page: factories.remove(page),
        lambda page: page.move(factories.home(), pos="last-child"),
        lambda page: page.tags.get().save(),
        lambda page: page.tags.get().delete(),
        lambda page: PageViewRestriction.objects.create(page=page, restriction_type="login"),
        lambda page: SiteSettings.objects.first().save(),
        lambda page: by_command(page.lead_image),
        lambda page: factories.image().delete(),
        lambda page: page.lead_image.get_rendition("width-10").delete(),
    ],
    ids=[
        "publish",
        "unpublish",
        "delete",
        "move",
        "topic",
        "topic-gone",
        "restriction",
        "settings",
        "picture",
        "picture-gone",
        "copy-gone",
    ],
)
def test_what_changes_the_public_site_makes_a_new_generation(change, shown, django_capture_on_commit_callbacks):
    before = generation()
    with django_capture_on_commit_callbacks(execute=True):
        change(shown)
    assert generation() != before


def test_several_changes_of_one_transaction_make_one_new_generation(shown, django_capture_on_commit_callbacks):
    """A publication alone asks for it several times: for the row, and for what signals make of it."""
    with CaptureQueriesContext(connection) as asked, django_capture_on_commit_callbacks(execute=True):
        factories.publish(shown)
        SiteSettings.objects.first().save()
    assert sum(query["sql"].startswith('UPDATE "home_contentgeneration"') for query in asked.captured_queries) == 1
    before = generation()
    with django_capture_on_commit_callbacks(execute=True):
        SiteSettings.objects.first().save()
    assert generation() != before, "and the next one makes another"


def test_what_no_visitor_sees_makes_no_new_generation(shown, django_capture_on_commit_callbacks):
    before = generation()
    shown.title = "Inny tytuł"
    with django_capture_on_commit_callbacks(execute=True):
        shown.save_revision()
        factories.news(live=False)
        factories.image().save()
        name = Tag.objects.create(name="Neighbours", slug="neighbours")
        TopicTranslation.objects.create(topic=shown.tags.get(), locale=Locale.objects.last(), name=name)
    assert generation() == before


def test_whatever_visitors_see_is_announced_before_it_is_saved():
    """Where each row is a transaction of its own, what is said after it comes too late. Pictures: the tests above."""
    silent = []
    for model in {*get_page_models(), *get_snippet_models(), Page, Locale, Site, PageViewRestriction}:
        cache._request.has_changed = False
        thing = model()
        thing._state.adding = False
        pre_save.send_robust(model, instance=thing, raw=False, using="default", update_fields=None)
        silent += [] if cache._request.has_changed else [model]
    assert silent == []


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
