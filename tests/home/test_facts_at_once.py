"""A fact that is approved while others read, on PostgreSQL: both languages and the search change at one moment."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction

from approval import publish_guard
from home import facts
from home.cache import generation
from search.index import get_index
from tests import factories
from tests.approval.test_races import at_once
from tests.home.test_facts import SAID, body_with
from tests.workflow import fresh

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
