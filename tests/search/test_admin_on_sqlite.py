"""On SQLite the admin's search is no dearer for each hit where there are many, and finds the same in the same order."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from wagtail.documents import get_document_model
from wagtail.search.backends import get_search_backend
from wagtail.search.query import PlainText

if connection.vendor != "sqlite":
    pytest.skip("PostgreSQL has Wagtail's own", allow_module_level=True)

from modelsearch.backends.database.sqlite.sqlite import SQLiteAutocompleteQueryCompiler, SQLiteSearchQueryCompiler

from search.admin.sqlite import SearchBackend, TermsMixin

pytestmark = pytest.mark.django_db


def documents(*titles: str) -> None:
    model = get_document_model()
    made = model.objects.bulk_create(model(title=title, file="words.pdf") for title in titles)
    get_search_backend().add_bulk(model, made)


def work(do: Callable[[], Any]) -> int:
    """How many hundreds of steps SQLite takes."""
    steps: list[None] = []
    connection.ensure_connection()
    connection.connection.set_progress_handler(lambda: steps.append(None), 100)
    try:
        do()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return len(steps)


def test_four_times_the_hits_cost_four_times_the_work():
    found = get_document_model().objects.all()

    def ask() -> None:
        assert len(found.autocomplete("protok")[:20]) == 20
        assert len(found.search("rady")[:20]) == 20

    documents(*(f"Protokół rady {number}" for number in range(50)))
    few = work(ask)
    documents(*(f"Protokół rady {number}" for number in range(50, 200)))
    assert work(ask) < 6 * few


class AsWagtailSearches(SearchBackend):
    """Our terms in Wagtail's own query."""

    query_compiler_class = type("Compiler", (TermsMixin, SQLiteSearchQueryCompiler), {})
    autocomplete_query_compiler_class = type("Beginnings", (TermsMixin, SQLiteAutocompleteQueryCompiler), {})


@pytest.mark.parametrize(
    "words",
    [
        "rady",
        "rady dzielnicy",
        PlainText("protokół") | PlainText("statut"),
        PlainText("rady") & ~PlainText("statut"),
        ~PlainText("statut"),
    ],
)
def test_it_finds_what_wagtail_finds_in_the_same_order(words):
    documents("Protokół rady", "Statut rady dzielnicy", "Rada: protokół rady dzielnicy i protokół rady", "Inne")
    for asked in ("search", "autocomplete"):
        ours, wagtails = (
            getattr(backend({}), asked)(words, get_document_model()) for backend in (SearchBackend, AsWagtailSearches)
        )
        for shown in (slice(None), slice(1, 2)):
            assert [found.pk for found in ours[shown]] == [found.pk for found in wagtails[shown]]
        assert ours.count() == wagtails.count()
        scores = [  # of what does not match there is none
            [getattr(found, "score", None) for found in results.annotate_score("score")] for results in (ours, wagtails)
        ]
        assert scores[0] == scores[1]
