"""Browser tests: a real server with the demo content, a real Chromium, an empty profile and a fresh database for each.

    @pytest.mark.e2e
    def test_author_sends_news_for_review(page, log_in):
        log_in("autorka")
        page.goto("/admin/pages/")

Several processes may share them (pytest -n 2 --dist loadscope): each has its own server, database, uploads and browser.
Set E2E_SHOTS to a folder to keep pictures of what a test calls `shoot` for.

A test fails by itself when a page throws an error in JavaScript, needs what its policy refuses, or asks another host
for anything.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.db import connections
from django.http import HttpRequest, HttpResponseBase
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from wagtail.users.models import UserProfile

from home.models import User
from newsroom import tour
from tests import demo
from tests.e2e.profiles import PATIENCE, Profiles
from tests.rig import browser as rig
from tests.rig.migrated import alone, copy

# Playwright's synchronous calls keep an event loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks these tests, and skips them, before anything is built for them, where they cannot run."""
    here = Path(__file__).parent
    mine = [item for item in items if here in item.path.parents]
    reason = ""
    if connections["default"].vendor != "sqlite":
        reason = "browser tests run on SQLite (make test does so)"
    elif not rig.installed():
        reason = "no Chromium or Chrome on this machine (make test looks for one; CHROMIUM=… names one)"
    for item in mine:
        item.add_marker(pytest.mark.e2e)
        if reason:
            item.add_marker(pytest.mark.skip(reason=reason))


# --- Server and database --------------------------------------------------------------------


@pytest.fixture(scope="session")
def demo_site(
    request, django_test_environment, django_db_blocker, migrated, kept_demo, tmp_path_factory
) -> Iterator[Callable[[], None]]:
    """A database with the demo content, made once. Yields a function that brings it back to that state.

    It is SQLite in a file, as `make run` has it, because several threads share it; pytest-django's own database is
    for tests that roll back.
    """
    if not all(item.get_closest_marker("e2e") for item in request.session.items):
        pytest.fail("Browser tests run by themselves: pytest -m e2e")
    database = str(tmp_path_factory.mktemp("database") / "site.sqlite3")
    connections["default"].settings_dict["TEST"]["NAME"] = database
    django_db_blocker.unblock()
    with alone(kept_demo.parent):
        if kept_demo.exists():
            demo.bring(kept_demo, database)
        elif migrated.exists():
            copy(migrated, database)
        made = setup_databases(verbosity=0, interactive=False, keepdb=True, aliases={"default"})
        if not kept_demo.exists():
            call_command("setup_site", verbosity=0)
            demo.load()
            demo.show_all()
            demo.keep(database, kept_demo)
    snapshot = str(tmp_path_factory.mktemp("snapshot") / "site.sqlite3")
    connections.close_all()
    copy(database, snapshot)

    def restore() -> None:
        connections.close_all()
        copy(snapshot, database)
        demo.forget()

    yield restore
    connections.close_all()
    teardown_databases(made, verbosity=0)
    django_db_blocker.restore()


class StaticFiles(StaticFilesHandler):
    """Sends them as a server in production does: a browser asks once, also where the files came a minute ago."""

    def serve(self, request: HttpRequest) -> HttpResponseBase:
        answer = super().serve(request)
        answer.headers["Cache-Control"] = "max-age=3600"
        return answer


@pytest.fixture(scope="session")
def server(demo_site) -> Iterator[LiveServer]:
    """The site on a free port of localhost, with static files and uploads."""
    live = LiveServer("localhost", start=False)
    live.thread.static_handler = StaticFiles
    live._live_server_modified_settings.enable()
    live.start()
    yield live
    live.stop()
    live._live_server_modified_settings.disable()


# --- Browser --------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser(server: LiveServer) -> Iterator[Browser]:
    """One Chromium for all tests, with an empty profile.

    It comes after the server: once Playwright's event loop runs, Django opens connections of their own to whatever
    database it finds, and the test database must be there by then.
    """
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=rig.installed(), headless=True, args=list(rig.FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def profiles(browser: Browser, server: LiveServer) -> Profiles:
    return Profiles(browser, server.url)


@pytest.fixture
def new_page(profiles: Profiles, demo_site) -> Iterator[Callable[..., Page]]:
    """Makes pages, each in a profile of its own (another person, another device); options as of `new_context`.

        phone = new_page(viewport={"width": 390, "height": 844}, color_scheme="dark", locale="en-GB")

    `page.said` holds what the page wrote to the console.
    """

    def make(**options: object) -> Page:
        return profiles.page(options)

    yield make
    wrong = profiles.empty()
    demo_site()
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def page(new_page) -> Page:
    """A page of 1440 × 900 for a visitor who reads Polish."""
    return new_page(viewport={"width": 1440, "height": 900})


@pytest.fixture
def log_in(page: Page, server: LiveServer) -> Callable[..., Page]:
    """Opens the admin as a demo person: `log_in("autorka")`, or `log_in("admin", another_page, at="/admin/users/")`.

    `is_first_day`: the tour begins. Else it would lie over what other tests look at.
    `at`: what is opened; an empty one opens nothing. The form of the login is the subject of test_accounts.py.
    """

    def act(username: str, where: Page | None = None, at: str = "/admin/", is_first_day: bool = False) -> Page:
        target = where or page
        client = Client()
        user = User.objects.get(username=username)
        profile = UserProfile.get_for_user(user)
        profile.dismissibles[tour.SEEN] = not is_first_day
        profile.save()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        target.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server.url}])
        if at:
            target.goto(at)
        return target

    return act


LOOKS = {
    "light": {"width": 1440, "height": 900},
    "dark": {"width": 1440, "height": 900},
    "light-phone": {"width": 390, "height": 844},
    "dark-phone": {"width": 390, "height": 844},
}


@pytest.fixture
def shoot() -> Callable[..., None]:
    """Keeps a picture of what is on the screen, where E2E_SHOTS says so; `looks` are some of LOOKS."""
    folder = os.environ.get("E2E_SHOTS")

    def act(page: Page, name: str, looks: tuple[str, ...] = ()) -> None:
        if not folder:
            return
        before = page.viewport_size
        for look in looks:
            page.set_viewport_size(LOOKS[look])
            page.emulate_media(color_scheme=look.split("-")[0])
            # The admin scrolls inside itself, so that "the full page" would be a window's height.
            tall = page.evaluate("Math.max(...[...document.querySelectorAll('*')].map(e => e.scrollHeight))")
            page.set_viewport_size({**LOOKS[look], "height": min(max(tall + 40, LOOKS[look]["height"]), 6000)})
            page.wait_for_timeout(300)
            page.screenshot(path=Path(folder) / f"{name}-{look}.png", full_page=True)
        if looks:
            page.set_viewport_size(before)
            page.emulate_media(color_scheme="light")
        else:
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return act


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What axe-core finds against WCAG 2.2 A and AA on the page as it is shown: one line for each element.

    `rules`: only these, by their ids.
    """
    norm = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

    def findings(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
        only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": list(norm)}
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        # Of what is as it should be it would describe each element; and it waits for frames, in which it isn't.
        options = {"runOnly": only, "resultTypes": ["violations"], "iframes": False}
        found = page.evaluate("options => axe.run(options).then(results => results.violations)", options)
        return [f"{one['id']}: {node['target']} {one['help']}" for one in found for node in one["nodes"]]

    return findings
