"""`load_demo`: everything in the files becomes pages, once, and nobody's work is overwritten."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.documents import get_document_model
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail_localize.models import StringTranslation

from approval import verification
from coalition.models import FacadeSlot, MemberPage
from events.models import EventPage
from home.blocks.text import TEXT_FEATURES
from home.demo import PEOPLE, Entry, pictures
from home.models import SiteImage, SiteSettings, User
from home.rich_text import EVERYWHERE
from news.models import NewsPage
from tests import factories
from tests.reading import addresses_in_sitemap
from translation import memory
from translation.freshness import State, pair_of

FOLDERS = {
    "news": "news/demo_content",
    "events": "events/demo_content",
    "catalog": "catalog/demo_content",
    "coalition": "coalition/demo_content",
    "home": "home/demo_content/pages",
}


def entries() -> Iterator[tuple[Entry, str, dict]]:
    """Every language version in the files: the entry, its language, its words."""
    for app, folder in FOLDERS.items():
        for path in sorted((Path(settings.BASE_DIR) / folder).glob("*.toml")):
            content = tomllib.loads(path.read_text())
            for language in ("pl", "en"):
                if language in content:
                    yield Entry(f"{app}/{path.stem}", content, {}), language, content[language]


def page_of(entry: Entry, language: str) -> Page | None:
    pages = Page.objects.filter(translation_key=entry.translation_key, locale__language_code=language)
    found = pages.first()
    return found and found.specific


def load() -> None:
    with override_settings(DEBUG=True):
        call_command("load_demo", verbosity=0, without_pictures=True)


def test_every_entry_became_a_page():
    missing = [(entry.key, language) for entry, language, _words in entries() if page_of(entry, language) is None]
    assert missing == []


def test_pages_say_what_the_files_say():
    for entry, language, words in entries():
        page = page_of(entry, language)
        draft = page.get_latest_revision_as_object()
        assert (draft.title, page.slug, draft.lead) == (words["title"], words["slug"], words.get("lead", ""))
        written = [block["type"] for block in [*words.get("body", []), *words.get("later", [])]]
        assert [block.block_type for block in getattr(draft, "body", [])] == written, entry.key


def texts(value) -> Iterator[str]:
    """The rich texts in the raw value of a body."""
    if isinstance(value, str) and value.startswith("<"):
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from texts(child)
    elif isinstance(value, list):
        for child in value:
            yield from texts(child)


def test_texts_are_as_the_editor_saves_them():
    """Else a person who opens and approves a page would be taken for having changed it."""
    converter = ContentstateConverter([*TEXT_FEATURES, *EVERYWHERE])
    for page in NewsPage.objects.all():
        draft = page.get_latest_revision_as_object()
        for html in texts(list(draft.body.raw_data)):
            assert converter.to_database_format(converter.from_database_format(html)) == html, page


def test_pages_are_in_the_state_that_the_files_ask_for():
    wanted = {"live": "approved", "draft": None, "language_review": "in_progress", "approval": "in_progress"}
    wanted["rejected"] = "needs_changes"
    for entry, language, _words in entries():
        page = page_of(entry, language)
        assert page.live == (entry.state == "live"), entry.key
        workflow = page.workflow_states.order_by("pk").last()
        known = wanted[entry.state.replace("-", "_")]
        assert (workflow.status if workflow else None) == known, entry.key


def test_somebody_has_work_on_their_desk():
    assert TaskState.objects.filter(status="in_progress").count() >= 3
    assert NewsPage.objects.filter(live=False).count() >= 4


def test_there_is_as_much_of_everything_as_was_promised():
    polish = {"locale__language_code": "pl", "live": True}
    assert NewsPage.objects.filter(**polish).count() >= 7
    assert EventPage.objects.filter(**polish).count() >= 8
    assert MemberPage.objects.filter(**polish).count() >= 34
    assert Page.objects.type(factories.section("catalog").allowed_subpage_models()[0]).filter(**polish).count() == 12
    assert EventPage.objects.filter(**polish).upcoming().exists()
    assert EventPage.objects.filter(**polish).past().exists()


def test_what_a_chapter_says_later_leaves_its_translation_behind():
    """So that readers and translators see that state in the demo."""
    behind = [entry for entry, language, words in entries() if language == "pl" and "later" in words]
    assert [pair_of(page_of(entry, "en")).state for entry in behind] == [State.OUTDATED]


def test_every_news_item_has_a_picture_with_its_description():
    for page in NewsPage.objects.filter(live=True):
        assert page.lead_image is not None, page
        assert page.lead_image_alt.strip(), page


def test_every_member_has_one_window():
    polish = MemberPage.objects.filter(locale__language_code="pl", live=True)
    assert FacadeSlot.objects.count() == polish.count()


def test_the_demo_people_can_log_in(client):
    for person in PEOPLE:
        assert client.login(username=person.login, password="demo"), person.login
        assert client.get("/admin/").status_code == 200, person.login


def test_nobody_got_mail_about_it():
    assert mail.outbox == []


def counts() -> list[int]:
    models = (Page, Revision, SiteImage, get_document_model(), User, WorkflowState, FacadeSlot, SiteSettings)
    return [model.objects.count() for model in models]


def test_a_second_run_adds_nothing():
    before = counts()
    load()
    assert counts() == before


def test_a_second_run_leaves_an_edited_page_alone():
    page = NewsPage.objects.filter(live=True).first()
    page.title = "Zmieniony tytuł"
    factories.publish(page)
    home = factories.home()
    home.headline = "Zmienione hasło"
    factories.publish(home, user=User.objects.first())
    load()
    page.refresh_from_db()
    assert page.title == "Zmieniony tytuł"
    assert factories.home().headline == "Zmienione hasło"


def test_a_deleted_page_comes_back():
    page = EventPage.objects.filter(live=True, locale__language_code="pl").first()
    key = page.translation_key
    factories.remove(page)
    load()
    assert EventPage.objects.filter(translation_key=key, locale__language_code="pl", live=True).exists()


def test_it_refuses_where_the_site_is_real():
    with override_settings(DEBUG=False), pytest.raises(CommandError, match="DEBUG=1"):
        call_command("load_demo", verbosity=0, without_pictures=True)


def test_generated_news_are_public_and_in_the_sitemap(client):
    with override_settings(DEBUG=True):
        call_command("load_demo", pages=3, verbosity=0, without_pictures=True)
    assert client.get("/aktualnosci/pomiar-3/").status_code == 200
    assert "http://localhost:8000/aktualnosci/pomiar-3/" in addresses_in_sitemap(client)
    generated = NewsPage.objects.filter(slug__startswith="pomiar-")
    assert [doubt.problem for doubt in verification.doubts(generated)] == []
    assert [page.get_latest_revision_as_object().title for page in generated] == [page.title for page in generated]


def test_pictures_are_resized_page_by_page_until_somebody_says_stop():
    said: list[str] = []
    assert not pictures.resize(said.append, iter([True, False]).__next__)
    assert len(said) == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="loaded in a transaction that never ends, it is not read")
def test_the_memory_knows_each_translation():
    page = NewsPage.objects.filter(live=True, locale__language_code="en").first()
    assert StringTranslation.objects.filter(context__object_id=page.translation_key).exists()
    assert memory.take_in(page) == 0, "nothing is left to learn"
