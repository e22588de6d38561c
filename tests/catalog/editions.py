"""Editions for the tests: made as a coordinator makes them, with the job that follows."""

from typing import Any

from django.urls import reverse

from catalog.editions import beginning
from catalog.models import Edition, EditionsPage
from catalog.tasks import make_edition
from tests import factories
from tests.workflow import fresh

TEXT = (
    "<h2>Co zrobić najpierw</h2><p>Zadzwońcie do <b>urzędu</b> i <a href='https://example.org/a?b=1&amp;c=2'>zapytajcie"
    "</a>. To <span lang='en'>good practice</span>.</p><ul><li>numer sprawy</li><li>data</li></ul>"
)
TABLE = {
    "data": [["Pytanie", "Odpowiedź"], ["Ile osób?", "sześć"]],
    "first_row_is_table_header": True,
    "first_col_is_header": True,
    "table_caption": "Pytania",
}
BODY = [
    ("text", TEXT),
    ("callout", {"tone": "warning", "title": "Uwaga na terminy", "text": "<p>Termin minął.</p>"}),
    ("steps", [{"title": "Krok", "time": "tydzień 1", "text": "<p>Piszcie.</p>"}]),
    ("accordion", [{"title": "Czy to płatne?", "text": "<p>Nie.</p>"}]),
    ("table", TABLE),
    ("quote", {"text": "Rozmawiajmy.", "author": "Joanna Wierzba", "role": "sekretarz"}),
]


def chapters() -> list[Any]:
    return [
        factories.chapter(title="Po co KDO", slug="po-co", part="understand", body=BODY),
        factories.chapter(title="Wniosek", slug="wniosek", part="apply", body=[("text", "<p>Piszcie krótko.</p>")]),
    ]


def begun(user: Any, number: str = "1.2", language: str = "pl") -> Edition:
    """Frozen, and without its files."""
    return beginning.begin(user, number=number, language=language, date=factories.day(), notes="Nowy rozdział.")


def made(user: Any, number: str = "1.2", language: str = "pl") -> Edition:
    """A draft with both files."""
    edition = begun(user, number, language)
    make_edition.func(edition.build.pk)
    return fresh(edition)


def newest(edition: Edition) -> Edition:
    return fresh(edition).get_latest_revision_as_object()


def page(language: str = "pl") -> EditionsPage:
    return EditionsPage.objects.child_of(factories.section("catalog", language)).get()


def editions_url(name: str, *args: Any) -> str:
    return reverse(Edition.snippet_viewset.get_url_name(name), args=args)
