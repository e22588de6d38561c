"""People by role, and pages in every state, made through the real workflow."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from editorial import roles
from home.models import User
from news.models import NewsPage
from tests.editorial.mail_server import MailServer
from tests.editorial.newsroom import (
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


@pytest.fixture
def autorka(db: None) -> User:
    return person("autorka", roles.AUTHORS)


@pytest.fixture
def autor2(db: None) -> User:
    return person("autor2", roles.AUTHORS)


@pytest.fixture
def redaktorka(db: None) -> User:
    return person("redaktorka", roles.LANGUAGE_EDITORS)


@pytest.fixture
def koordynatorka(db: None) -> User:
    return person("koordynatorka", roles.COORDINATORS)


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


@pytest.fixture
def draft(autorka: User) -> NewsPage:
    """Written, submitted to nobody."""
    return draft_of(autorka, "Draft")


@pytest.fixture
def in_review(autorka: User) -> NewsPage:
    """Waits for the language editor."""
    page = draft_of(autorka, "In review")
    submit(page, autorka)
    return fresh(page)


@pytest.fixture
def in_approval(autorka: User, redaktorka: User) -> NewsPage:
    """Reviewed by redaktorka, waits for a coordinator."""
    page = draft_of(autorka, "In approval")
    submit(page, autorka)
    take_step(page, redaktorka)
    return fresh(page)


@pytest.fixture
def live_page(autorka: User, redaktorka: User, koordynatorka: User) -> NewsPage:
    """Written by autorka, reviewed by redaktorka, approved by koordynatorka; visitors see it."""
    return publish_properly(draft_of(autorka, "Live"), autorka, redaktorka, koordynatorka)


@pytest.fixture
def scheduled(autorka: User, redaktorka: User, koordynatorka: User) -> NewsPage:
    """Approved, and goes live by itself in an hour."""
    page = draft_of(autorka, "Scheduled", go_live_at=in_an_hour())
    return publish_properly(page, autorka, redaktorka, koordynatorka)


@pytest.fixture
def pages(request: pytest.FixtureRequest) -> Callable[[str], Any]:
    """`pages("live_page")`: a page by the name of its fixture, for parametrised tests."""
    return request.getfixturevalue


# --- Mail -----------------------------------------------------------------------------------


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
