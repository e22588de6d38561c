"""Eight threads that search the demo at once get the answers that one gets: none disturbs another."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from search.index import get_index
from search.searching import search, suggest
from tests import demo as content
from tests.rig import migrated as rig
from tests.search import queries

IS_POSTGRESQL = connection.vendor == "postgresql"
pytestmark = pytest.mark.django_db(transaction=IS_POSTGRESQL)
QUERIES = queries.MANY or 200
THREADS = 8


@pytest.fixture(scope="module")
def kept(kept_demo, django_db_setup, django_db_blocker, tmp_path_factory) -> Path:
    """The folder with the demo; on PostgreSQL it may be missing."""
    if not IS_POSTGRESQL and not kept_demo.exists():
        with django_db_blocker.unblock(), content.in_memory(kept_demo, tmp_path_factory.mktemp("before")):
            pass
    return kept_demo


@pytest.fixture
def committed(kept, db, monkeypatch, tmp_path) -> Iterator[None]:
    """The demo, as each connection sees it that a thread opens."""
    if IS_POSTGRESQL:
        if kept.exists():
            with transaction.atomic():  # rows may come before those that they lead to
                content.bring_rows(kept)
            call_command("rebuild_search_index", verbosity=0)
        else:
            content.load()
    else:  # the database of tests is in the memory of one connection: threads get a file
        rig.copy(kept / content.DATABASE, tmp_path / content.DATABASE)
        monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / content.DATABASE))
    content.forget()
    yield
    content.forget()


def answer(words: str) -> tuple:
    """All that the results page and the suggestions show."""
    found = search(words, "pl")
    return (
        [(hit.page.pk, hit.title, hit.passage, hit.source) for hit in (*found.hits, *found.elsewhere)],
        [(choice.query, choice.count) for one in found.filters for choice in one.choices],
        (found.hits.paginator.count, found.spelling, found.is_any, found.is_cut, found.nearest),
        [(one.text, one.url) for one in suggest(words, "pl")],
    )


def answers(asked: list[str]) -> list[tuple]:
    """By a thread that has a connection of its own."""
    try:
        return [answer(words) for words in asked]
    finally:
        connection.close()


def vocabulary() -> list[str]:
    try:
        return list(get_index().words("pl"))
    finally:
        connection.close()


def test_eight_threads_get_the_answers_of_one(committed):
    with ThreadPoolExecutor(1) as one:
        asked = queries.of_words(one.submit(vocabulary).result(), QUERIES)
        alone = one.submit(answers, asked).result()
    with ThreadPoolExecutor(THREADS) as pool:
        parts = list(pool.map(answers, [asked[number::THREADS] for number in range(THREADS)]))
    together = [parts[number % THREADS][number // THREADS] for number in range(QUERIES)]
    assert together == alone
    assert sum(bool(found) for found, *_rest in alone) > 0.9 * QUERIES
