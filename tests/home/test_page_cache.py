"""Ready answers: everybody's pages are kept, nobody's own are, and nothing old is given after a change."""

import gzip
import logging
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar
from wsgiref.util import setup_testing_defaults

import brotli
import pytest
from django.conf import settings as site_settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, transaction
from django.db.models.signals import pre_save
from django.db.utils import OperationalError
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.frontend_cache.backends.base import BaseBackend
from wagtail.models import PageViewRestriction

from home import cache, code_version, outages
from home.changes import CommittedChange
from home.checks import check_ready_answers_are_ours
from home.page_files import NAMES
from home.page_store import Generation, PageStore
from site_config import cdn as cdn_module
from site_config.keeper import Keeper
from site_config.page_cache import PageCache
from tests import factories

pytestmark = pytest.mark.django_db
HOST = "localhost"


@dataclass
class Got:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def cache(self) -> str:
        return self.headers.get("Cache-Status", "").removeprefix("pages; ")

    @property
    def words(self) -> str:
        return self.body.decode()


class Reader:
    def __init__(self, application: Any) -> None:
        self.application = application

    def get(self, path: str, query: str = "", **headers: str) -> Got:
        environ: dict[str, Any] = {"HTTP_HOST": HOST, "PATH_INFO": path, "QUERY_STRING": query, **headers}
        setup_testing_defaults(environ)
        begun: list[Any] = []
        chunks = self.application(environ, lambda *start: begun.extend(start))
        body = b"".join(chunks)
        getattr(chunks, "close", lambda: None)()
        return Got(int(begun[0].split()[0]), dict(begun[1]), body)


@pytest.fixture(autouse=True)
def one_connection(monkeypatch) -> Iterator[None]:
    """A request doesn't close the connection of the test's transaction, as with Django's test client."""
    monkeypatch.setattr("site_config.keeper.close_old_connections", lambda: None)
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


@pytest.fixture
def store(tmp_path, monkeypatch) -> PageStore:
    store = PageStore(tmp_path / "pages")
    store.take_over()
    monkeypatch.setattr(cache, "store", store)
    monkeypatch.setattr(cache.telling, "last", None)
    return store


def front(application: Any, store: PageStore) -> PageCache:
    """A process whose keeper looks when a test says so."""
    return PageCache(application, Keeper(store), host=HOST)


@pytest.fixture
def reader(store) -> Reader:
    return Reader(front(get_wsgi_application(), store))


def killed(store: PageStore) -> None:
    """Another process announces a change, and is gone before it says more."""
    words = (
        "import os, signal, sys, pathlib; from home.page_store import PageStore;"
        "PageStore(pathlib.Path(sys.argv[1])).change(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", words, store.root], check=False)  # noqa: S603 - our own words
    assert ended.returncode == -signal.SIGKILL


@pytest.fixture
def at_commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.mark.parametrize("path", ["/", "/en/", "/aktualnosci/", "/aktualnosci/rss/", "/wydarzenia.ics", "/sitemap.xml"])
def test_the_second_reader_gets_the_same_answer_without_a_question_to_the_database(reader, path):
    first = reader.get(path)
    assert (first.status, first.cache) == (200, "fwd=miss; stored")
    with CaptureQueriesContext(connection) as asked:
        second = reader.get(path)
    assert second.cache == "hit"
    assert not asked.captured_queries
    assert second.body == first.body
    assert second.headers["Content-Type"] == first.headers["Content-Type"]
    assert second.headers["Vary"] == "Accept-Encoding, Cookie"
    assert "Set-Cookie" not in second.headers
    assert "Surrogate-Control" not in {**first.headers, **second.headers}


def test_an_answer_carries_the_policies_of_the_site(reader):
    fresh, kept = reader.get("/"), reader.get("/")
    for name in ("Content-Security-Policy", "Permissions-Policy", "Referrer-Policy", "X-Content-Type-Options"):
        assert kept.headers[name] == fresh.headers[name]


@pytest.mark.parametrize(
    ("accepted", "coding", "read"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip;q=1.0, br;q=0", "gzip", gzip.decompress),
        ("", None, bytes),
    ],
)
def test_it_is_sent_in_the_smallest_form_that_the_reader_takes(reader, accepted, coding, read):
    whole = reader.get("/").body
    got = reader.get("/", HTTP_ACCEPT_ENCODING=accepted)
    assert got.headers.get("Content-Encoding") == coding
    assert read(got.body) == whole
    assert got.headers["Content-Length"] == str(len(got.body))


def test_who_has_it_is_told_that_it_is_unchanged(reader):
    etag = reader.get("/").headers["ETag"]
    got = reader.get("/", HTTP_IF_NONE_MATCH=etag)
    assert (got.status, got.body) == (304, b"")
    assert reader.get("/", REQUEST_METHOD="HEAD").body == b""


def test_the_first_who_asks_for_the_head_alone_keeps_the_whole(reader):
    reader.get("/", REQUEST_METHOD="HEAD")
    assert b"</html>" in reader.get("/").body


def test_after_a_publication_nobody_gets_the_old_page(reader, at_commit):
    with at_commit():
        page = factories.news(title="Stary tytuł", slug="wiadomosc")
    assert "Stary tytuł" in reader.get("/aktualnosci/").words
    assert "Stary tytuł" in reader.get(page.url).words
    with at_commit():
        page.title = "Nowy tytuł"
        factories.publish(page)
    for path in ("/aktualnosci/", page.url):
        assert "Nowy tytuł" in reader.get(path).words
        assert reader.get(path).cache == "hit"


def test_what_another_machine_published_is_seen_at_once(store):
    """There the other machine cannot tell our store: the database is asked each time, and no proxy finds a link."""
    store.links = False
    reader = Reader(front(get_wsgi_application(), store))
    reader.get("/aktualnosci/")
    assert reader.get("/aktualnosci/").cache == "hit"
    cache.ContentGeneration.objects.update_or_create(pk=1, defaults={"number": time.time_ns()})
    assert reader.get("/aktualnosci/").cache == "fwd=miss; stored"
    assert not store.current_link.exists()


def test_while_a_change_is_under_way_the_proxy_finds_nothing(reader, store, at_commit):
    with at_commit():
        page = factories.news()
    reader.get("/")
    assert (store.current_link / HOST / "index.html").exists()
    with at_commit():
        factories.publish(page)
        assert not store.current_link.exists()
        assert store.open(Generation(time.time_ns())) is None  # and no reader puts back what is about to change
    reader.get("/")
    assert (store.current_link / HOST / "index.html").exists()


def test_a_process_killed_between_its_change_and_the_news_of_it_leaves_nothing_old(reader, store, at_commit):
    with at_commit():
        page = factories.news(title="Stary tytuł", slug="wiadomosc")
    reader.get("/aktualnosci/wiadomosc/")
    killed(store)
    type(page).objects.update(title="Nowy tytuł")  # committed, and then the process was gone
    keeper = reader.application.keeper
    keeper.look()  # the database may still be at it
    assert "Nowy tytuł" in reader.get("/aktualnosci/wiadomosc/").words
    assert reader.get("/aktualnosci/wiadomosc/").cache == ""
    keeper.look()
    assert not store.broken_off()
    assert "Nowy tytuł" in reader.get("/aktualnosci/wiadomosc/").words
    assert reader.get("/aktualnosci/wiadomosc/").cache == "hit"


def test_what_a_machine_that_is_gone_has_committed_is_found_by_every_other(reader, store, at_commit, settings):
    settings.PAGES_ON_ONE_MACHINE, store.links = False, False
    with at_commit():
        page = factories.news(title="Stary tytuł", slug="wiadomosc")
        assert CommittedChange.objects.exists(), "in the transaction itself"
    assert not CommittedChange.objects.exists(), "its number has risen"
    assert [reader.get(page.url).cache for _time in range(2)] == ["fwd=miss; stored", "hit"]
    type(page).objects.update(title="Nowy tytuł")  # committed with its note, and then the machine was gone
    CommittedChange.objects.create()
    for _look in range(2):  # the first time the other machine may still be at it
        reader.application.keeper.look()
    assert "Nowy tytuł" in reader.get(page.url).words
    assert not CommittedChange.objects.exists()


def test_a_change_that_takes_long_is_not_taken_for_broken_off(reader, store):
    mark = store.change()
    for _time in range(3):
        reader.application.keeper.look()
    assert mark.exists()
    assert store.current() is None
    store.let_go(mark)
    assert store.broken_off() == {mark}


def test_a_rolled_back_change_ends_with_its_request(store):
    def fails(environ, start):
        with suppress(ZeroDivisionError), transaction.atomic():
            factories.news()
            assert 1 / 0
        assert not store.broken_off()
        request_finished.send(sender=None)
        start("200 OK", [])
        return []

    Reader(fails).get("/")
    assert len(store.broken_off()) == 1


def test_healing_that_fails_is_tried_again(reader, store, monkeypatch):
    """The database can be read and not written: nobody knows whether the change was committed."""
    reader.get("/")
    store.let_go(store.change())

    def read_only():
        raise OperationalError("The database can't be written.")

    monkeypatch.setattr(cache, "raise_now", read_only)
    reader.application.keeper.look()
    with pytest.raises(OperationalError):
        reader.application.keeper.look()
    assert reader.get("/").cache == ""
    assert store.broken_off()
    assert not store.current_link.exists()


@pytest.mark.parametrize(
    "asked",
    [
        {"HTTP_COOKIE": "a=b; sessionid =abc"},  # Django reads it without the space
        {"HTTP_AUTHORIZATION": "Basic abc"},
        {"query": "page=1"},
        {"REQUEST_METHOD": "POST"},
    ],
    ids=lambda asked: next(iter(asked)),
)
def test_who_has_a_session_or_a_question_gets_an_answer_of_their_own(reader, asked):
    reader.get("/aktualnosci/")
    got = reader.get("/aktualnosci/", **asked)
    assert got.cache == ""
    assert "Surrogate-Control" not in got.headers


@pytest.mark.parametrize("kind", ["login", "password"])
def test_a_private_page_is_kept_by_nobody(reader, at_commit, kind):
    with at_commit():
        page = factories.news(slug="wewnetrzna")
    reader.get(page.url)
    with at_commit():
        PageViewRestriction.objects.create(page=page, restriction_type=kind, password="sekret")
    for _time in range(2):
        assert reader.get(page.url).cache == ""


@pytest.mark.parametrize("path", ["/nie-ma/", "/szukaj/", "/health/live", "/aktualnosci", "/admin/login/"])
def test_only_what_is_marked_is_kept(reader, path):
    for _time in range(2):
        assert reader.get(path).cache == ""


@pytest.mark.parametrize("path", ["/../../etc/passwd", "/%2e%2e/", "/aktualnosci/../", "/a\x00b/", "//"])
def test_no_address_leads_out_of_the_folder(reader, store, path):
    reader.get(path)
    outside = [file for file in store.root.parent.rglob("*") if not file.is_relative_to(store.root)]
    assert not outside


def test_twenty_readers_make_one_page(store):
    """A stampede: who comes while it is being made waits for it."""
    made = []

    def slow(environ, start):
        made.append(environ["PATH_INFO"])
        time.sleep(0.2)
        start("200 OK", [("Content-Type", "text/html"), ("Surrogate-Control", "content")])
        return [b"page"]

    site = front(slow, store)
    store.open(Generation(cache.generation()))
    bodies: list[bytes] = []
    readers = [threading.Thread(target=lambda: bodies.append(Reader(site).get("/").body)) for _number in range(20)]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join()
    assert bodies == [b"page"] * 20
    assert made == ["/"]


def test_readers_of_what_is_not_kept_do_not_queue(store):
    """A robot asks for an address that isn't there, again and again."""

    def lost(environ, start):
        if is_known:
            both.wait()  # fails unless two are here at once
        start("404 Not Found", [("Content-Type", "text/html")])
        return [b"lost"]

    both, is_known = threading.Barrier(2, timeout=5), False
    site = front(lost, store)
    Reader(site).get("/nie-ma/")
    is_known = True
    found: list[int] = []
    readers = [threading.Thread(target=lambda: found.append(Reader(site).get("/nie-ma/").status)) for _each in range(2)]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join()
    assert found == [404, 404]


def test_a_page_that_changed_while_it_was_made_is_made_again(store, at_commit):
    def changing(environ, start):
        numbers.append(cache.generation())
        if len(numbers) == 1:
            with at_commit():
                cache.raise_generation()
        start("200 OK", [("Content-Type", "text/html"), ("Surrogate-Control", "content")])
        return [str(numbers[-1]).encode()]

    numbers: list[int] = []
    got = Reader(front(changing, store)).get("/")
    assert len(set(numbers)) == 2
    assert got.words == str(cache.generation())


class TestNothingWorks:
    """The database is away: what is kept can be read, and nothing that may have changed."""

    @pytest.fixture
    def breakable(self, store, monkeypatch):
        """Django in front of a database that can be taken away."""
        django = get_wsgi_application()

        def application(environ, start):
            if not is_away:
                return django(environ, start)
            start("500 Internal Server Error", [("Content-Type", "text/html")])
            return [b"broken"]

        def take_away():
            def away(*_arguments):
                raise OperationalError("The database is away.")

            is_away.append(True)
            monkeypatch.setattr(cache, "generation", away)

        is_away: list[bool] = []
        return Reader(front(application, store)), take_away

    def test_what_was_kept_since_the_last_change_is_given_as_always(self, breakable):
        reader, take_away = breakable
        whole = reader.get("/").body
        take_away()
        got = reader.get("/")
        assert (got.status, got.cache, got.body) == (200, "hit", whole)
        assert reader.get("/katalog/").status == 500  # nobody ever read it

    def test_a_new_process_leaves_what_there_is(self, breakable, store):
        reader, take_away = breakable
        whole = reader.get("/").body
        take_away()
        reader.application.keeper = Keeper(store)
        with pytest.raises(OperationalError):
            reader.application.keeper.look()
        got = reader.get("/")
        assert (got.status, got.body) == (200, whole)

    def test_what_is_over_by_now_is_given_and_says_so(self, breakable, store, monkeypatch, settings):
        settings.WAGTAILFRONTENDCACHE = CDN
        reader, take_away = breakable
        whole = reader.get("/").body
        monkeypatch.setattr(Generation, "is_over", True)
        take_away()
        with pytest.raises(OperationalError):
            reader.application.keeper.look()
        assert not store.current_link.is_symlink()  # a proxy doesn't know the time
        got = reader.get("/")
        assert (got.status, got.cache, got.body) == (200, 'hit; detail="last good answer"', whole)
        assert got.headers["Cache-Control"] == "public, no-cache"

    @pytest.mark.parametrize("is_committed", [True, False])
    def test_what_was_taken_down_or_is_about_to_be_is_not_given(self, breakable, store, at_commit, is_committed):
        reader, take_away = breakable
        with at_commit():
            page = factories.news(slug="zdjeta")
        assert reader.get(page.url).status == 200
        if is_committed:
            with at_commit():
                page.unpublish()
        else:
            store.change()
        take_away()
        assert reader.get(page.url).status == 500
        assert reader.get("/").status == 500


def test_a_full_disk_costs_no_answer_and_the_log_says_it_once(reader, store, monkeypatch, settings, caplog):
    def full(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    settings.WAGTAILFRONTENDCACHE = CDN
    monkeypatch.setattr(outages, "QUIET", 0)
    with monkeypatch.context() as disk:
        for name in ("write_bytes", "write_text"):
            disk.setattr(f"pathlib.Path.{name}", full)
        for path in ("/", "/en/", "/"):
            got = reader.get(path)
            assert (got.status, got.headers["Cache-Control"]) == (200, "no-cache"), "no CDN is told of it"
    assert not list(store.root.rglob("index.html*"))
    with monkeypatch.context() as disk:
        disk.setattr("pathlib.Path.write_bytes", full)
        for path in ("/", "/en/", "/"):
            got = reader.get(path)
            assert (got.status, got.headers["Cache-Control"]) == (200, "public, no-cache")
            reader.application.keeper.look()
    assert not list(store.root.rglob("index.html*"))
    for _time in range(2):
        reader.get("/")
    said = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert said == [
        "Ready answers can't be kept: [Errno 28] No space left on device",
        "Ready answers are kept again.",
    ]


def test_on_a_full_disk_a_page_can_be_taken_down_all_the_same(reader, store, at_commit, monkeypatch):
    def full(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    with at_commit():
        page = factories.news()
    reader.get(page.url)
    monkeypatch.setattr("pathlib.Path.open", full)
    with at_commit():
        page.unpublish()
    assert reader.get(page.url).status == 404


def test_a_row_that_is_saved_alone_is_announced_before_it_is_committed(reader, store):
    """An administrator makes a page private in a shell: no transaction, so all other signals come too late."""
    page = factories.news()
    reader.get(page.url)
    seen = []
    pre_save.connect(lambda **_signal: seen.append(store.current_link.exists()), sender=PageViewRestriction, weak=False)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert seen == [False]


def test_a_picture_that_could_not_be_made_is_tried_again_at_the_next_request(reader, at_commit):
    with at_commit():
        picture = factories.image()
        page = factories.news(lead_image=picture, lead_image_alt=factories.ALT)
    with at_commit():
        picture.renditions.all().delete()
    picture.file.storage.delete(picture.file.name)
    for _time in range(2):
        assert reader.get(page.url).cache == ""


def test_other_names_of_the_host_get_no_copy_of_their_own(reader, store):
    for host in ("LOCALHOST", "localhost.", "localhost:81", ".."):
        assert reader.get("/", HTTP_HOST=host).cache == ""
    assert not list(store.root.rglob("index.html"))


def test_what_one_version_of_the_code_made_no_other_gives(store):
    """Gunicorn's HUP: both run for a while, and who came last serves. Each start of the machine counts as another."""
    old, new = (PageStore(store.root, code=code) for code in ("old", "new"))
    sites = [front(get_wsgi_application(), pages) for pages in (old, new)]
    for number, site in enumerate(sites):
        assert Reader(site).get("/").cache == "", "whatever link was left over"
        site.keeper.look()
        assert Reader(site).get("/").cache == "fwd=miss; stored"
        assert Reader(site).get("/").cache == "hit"
        assert store.current_link.readlink().name.endswith(("old", "new")[number])
    sites[0].keeper.look()
    assert Reader(sites[0]).get("/").cache == ""
    assert Reader(sites[1]).get("/").cache == "hit"
    sites[1].keeper.look()
    assert not list(store.root.glob("*-old"))


def test_a_database_put_back_from_a_copy_is_served(reader, store):
    reader.get("/")
    cache.ContentGeneration.objects.update(number=5)
    reader.application.keeper.look()
    assert reader.get("/").cache == "fwd=miss; stored"
    assert reader.get("/").cache == "hit"


def test_a_change_that_nobody_told_is_found_at_the_next_look(reader, store):
    """Readers behind a proxy never ask."""
    reader.get("/")
    before = store.current_link.readlink()
    cache.ContentGeneration.objects.update(number=time.time_ns())  # by a process without the store
    reader.application.keeper.look()
    assert store.current_link.readlink() != before
    assert not (store.root / before).exists()


class Cdn(BaseBackend):
    purged: ClassVar[list[str]] = []

    answers = threading.Event()

    def purge(self, url: str) -> None:
        assert self.answers.wait(20)
        self.purged.append(url)


CDN = {"cdn": {"BACKEND": f"{__name__}.Cdn"}}


def wait_for_calls_to(cdn):
    for call in list(cdn.calls):
        call.join()


def test_a_cdn_is_told_what_is_new_and_only_then_may_it_store(reader, store, at_commit, settings):
    assert reader.get("/").headers["Cache-Control"] == "public, no-cache"
    settings.WAGTAILFRONTENDCACHE = CDN
    assert "s-maxage=300" in reader.get("/").headers["Cache-Control"]
    for path in ("/en/", "/aktualnosci/rss/", "/sitemap.xml"):
        reader.get(path)
    for got in (reader.get("/nie-ma/"), reader.get("/aktualnosci/", query="page=1")):
        assert got.headers["Cache-Control"] == "no-cache", "nobody tells it of these"
    mark = store.change()
    assert reader.get("/").headers["Cache-Control"] == "no-cache"
    store.changed(0, mark)
    with at_commit():
        factories.news()
    Cdn.purged.clear()
    Cdn.answers.clear()
    keeper = reader.application.keeper
    keeper.look()
    assert not Cdn.purged, "and nobody waits for it"
    assert len(list(store.root.glob("*-0-"))) == 1
    Cdn.answers.set()
    wait_for_calls_to(keeper.cdn)
    assert Cdn.purged == [f"http://localhost/{path}" for path in ("", "aktualnosci/rss/", "en/", "sitemap.xml")]


def test_a_cdn_that_could_not_be_told_is_told_later(reader, at_commit, settings, caplog):
    """Wagtail's backend for it raises nothing; the operator reads of it once."""
    backend = "wagtail.contrib.frontend_cache.backends.HTTPBackend"
    settings.WAGTAILFRONTENDCACHE = {"cdn": {"BACKEND": backend, "LOCATION": "http://127.0.0.1:1"}}
    reader.get("/en/")
    with at_commit():
        factories.news()
    keeper = reader.application.keeper
    for _time in range(2):
        keeper.look()
        wait_for_calls_to(keeper.cdn)
    said = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(said) == 1
    assert "The CDN can't be told what is new: Couldn't purge 'http://localhost/en/'" in said[0]
    settings.WAGTAILFRONTENDCACHE = CDN
    Cdn.purged.clear()
    Cdn.answers.set()
    keeper.look()
    wait_for_calls_to(keeper.cdn)
    assert Cdn.purged == ["http://localhost/en/"]


class NotThere(BaseHTTPRequestHandler):
    def do_PURGE(self):
        self.send_error(404)

    def log_message(self, *_said):
        pass


def test_a_cdn_that_never_kept_an_address_is_told_once(reader, at_commit, settings):
    with HTTPServer(("127.0.0.1", 0), NotThere) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        backend = "wagtail.contrib.frontend_cache.backends.HTTPBackend"
        location = f"http://127.0.0.1:{server.server_port}"
        settings.WAGTAILFRONTENDCACHE = {"cdn": {"BACKEND": backend, "LOCATION": location}}
        reader.get("/en/")
        with at_commit():
            factories.news()
        cdn = reader.application.keeper.cdn
        reader.application.keeper.look()
        wait_for_calls_to(cdn)
        server.shutdown()
    assert not cdn.addresses


def test_a_cdn_that_hangs_holds_two_calls_and_loses_no_address(monkeypatch):
    never = threading.Event()
    monkeypatch.setattr("site_config.cdn._purge", lambda _urls: never.wait())
    monkeypatch.setattr("site_config.cdn.PATIENCE", 0)
    cdn = cdn_module.Cdn()
    for address in ("localhost/a", "localhost/b", "localhost/c"):
        cdn.tell([address])
    assert len(cdn.calls) == 2
    assert cdn.addresses == {"localhost/a", "localhost/b", "localhost/c"}
    never.set()


def test_a_store_that_cannot_be_written_costs_one_new_number(reader, store, monkeypatch):
    def full(*_arguments):
        raise OSError

    keeper = reader.application.keeper
    keeper.look()
    store.let_go(store.change())
    keeper.look()
    monkeypatch.setattr(store, "changed", full)
    numbers = set()
    for _look in range(3):
        with pytest.raises(OSError):
            keeper.look()
        numbers.add(cache.generation())
    assert len(numbers) == 1


def test_a_calendar_file_of_a_private_event_is_nobodys(reader, at_commit):
    with at_commit():
        event = factories.event()
        PageViewRestriction.objects.create(page=event, restriction_type="login")
    assert reader.get(f"{event.url.rstrip('/')}.ics").status == 404


def test_an_event_that_is_over_makes_the_pages_new(reader, store, at_commit, monkeypatch):
    with at_commit():
        event = factories.event(title="Debata", start=factories.moment(1))
    reader.get("/wydarzenia/")
    assert reader.get("/wydarzenia/").cache == "hit"
    served = store.current()
    assert served.until == int(event.end.timestamp()) + 1
    type(event).objects.update(start=factories.moment(-2), end=factories.moment(-1))  # as time does
    monkeypatch.setattr(Generation, "is_over", property(lambda self: self.number == served.number))
    reader.application.keeper.look()
    assert "Debata" not in reader.get("/wydarzenia/").words.partition("<main")[2]


def test_a_proxy_knows_by_the_name_what_is_in_a_file(reader, store, at_commit):
    """deploy/nginx/locations.conf hands out feeds, calendars and the sitemap too."""
    with at_commit():
        factories.event(slug="debata")
    conf = (Path(site_settings.BASE_DIR) / "deploy" / "nginx" / "locations.conf").read_text()
    types = re.search(r"types \{[^\n]*\n(.*?)\}", conf, re.DOTALL)[1]
    by_ending = {ending: kind for kind, ending in re.findall(r'"?([\w/+]+(?:; [\w=-]+)?)"? +(\w+);', types)}
    tried = re.findall(r"\$\{uri\}(=?/?[\w.]+)", conf)
    paths = ["/", "/aktualnosci/rss/", "/aktualnosci/atom/", "/wydarzenia/debata.ics", "/sitemap.xml"]
    assert len(NAMES) == len(paths)
    for path in paths:
        kind = reader.get(path).headers["Content-Type"]
        found = [name for name in tried if (store.current_link / f"{HOST}{path}{name}").is_file()]
        assert len(found) == 1, path
        assert by_ending[found[0].rpartition(".")[2]] == kind


def test_settings_that_pages_show_are_part_of_the_version(settings):
    """After a restart with another environment nothing of before is given."""
    known = {code_version._fingerprint()}
    for name, value in {
        "DEBUG": not settings.DEBUG,
        "SITE_URL": "https://www.example.org",
        "ALLOWED_HOSTS": ["www.example.org"],
        "LANGUAGE_CODES": ["pl"],
        "FACT_CHECK_MONTHS": 6,
    }.items():
        setattr(settings, name, value)
        known.add(code_version._fingerprint())
    assert len(known) == 6
    source = (Path(site_settings.BASE_DIR) / "site_config" / "settings.py").read_text()
    named = set(re.findall(r"\benv\.\w+\(\s*\"(\w+)\"", source))
    on_pages = {name.replace("LANGUAGE_CODES", "LANGUAGES") for name in code_version.SETTINGS}
    elsewhere = {
        *("SECRET_KEY", "DATABASE_URL", "CACHE_URL", "EMAIL_URL", "EMAIL_FROM", "MAIL_QUEUE", "SECURITY_CONTACT"),
        *("APPROVAL_IN_ONE_STEP", "MACHINE_TRANSLATOR", "MEDIA_ROOT", "PAGES_ROOT", "PAGES_ON_ONE_MACHINE"),
        *(
            "SECOND_FACTOR_REQUIRED",
            "SECOND_FACTOR_GRACE_DAYS",
            "SECOND_FACTOR_FROM",
            "SECRET_KEY_FALLBACKS",
            "PROXIES",
        ),
        "STORAGE_URL",  # pictures keep their addresses
        *("ADMINS", "LOG_FORMAT", "SENTRY_DSN", "METRICS_TOKEN", "METRICS_ROOT", "PROCESSES_EXPECTED"),
        *("DOCUMENT_MAX_MB", "CLAMD_URL", "DISK_FREE_MB", "SEARCH_FOLDER", "SEARCH_AUTO_UPDATE"),
        *("BACKUP_ROOT", "BACKUP_KEY", "BACKUP_KEEP", "BACKUP_EVERY_HOURS"),
        *("HSTS_SECONDS", "HSTS_INCLUDE_SUBDOMAINS", "HSTS_PRELOAD"),  # said with each answer
        "FRONTEND_CACHE",  # said when an answer is sent, not when it is kept
    }
    assert named == on_pages | elsewhere, "a new setting: do pages show it?"


def test_another_user_is_told_in_words_and_publishes_all_the_same(reader, store, at_commit, monkeypatch, caplog):
    """A command in another user's crontab, which may not even look into the folder (`var` with mode 0700)."""
    reader.get("/aktualnosci/")
    assert check_ready_answers_are_ours(None) == []

    def forbidden(*_arguments, **_options):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(type(store.root), "stat", forbidden)
        (warning,) = check_ready_answers_are_ours(None)
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(os, "geteuid", lambda: 12345)
        elsewhere.setattr(store, "_take_away", forbidden)
        elsewhere.setattr(store, "_alone", forbidden)
        with at_commit():
            page = factories.news()
    assert "belong to another user" in warning.msg
    said = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(said) == 1
    assert "belongs to another user" in said[0]
    reader.application.keeper.look()
    assert page.title in reader.get("/aktualnosci/").words
