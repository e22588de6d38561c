"""A live Polish text, and its English translation in every state."""

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Locale

from approval import roles
from home.models import StandardPage
from news.models import NewsPage
from tests import factories
from tests.workflow import fresh, person, publish_properly
from tests.workflow_fixtures import MAKERS
from translation import drafts, freshness
from translation.freshness import State

ENGLISH = "What the approved text says, in English"
FIRST = "Pierwszy akapit mówi o sąsiadach z podwórka."
SECOND = 'Drugi akapit mówi o <b>drzewach</b> i o <a linktype="page" id="{home}">domu</a> obok.'
PARAGRAPHS = "<p>Pierwszy akapit o sąsiadach.</p><p>Drugi akapit o podwórku i <b>drzewach</b>.</p>"


def state_of(translation: Any) -> State:
    """Where a translation stands against its original."""
    return freshness.pair_of(fresh(translation)).state


def into_english(original: Any) -> Any:
    """The draft of `original`: the one that is there, or a new one of tlumaczka."""
    english = Locale.objects.get(language_code="en")
    return fresh(drafts.begin(original, english, person("tlumaczka", roles.TRANSLATORS)))


def approved(page: Any, author: str = "autorka") -> Any:
    """`page` with its newest text approved by redaktorka and koordynatorka; sent by `author`."""
    reviewer, approver = person("redaktorka", roles.LANGUAGE_EDITORS), person("koordynatorka", roles.COORDINATORS)
    role = roles.TRANSLATORS if author == "tlumaczka" else roles.AUTHORS
    return publish_properly(fresh(page), person(author, role), reviewer, approver)


def changed(original: Any, keeps: bool = False, **fields: Any) -> Any:
    """Another text of `original`, approved; `keeps` says that its meaning stays."""
    text = fresh(original).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(text, name, value)
    text.keeps_source_version = keeps
    text.save_revision(user=person("autorka", roles.AUTHORS), log_action=True)
    return approved(original)


@pytest.fixture
def english(db: None) -> Locale:
    return Locale.objects.get(language_code="en")


# --- A news item


def news_pair() -> tuple[NewsPage, NewsPage]:
    """`live_page` and `translated`, for what is made once."""
    original = NewsPage.objects.filter(slug="live", locale=Locale.get_default()).first() or fresh(MAKERS["live"]())
    page = into_english(original)
    if page.live:
        return original, page
    draft = page.get_latest_revision_as_object()
    draft.title, draft.lead, draft.slug = "Live in English", ENGLISH, "live-in-english"
    draft.save_revision(user=page.owner, log_action=True)
    return original, approved(page, "tlumaczka")


@pytest.fixture(scope="module")
def shared_translation(module_tree: None) -> None:
    """Makes `live_page` and `translated` once for a module whose tests don't mind that both are there."""
    news_pair()


@pytest.fixture
def translated(live_page: NewsPage, tlumaczka, redaktorka, koordynatorka) -> NewsPage:
    """The English of `live_page`, approved and live."""
    return news_pair()[1]


@pytest.fixture
def change(live_page, autorka, redaktorka, koordynatorka) -> Callable[..., Any]:
    """`change(lead="…")`: the Polish text changes and is approved; `keeps=True` says that its meaning stays."""
    return lambda keeps=False, **fields: changed(live_page, keeps, **fields)


# --- A page that stays, which is translated segment by segment


def make_standard_original(title: str = "Napisz do nas tutaj", slug: str = "napisz") -> StandardPage:
    """A live Polish page of two paragraphs."""
    body = f"<p>{FIRST}</p><p>{SECOND.format(home=factories.home().pk)}</p>"
    author = person("autorka", roles.AUTHORS)
    page = StandardPage(title=title, slug=slug, owner=author, body=[("text", body)])
    factories.grow(page, factories.home(), live=False)
    page.save_revision(user=author, log_action=True)
    return approved(page)


def standard_pair() -> tuple[StandardPage, StandardPage]:
    """`standard_original` and `standard_draft`, for what is made once."""
    there = StandardPage.objects.filter(slug="napisz", locale=Locale.get_default()).first()
    original = there or make_standard_original()
    return original, into_english(original)


@pytest.fixture(scope="module")
def shared_standard_draft(module_tree: None) -> None:
    """Makes `standard_original` and `standard_draft` once for a module."""
    standard_pair()


@pytest.fixture
def standard_original(autorka, redaktorka, koordynatorka) -> StandardPage:
    return standard_pair()[0]


@pytest.fixture
def standard_draft(standard_original, tlumaczka) -> StandardPage:
    return standard_pair()[1]
