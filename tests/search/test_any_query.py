"""Whatever anybody sends as a query, from however many threads: an answer, in a bounded time."""

import os
import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search.analysed import analysed
from search.database import DatabaseIndex, backend
from search.documents import Document, Passage
from search.index import get_index
from search.querying import query_for
from search.searching import search, suggest

EXAMPLES = int(os.environ.get("SEARCH_QUERIES", "150"))
"""10,000 before a release: SEARCH_QUERIES=10000 pytest tests/search/test_any_query.py"""
WORDS = re.split(" ", "rada osiedla konkurs gala sąsiedztwo porada Kraków 2026 6 stycznia KDO wniosek park dzielnica")
OPERATORS = re.split(
    "  ", """AND  OR  NOT  NEAR(a b, 2)  ^rada  rada*  -rada  terms:rada  "rada  '  ;  --  {a b}  %s  <->  !  :*"""
)
OTHERS = ["\0", "\ud7ff", "\u202e", "שלום", "مرحبا", "🎉", "👩‍👩‍👧", "ﬁ", "İ", "ß", "ﷺ", "e" + "\u0301" * 50, "\\"]
ODD = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from([*WORDS, *OPERATORS, *OTHERS]), max_size=30).map(" ".join),
    st.lists(st.sampled_from([*OPERATORS, *OTHERS]), max_size=30).map("".join),
)


def documents(count: int) -> list:
    texts = [" ".join(WORDS[(number * step) % len(WORDS)] for step in range(1, 9)) for number in range(count)]
    return [
        analysed(Document(900_000 + number, "pl", text[:30], (text[5:40],), (Passage(text),)))
        for number, text in enumerate(texts)
    ]


@pytest.mark.django_db
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@example("a" * 10_000)
@example("rada " * 2_000)
@example("\0" * 200)
@given(words=ODD)
def test_any_string_is_answered(words):
    if not DatabaseIndex().current([900_000]):
        DatabaseIndex().write(documents(20))
    with transaction.atomic():  # a statement that failed would leave the transaction broken
        search(words, "pl", filters={"kind": words, "year": words}, number=words, order=words)
        suggest(words, "pl")


@pytest.mark.django_db
def test_a_search_that_takes_too_long_is_broken_off_and_says_so(monkeypatch):
    index = DatabaseIndex()
    index.write(documents(60))
    query = query_for("rada", "pl")
    monkeypatch.setattr(index.engine, "entries", _slow(index.engine.entries))
    monkeypatch.setattr(backend, "SECONDS", 0.2)
    monkeypatch.setattr(backend, "SECONDS_MORE", 0.1)
    began = time.monotonic()
    found = index.find(query, 0, 10)
    assert found.is_cut
    assert found.count == len(found.keys) <= 10  # what titles alone tell, if there is time for that
    assert time.monotonic() - began < 30  # without bounds it takes hours
    monkeypatch.undo()
    assert index.find(query, 0, 10).count  # and the connection is as it was


def _slow(entries: str) -> str:
    """Each hit with each other and each other."""
    if connection.vendor == "postgresql":
        return entries.replace("search_entry e", "(SELECT e.*, pg_sleep(1) FROM search_entry e) AS e")
    return entries.replace(
        "search_terms CROSS JOIN", ", ".join(f"search_entry e{n}" for n in range(5)) + ", search_terms CROSS JOIN"
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="the database of tests on SQLite is in the memory of one connection"
)
def test_eight_threads_get_the_answers_of_one():
    get_index().write(documents(60))
    queries = [
        " ".join(WORDS[(number * step) % len(WORDS)] for step in range(1, 2 + number % 3)) for number in range(1_000)
    ]

    def answer(words: str) -> tuple:
        results = search(words, "pl")
        found = get_index().find(query_for(words, "pl"), 0, 100)
        return results.spelling, results.is_any, results.hits.paginator.count, tuple(found.keys), found.count

    def one_thread(part: list[str]) -> list[tuple]:
        try:
            return [answer(words) for words in part]
        finally:
            connection.close()

    alone = [answer(words) for words in queries]
    with ThreadPoolExecutor(8) as pool:
        parts = list(pool.map(one_thread, [queries[number::8] for number in range(8)]))
    together = [parts[number % 8][number // 8] for number in range(len(queries))]
    assert together == alone
    assert sum(bool(one[2]) for one in alone) > 900
