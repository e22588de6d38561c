"""Parts of pages are made once for all readers, and never show what isn't public, or isn't any more."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from approval.roles import AUTHORS
from events.models import EventPage
from home import cache, page_cache, resizing
from home.models import SiteImage
from home.page_store import PageStore
from news.models import NewsPage
from site_config import settings as production
from tests import factories
from tests.reading import document, source

pytestmark = pytest.mark.django_db
SEARCHES = True
LISTS = ["/", "/aktualnosci/", "/aktualnosci/?kind=report"]


@pytest.fixture
def at_commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def pair(at_commit) -> tuple[NewsPage, NewsPage]:
    """Two news of one kind, each beside the other as related, and both on the home page."""
    with at_commit():
        home = factories.home()
        home.body = [("listing", {"section": "news", "heading": "", "count": 4})]
        factories.publish(home)
        return factories.news(title="Pierwsza"), factories.news(title="Druga")


def shown(client: Client, addresses: list[str]) -> list[str]:
    return [source(client.get(address)).partition("<main")[2] for address in addresses]


def test_a_second_reader_costs_one_question(client, pair):
    """Which generation it is; the rest of these pages is known."""
    for address in LISTS:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) == 1, (address, asked.captured_queries)


def test_a_publication_changes_every_card_at_once(client, pair, at_commit):
    first, second = pair
    addresses = [*LISTS, second.url, "/szukaj/?q=raport"]
    assert all("Pierwsza" in page for page in shown(client, addresses[:4]))
    shown(client, addresses)
    with at_commit():
        first.title, first.lead = "Poprawiona", "Nowy raport."
        factories.publish(first)
    assert all("Poprawiona" in page and "Pierwsza" not in page for page in shown(client, addresses))
    with at_commit():
        NewsPage.objects.get(pk=first.pk).unpublish()
    assert not any("Poprawiona" in page for page in shown(client, addresses))


def test_a_section_that_is_taken_down_or_closed_is_gone_at_once(client, pair, at_commit):
    section = factories.section("news")
    client.get("/aktualnosci/")
    with at_commit():
        PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert client.get("/aktualnosci/").status_code == 302
    assert "Pierwsza" not in shown(client, ["/"])[0]
    with at_commit():
        section.unpublish()
    assert client.get("/aktualnosci/").status_code == 404


def test_a_preview_shows_the_draft_and_leaves_nothing_to_readers(client, pair):
    home = factories.home()
    home.headline = "Tajny szkic"
    home.save_revision()
    draft = home.get_latest_revision_as_object()
    for _before_and_after_a_reader in range(2):
        request = RequestFactory().get("/")
        request.user = factories.person(AUTHORS)
        preview = draft.make_preview_request(request, draft.default_preview_mode)
        assert "Tajny szkic" in preview.content.decode()
        assert "Tajny szkic" not in source(client.get("/"))


def test_the_related_news_of_a_preview_are_those_of_the_draft(client, pair, at_commit):
    first, second = pair
    with at_commit():
        other = factories.news(title="Trzecia", kind="gala")
    client.get(first.url)
    first.kind = "gala"
    draft = first.save_revision().as_object()
    preview = draft.make_preview_request(RequestFactory().get("/"), draft.default_preview_mode)
    assert related(preview) == [other.title, second.title]
    assert related(client.get(first.url)) == [second.title, other.title]


def related(response: Any) -> list[str]:
    return [row.xpath(".//a")[0].text_content() for row in document(response).find_class("news-row")]


def test_a_picture_that_stands_in_is_kept_in_no_part(client, at_commit, monkeypatch):
    with at_commit():
        image = SiteImage.objects.create(
            title="Mural", file=ContentFile(factories.picture_bytes(size=(640, 480)), "mural.png")
        )
        factories.news(lead_image=image, lead_image_alt=factories.ALT)
    monkeypatch.setattr(resizing, "is_done_elsewhere", lambda: True)
    assert image.file.url in source(client.get("/aktualnosci/"))
    monkeypatch.undo()
    assert image.file.url not in source(client.get("/aktualnosci/")), "its copies are there now"


def test_while_something_changes_a_part_is_made_anew(client, pair, tmp_path, monkeypatch):
    """A process that is killed between its commit and the new number leaves its mark."""
    article = pair[1].url
    shown(client, [*LISTS, article])
    store = PageStore(tmp_path)
    monkeypatch.setattr(cache, "store", store)
    store.let_go(store.change())
    NewsPage.objects.filter(pk=pair[0].pk).update(title="Po zatwierdzeniu")
    type(factories.section("news")).objects.update(lead="Nowy wstęp.")
    assert all("Po zatwierdzeniu" in page for page in shown(client, LISTS))
    assert "Nowy wstęp." in source(client.get("/aktualnosci/"))
    NewsPage.objects.filter(pk=pair[0].pk).update(live=False)
    assert related(client.get(article)) == []


def test_what_a_part_depends_on_is_there_or_it_is_made_anew(rf):
    part = Template("{% load site_tags %}{% remember 'part' forgotten %}{{ words }}{% endremember %}")
    made = [part.render(Context({"request": rf.get("/"), "words": words})) for words in ("one", "other")]
    assert made == ["one", "other"]


def test_a_part_ends_with_the_event_that_is_over(client, at_commit, monkeypatch):
    """Also where nobody raises the number at that second."""
    with at_commit():
        home = factories.home()
        home.body = [("listing", {"section": "events", "heading": "", "count": 4})]
        factories.publish(home)
        soon = timezone.now() + timedelta(minutes=1)  # before what is remembered falls out by age
        event = factories.event(title="Debata", start=soon - timedelta(hours=2), end=soon)
    addresses = ["/", "/wydarzenia/"]
    assert all("Debata" in page for page in shown(client, addresses))
    EventPage.objects.filter(pk=event.pk).update(end=timezone.now() - timedelta(minutes=1))
    after = soon.timestamp() + 2
    monkeypatch.setattr(page_cache.time, "time", lambda: after)
    assert not any("Debata" in page for page in shown(client, addresses))


@pytest.mark.parametrize("query", ["?district=krakow-1&district=krakow-2", "?kind=report&x=<script>", "?page=x", ""])
def test_no_address_puts_anything_into_the_page_of_another(client, query, at_commit):
    """What a part depends on is what the filters read of an address, and nothing else in it."""
    with at_commit():
        pages = [factories.member(districts=["krakow-1", "krakow-2"]), factories.news(), factories.event()]
    asked = ["/koalicja/", "/aktualnosci/", *(page.url for page in pages)]

    def answers() -> Any:
        return [client.get(address).content for address in [*asked, "/koalicja/?district=krakow-1"]]

    for address in asked:
        client.get(f"{address}{query}")
    after_it = answers()
    cache.cache.clear()
    assert after_it == answers()


def test_texts_drive_nothing_else_out(settings):
    """A robot that asks for each of them with a question in the address costs the memory of two hundred."""
    settings.CACHES = production.CACHES

    def made(name: str, **how: bool) -> list[str]:
        """What had to be made of it."""
        found: list[str] = []
        page_cache.remembered_part(name, lambda: found.append(name) or name, **how)
        return found

    assert made("list")
    texts = [f"text-{number}" for number in range(250)]
    assert all(made(name, is_of_many=True) for name in texts)
    assert not made("list")
    assert not made(texts[-1], is_of_many=True)
    assert made(texts[0], is_of_many=True)


def test_two_sites_that_begin_at_one_page_each_name_their_own_addresses(client, pair, settings):
    settings.ALLOWED_HOSTS = ["*"]
    address = pair[0].url
    Site.objects.create(hostname="drugi.example", port=80, root_page=factories.home())
    for host, expected in (("localhost:8000", "http://localhost:8000"), ("drugi.example", "http://drugi.example")) * 2:
        (canonical,) = document(client.get(address, headers={"host": host})).xpath("//link[@rel='canonical']/@href")
        assert canonical == f"{expected}{address}"
