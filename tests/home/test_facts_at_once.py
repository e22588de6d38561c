"""A fact that is approved while others read, on PostgreSQL: both languages and the search change at one moment."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils.translation import override

from approval import emergency, publish_guard, roles
from approval.refusals import RefusedError
from home import facts
from home.cache import generation
from search.index import get_index
from tests import factories
from tests.approval.test_races import at_once
from tests.home.test_facts import SAID, body_with
from tests.home.test_search_at_once import one_after_the_other
from tests.workflow import fresh, person

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time: no race there"),
    pytest.mark.django_db(transaction=True),
]
SEARCHES = True
MAKES_ITS_OWN_PAGES = True  # and commits them


def known(pages: list[Any]) -> list[bool]:
    """Whether the search knows the new words, of each page."""
    stored = get_index().stored([page.pk for page in pages])
    return ["nowe" in str(stored[page.pk]) for page in pages]


def values(fact: Any) -> list[str]:
    return [facts.shown(fact.pk, code).value for code in ("pl", "en")]


def test_whoever_reads_sees_all_of_a_new_fact_or_nothing_of_it():
    fact = factories.fact(**SAID)
    body = body_with(fact)
    pages = [factories.standard_page(body=body), factories.standard_page(body=body, language="en")]
    draft = fact.latest_revision.as_object()
    words = list(draft.words.all())
    for one in words:
        one.value = "nowe"
    draft.words = words
    revision = draft.save_revision()
    is_done, may_end = threading.Event(), threading.Event()
    number = generation()

    def approves() -> None:
        with transaction.atomic():
            with publish_guard.trusted_command("tests"):
                revision.publish()
            is_done.set()
            assert may_end.wait(30)

    def reads() -> None:
        assert is_done.wait(30)
        assert (values(fact), known(pages), generation()) == (["10", "ten"], [False, False], number)
        may_end.set()

    assert at_once(approves, reads) == [None, None]
    assert (values(fact), known(pages)) == (["nowe", "nowe"], [True, True])
    assert generation() > number
    assert fresh(fact).live


# --- Taken down while a text with it goes live


@pytest.fixture
def coordinator(db: None) -> Any:
    return person("koordynatorka", roles.COORDINATORS)


def until(is_so: Callable[[], bool]) -> None:
    for _look in range(300):
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError("It never comes")


def in_an_emergency(text: Any, coordinator: Any) -> Callable[[], Any]:
    """Past all steps, and so past what keeps the fact of a text that was sent."""
    return lambda: emergency.publish(text, coordinator, "Powódź: zbiórka odwołana.", text.latest_revision_id)


@pytest.mark.parametrize("kind", [factories.standard_page, factories.news])
def test_a_text_whose_fact_is_taken_down_once_it_was_checked_does_not_go_live(coordinator, monkeypatch, kind):
    fact = factories.fact(**SAID)
    text = fresh(kind(body=body_with(fact), live=False))
    allow, is_checked = publish_guard.allow, threading.Event()

    def allows_when_it_is_down(*asked: Any) -> Any:
        is_checked.set()
        until(lambda: not fresh(fact).live)
        return allow(*asked)

    def goes_live() -> None:
        with override("en"), pytest.raises(RefusedError, match="“Ilu inicjatorów”, which is not public any more"):
            in_an_emergency(text, coordinator)()

    def takes_down() -> None:
        assert is_checked.wait(30)
        fact.unpublish()

    monkeypatch.setattr(publish_guard, "allow", allows_when_it_is_down)
    assert at_once(goes_live, takes_down) == [None, None]
    assert (fresh(fact).live, fresh(text).live) == (False, False)


@pytest.mark.parametrize("way", ["unpublish", "delete"])
def test_a_fact_whose_text_goes_live_at_this_moment_is_not_taken_away(coordinator, way):
    fact = factories.fact(**SAID)
    text = fresh(factories.standard_page(body=body_with(fact), live=False))

    def comes_second() -> None:
        with pytest.raises(RefusedError, match=text.title):
            getattr(fact, way)()

    one_after_the_other(in_an_emergency(text, coordinator), comes_second)
    assert (fresh(fact).live, fresh(text).live) == (True, True)


def test_two_texts_with_the_same_facts_in_another_order_never_wait_in_a_circle(coordinator):
    first, second = factories.fact(**SAID), factories.fact(**SAID)
    texts = [
        fresh(factories.standard_page(body=body_with(*shown), live=False))
        for shown in ((first, second), (second, first))
    ]
    results = at_once(*(in_an_emergency(text, coordinator) for text in texts))
    assert not [result for result in results if isinstance(result, Exception)]
    assert all(fresh(text).live for text in texts)
