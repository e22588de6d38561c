"""What stands on paper: since when a page reads as it does, whatever of it was approved elsewhere."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from catalog.models import CatalogIndexPage, ChapterPage, DocumentTemplate, GlossaryTerm
from home.cache import raise_now
from home.models import Fact
from tests import factories
from tests.reading import document

pytestmark = pytest.mark.django_db
LONG_AGO, LATELY = (timezone.now() - timedelta(days=days) for days in (400, 40))


def printed(client: Any, address: str) -> str:
    return document(client.get(address)).xpath("//p[contains(@class, 'print-line')]")[0].text_content()


def published(row: Any, at: datetime) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(last_published_at=at)
    raise_now()


def everything_is_old(*models: Any) -> None:
    for model in models:
        model._default_manager.update(last_published_at=LONG_AGO)
    raise_now()


def day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j E Y")


@pytest.fixture
def term(tree) -> Any:
    return factories.term("radny")


@pytest.fixture
def fact(tree) -> Any:
    return factories.fact(pl={"label": "Kworum", "value": "15"}, en={"label": "Quorum", "value": "15"})


@pytest.fixture
def chapter(term, fact) -> ChapterPage:
    words = (
        f'<p><a linktype="term" id="{term.pk}">radny</a> <embed embedtype="fact" format="value" id="{fact.pk}"/></p>'
    )
    return factories.chapter(title="Wniosek", slug="wniosek", body=[("text", words)])


PAGES = [
    "/katalog/",
    "/katalog/wniosek/",
    "/katalog/calosc/",
    "/katalog/slownik/",
    "/katalog/wzory/",
]
SHOWS = {
    "chapter": PAGES[:3],
    "term": PAGES[1:4],
    "fact": PAGES[1:3],
    "template": PAGES[4:],
}


@pytest.mark.parametrize("kind", SHOWS)
def test_each_page_is_as_new_as_the_newest_of_what_it_shows(client, chapter, term, fact, kind):
    rows = {"chapter": chapter, "term": term, "fact": fact, "template": factories.document_template()}
    everything_is_old(ChapterPage, GlossaryTerm, Fact, DocumentTemplate, CatalogIndexPage)
    for page in factories.section("catalog").get_children():
        published(page, LONG_AGO)
    published(rows[kind], LATELY)
    new = {address for address in PAGES if day(LATELY) in printed(client, address)}
    assert new == set(SHOWS[kind])
    assert all(day(LONG_AGO) in printed(client, address) for address in set(PAGES) - new)


def test_a_term_in_another_language_makes_no_page_newer(client, chapter, term):
    everything_is_old(ChapterPage, GlossaryTerm, Fact)
    factories.term("councillor", language="en", translates=term)
    assert day(LONG_AGO) in printed(client, "/katalog/wniosek/")


def test_a_warm_page_asks_nothing_for_it(client, chapter, django_assert_num_queries):
    client.get("/katalog/wniosek/")
    page = ChapterPage.objects.get(pk=chapter.pk)
    _known = page.reads_since
    with django_assert_num_queries(1):  # the generation
        assert page.reads_since
