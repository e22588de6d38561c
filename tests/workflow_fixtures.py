"""People by role, and pages in every state, made through the real workflow."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from approval import roles
from home.models import User
from news.models import NewsPage
from tests.notifications.mail_server import MailServer
from tests.workflow import (
    draft_of,
    fresh,
    in_an_hour,
    log_in,
    person,
    publish_properly,
    submit,
    take_step,
)

# --- People ---------------------------------------------------------------------------------


def _autorka() -> User:
    return person("autorka", roles.AUTHORS)


def _redaktorka() -> User:
    return person("redaktorka", roles.LANGUAGE_EDITORS)


def _koordynatorka() -> User:
    return person("koordynatorka", roles.COORDINATORS)


@pytest.fixture
def autorka(db: None) -> User:
    return _autorka()


@pytest.fixture
def autor2(db: None) -> User:
    return person("autor2", roles.AUTHORS)


@pytest.fixture
def redaktorka(db: None) -> User:
    return _redaktorka()


@pytest.fixture
def koordynatorka(db: None) -> User:
    return _koordynatorka()


@pytest.fixture
def koordynator2(db: None) -> User:
    return person("koordynator2", roles.COORDINATORS)


@pytest.fixture
def tlumaczka(db: None) -> User:
    return person("tlumaczka", roles.TRANSLATORS)


@pytest.fixture
def admin(db: None) -> User:
    return person("admin", superuser=True)


@pytest.fixture
def dwurola(db: None) -> User:
    """One person in two groups: reviewer and coordinator."""
    return person("dwurola", roles.LANGUAGE_EDITORS, roles.COORDINATORS)


@pytest.fixture
def client_as() -> Callable[[User], Client]:
    """`client_as(person)`: a browser in which that person has logged in (once per test)."""
    browsers: dict[int, Client] = {}

    def browser(user: User) -> Client:
        if user.pk not in browsers:
            browsers[user.pk] = log_in(user)
        return browsers[user.pk]

    return browser


# --- Pages ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shared_pages(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Makes all pages below, and their people, once for a module whose tests ask for them by name.

    Each test rolls back to this.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        for slug in MAKERS:
            _page(slug)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module", autouse=True)
def pages_of_several_tests(request: pytest.FixtureRequest) -> Iterator[None]:
    """Makes what two tests of a module ask for once; each rolls back to it, and the others see it too.

    A module whose tests mind says `MAKES_ITS_OWN_PAGES = True`.
    """
    tests = [item for item in request.session.items if getattr(item, "module", None) is request.module]
    asked = Counter(slug for item in tests for slug in MAKERS if _fixture_of(slug) in getattr(item, "fixturenames", ()))
    slugs = [slug for slug, times in asked.items() if times > 1]
    if not slugs or getattr(request.module, "MAKES_ITS_OWN_PAGES", False):
        yield
        return
    request.getfixturevalue("django_db_setup")
    with request.getfixturevalue("django_db_blocker").unblock(), transaction.atomic():
        for slug in slugs:
            MAKERS[slug]()
        yield
        transaction.set_rollback(True)


def _fixture_of(slug: str) -> str:
    return "live_page" if slug == "live" else slug.replace("-", "_")


def _in_review() -> NewsPage:
    page = draft_of(_autorka(), "In review")
    submit(page, _autorka())
    return page


def _in_approval() -> NewsPage:
    page = draft_of(_autorka(), "In approval")
    submit(page, _autorka())
    take_step(page, _redaktorka())
    return page


def _published(title: str, **fields: Any) -> NewsPage:
    return publish_properly(draft_of(_autorka(), title, **fields), _autorka(), _redaktorka(), _koordynatorka())


MAKERS: dict[str, Callable[[], NewsPage]] = {
    "draft": lambda: draft_of(_autorka(), "Draft"),
    "in-review": _in_review,
    "in-approval": _in_approval,
    "live": lambda: _published("Live"),
    "scheduled": lambda: _published("Scheduled", go_live_at=in_an_hour()),
}
"""How each page is made, by its slug."""


def _page(slug: str) -> NewsPage:
    return NewsPage.objects.filter(slug=slug).first() or fresh(MAKERS[slug]())


@pytest.fixture
def draft(db: None) -> NewsPage:
    """Written by autorka, submitted to nobody."""
    return _page("draft")


@pytest.fixture
def in_review(db: None) -> NewsPage:
    """Waits for the language editor."""
    return _page("in-review")


@pytest.fixture
def in_approval(db: None) -> NewsPage:
    """Reviewed by redaktorka, waits for a coordinator."""
    return _page("in-approval")


@pytest.fixture
def live_page(db: None) -> NewsPage:
    """Written by autorka, reviewed by redaktorka, approved by koordynatorka; visitors see it."""
    return _page("live")


@pytest.fixture
def scheduled(db: None) -> NewsPage:
    """Approved, and goes live by itself in an hour."""
    return _page("scheduled")


@pytest.fixture
def pages(request: pytest.FixtureRequest) -> Callable[[str], Any]:
    """`pages("live_page")`: a page by the name of its fixture, for parametrised tests."""
    return request.getfixturevalue


# --- Mail -----------------------------------------------------------------------------------


@pytest.fixture
def hour_later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it, and it is an hour and a half later for whoever asks the time."""
    real = timezone.now

    def pass_time() -> None:
        monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(minutes=90))

    return pass_time


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with MailServer() as found:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
        settings.EMAIL_TIMEOUT = 10
        yield found


@pytest.fixture
def three_mails(autorka, redaktorka, koordynatorka, koordynator2) -> None:
    submit(draft_of(autorka, "Szkolenie"), autorka)
