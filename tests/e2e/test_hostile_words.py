"""Hostile words in every text of the site stay words where scripts build the screen of them, too.

What the server says is read by tests/whole_site/test_hostile_words.py.
"""

import json

import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.db import transaction
from playwright.sync_api import Page as Screen
from wagtail.models import Page

from approval.roles import COORDINATORS
from home.cache import NEAR
from home.models import StandardPage, User
from news.models import NewsPage
from tests.hostile_words import Attack, attacks

HOSTILE = attacks(4711)[0]
ALIVE = """() => [...document.querySelectorAll('*')].filter(one => one.matches('[onerror], [onfocus], [src=x]')
    || /^X[0-9]+$/.test(one.tagName)).map(one => one.outerHTML.slice(0, 200))"""


@pytest.fixture
def attacked(server) -> list[Page]:
    """A news item and a page that stays, in both languages; each has every block there is."""
    pages = [model.objects.live().filter(locale__language_code=code).first() for model, code in KINDS]
    with transaction.atomic():
        Attack(pages).everywhere()
    yield pages
    caches[NEAR].clear()


KINDS = [(model, code) for model in (NewsPage, StandardPage) for code in ("pl", "en")]


@pytest.fixture
def screen(page, log_in, attacked) -> Screen:
    """Of somebody who reaches everything, and decides."""
    page.fired = []
    page.set_default_timeout(60_000)  # a page with every kind of block, on a machine with other work
    page.on("dialog", lambda dialog: (page.fired.append(f"{page.url}: {dialog.message}"), dialog.dismiss()))
    User.objects.get(username="admin").groups.add(Group.objects.get(role__key=COORDINATORS.key))
    return log_in("admin")


def nothing_runs(screen: Screen) -> None:
    """Looked at after each step: a script may take it away again."""
    screen.wait_for_load_state("networkidle")
    for frame in screen.frames:
        assert frame.evaluate(ALIVE) == [], frame.url
    assert screen.fired == []


def test_no_script_makes_programs_of_words(screen, attacked):
    news, translation, standard, _english = attacked
    screen.goto("/admin/")
    decision = screen.locator("a[href*='/decide/']").first.get_attribute("href")
    for address in (decision, f"/admin/pages/{translation.pk}/edit/", f"/admin/pages/{standard.pk}/history/"):
        nothing_runs(screen)
        screen.goto(address)

    screen.goto(f"/admin/pages/{news.pk}/edit/")
    nothing_runs(screen)
    for panel in screen.locator("[data-side-panel-toggle]").all():
        panel.click()
        nothing_runs(screen)


def test_no_public_page_runs_them(screen, attacked):
    """As somebody who is logged in sees it, with Wagtail's bar."""
    for page in attacked:
        screen.goto(page.url)
        nothing_runs(screen)
    screen.goto(f"/szukaj/?q={json.dumps(HOSTILE)}")
    nothing_runs(screen)
