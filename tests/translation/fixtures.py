"""A live Polish text, and its English translation in every state."""

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Locale

from home.models import StandardPage
from news.models import NewsPage
from tests import factories
from tests.workflow import fresh, publish_properly
from translation import drafts, freshness
from translation.freshness import State

ENGLISH = "What the approved text says, in English"
FIRST = "Pierwszy akapit mówi o sąsiadach z podwórka."
SECOND = 'Drugi akapit mówi o <b>drzewach</b> i o <a linktype="page" id="{home}">domu</a> obok.'
PARAGRAPHS = "<p>Pierwszy akapit o sąsiadach.</p><p>Drugi akapit o podwórku i <b>drzewach</b>.</p>"


def state_of(translation: Any) -> State:
    """Where a translation stands against its original."""
    return freshness.pair_of(fresh(translation)).state


@pytest.fixture
def english(db: None) -> Locale:
    return Locale.objects.get(language_code="en")


@pytest.fixture
def translated(live_page, tlumaczka, redaktorka, koordynatorka, english) -> NewsPage:
    """The English of `live_page`, approved and live."""
    page = drafts.begin(live_page, english, tlumaczka)
    draft = page.get_latest_revision_as_object()
    draft.title, draft.lead, draft.slug = "Live in English", ENGLISH, "live-in-english"
    draft.save_revision(user=tlumaczka, log_action=True)
    return publish_properly(fresh(page), tlumaczka, redaktorka, koordynatorka)


@pytest.fixture
def change(live_page, autorka, redaktorka, koordynatorka) -> Callable[..., Any]:
    """`change(lead="…")`: the Polish text changes and is approved; `keeps=True` says that its meaning stays."""

    def act(keeps: bool = False, **fields: Any) -> Any:
        text = fresh(live_page).get_latest_revision_as_object()
        for name, value in fields.items():
            setattr(text, name, value)
        text.keeps_source_version = keeps
        text.save_revision(user=autorka, log_action=True)
        return publish_properly(fresh(live_page), autorka, redaktorka, koordynatorka)

    return act


# --- A page that stays, which is translated segment by segment


@pytest.fixture
def standard_original(autorka, redaktorka, koordynatorka) -> StandardPage:
    """A live Polish page of two paragraphs."""
    body = f"<p>{FIRST}</p><p>{SECOND.format(home=factories.home().pk)}</p>"
    page = StandardPage(title="Napisz do nas tutaj", slug="napisz", owner=autorka, body=[("text", body)])
    factories.grow(page, factories.home(), live=False)
    page.save_revision(user=autorka, log_action=True)
    return publish_properly(fresh(page), autorka, redaktorka, koordynatorka)


@pytest.fixture
def standard_draft(standard_original, tlumaczka, english) -> StandardPage:
    return drafts.begin(standard_original, english, tlumaczka)
