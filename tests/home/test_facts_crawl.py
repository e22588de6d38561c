"""Once a fact is approved, nobody who reads on finds its old words: on any page, in a feed, a file or the search."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.core.wsgi import get_wsgi_application

from home import cache
from home.page_store import PageStore
from tests import factories
from tests.home.test_facts import body_with, changed
from tests.home.test_page_cache import Reader, front, one_connection  # noqa: F401 - for this module too

pytestmark = pytest.mark.django_db
SEARCHES = True
OLD_WORD = "starobrzmiące"
OLD = {"pl": {"label": "Kworum", "value": OLD_WORD}, "en": {"label": "Quorum", "value": "oldsounding"}}
ELSEWHERE = ("/aktualnosci/rss/", "/aktualnosci/atom/", "/wydarzenia.ics", "/sitemap.xml")
ADDRESS = re.compile(r"<loc>https?://[^/]+(/[^<]*)</loc>")


@pytest.fixture
def reader(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Who is given ready answers."""
    store = PageStore(tmp_path / "pages")
    store.take_over()
    monkeypatch.setattr(cache, "store", store)
    monkeypatch.setattr(cache.telling, "last", None)
    return Reader(front(get_wsgi_application(), store))


def text(reader: Reader, path: str) -> str:
    answer = reader.get(path)
    body = answer.body
    return body.decode() if isinstance(body, bytes) else body


def crawl(reader: Reader) -> dict[str, str]:
    """Whatever the site map leads to, and what is no page."""
    maps = ADDRESS.findall(text(reader, "/sitemap.xml"))
    addresses = {*ELSEWHERE, *(path for part in maps for path in ADDRESS.findall(text(reader, part)))}
    assert len(addresses) > 10
    searches = {f"/szukaj/?q={quote(OLD_WORD)}", "/en/search/?q=oldsounding"}
    return {path: text(reader, path) for path in (*sorted(addresses), *sorted(searches))}


def test_a_crawl_finds_no_stale_copy(reader, autorka, redaktorka, koordynatorka, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        fact = factories.fact(**OLD)
        body = body_with(fact)
        shown = [
            factories.standard_page(body=body),
            factories.standard_page(body=body, language="en"),
            factories.news(body=body),
            factories.event(body=body),
            factories.chapter(body=body),
        ]
    before = crawl(reader)
    assert crawl(reader) == before, "all of it is kept"
    stale = [path for path, words in before.items() if OLD_WORD in words or "oldsounding" in words]
    assert len(stale) >= len(shown)
    with django_capture_on_commit_callbacks(execute=True):
        changed(fact, (autorka, redaktorka, koordynatorka), pl="nowobrzmiące", en="newsounding")
    after = crawl(reader)
    results = {path for path in after if "?q=" in path}  # which say what was searched for
    found = [path for path, words in after.items() if OLD_WORD in words or "oldsounding" in words]
    assert set(found) <= results
    for path in results:
        assert not any(page.url in after[path] for page in shown)
    for page in shown:
        assert ("newsounding" if page.url.startswith("/en/") else "nowobrzmiące") in after[page.url]
