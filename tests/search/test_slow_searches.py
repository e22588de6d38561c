"""A search has its time, and no more."""

import time

import pytest
from django.db import connection

from search.analysed import analysed
from search.database import DatabaseIndex, backend
from search.documents import Document, Passage
from search.querying import query_for
from tests.search.queries import WORDS


def documents(count: int) -> list:
    texts = [" ".join(WORDS[(number * step) % len(WORDS)] for step in range(1, 9)) for number in range(count)]
    return [
        analysed(Document(900_000 + number, "pl", text[:30], (text[5:40],), (Passage(text),)))
        for number, text in enumerate(texts)
    ]


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
