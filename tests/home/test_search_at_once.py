"""Two who write into the search index at the same moment, on PostgreSQL: it says what was committed last."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from taggit.models import Tag

from approval.locks import locked
from home import file_texts
from home.models import FileText, SiteDocument
from news.models import NewsAttachment
from search import indexing
from search.analysed import analysed
from search.documents import Document
from search.index import get_index
from tests import factories
from tests.approval.test_races import at_once
from tests.home import files
from tests.workflow import fresh

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time: no race there"),
    pytest.mark.django_db(transaction=True),
]
SEARCHES = True
MAKES_ITS_OWN_PAGES = True  # and commits them


def one_after_the_other(first: Callable[[], Any], second: Callable[[], Any]) -> None:
    """`second` begins when `first` is done and hasn't committed, and has to wait for it."""
    is_done = threading.Event()

    def commits_late() -> None:
        with transaction.atomic():
            first()
            is_done.set()
            _until_somebody_waits()

    def comes_then() -> None:
        assert is_done.wait(30)
        second()

    assert at_once(commits_late, comes_then) == [None, None]


def _until_somebody_waits() -> None:
    for _look in range(300):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
            if cursor.fetchone():
                return
        time.sleep(0.05)
    raise AssertionError("Nobody waits")


def test_the_text_of_a_file_that_is_read_meanwhile_brings_no_older_text_back() -> None:
    file = ContentFile(files.odt("<text:p>Ławki w parku</text:p>"), "uchwala.odt")
    document = SiteDocument.objects.create(title="Uchwała", file=file)
    page: Any = factories.news(title="Dawny tytuł", live=False)
    page.attachment_items = [NewsAttachment(document=document)]
    factories.publish(page)
    get_index().remove([page.pk])

    def publishes() -> None:
        again = fresh(page)
        again.title = "Nowy tytuł"
        factories.publish(again)

    def reads() -> None:
        FileText.objects.all().delete()
        file_texts.read.call(document.pk)

    file_texts.read.call(document.pk)
    one_after_the_other(publishes, reads)
    known = get_index().stored([page.pk])[page.pk]
    assert known.title == "Nowy tytuł"
    assert "Ławki w parku" in [passage.text for passage in known.passages]


def never_in_a_circle(publishes: Callable[[int], Any], meanwhile: Callable[[], Any]) -> None:
    """`publishes(0)`, then `meanwhile` beside it until it waits or is done, then `publishes(1)`, and all of it ends."""
    is_begun, is_over = threading.Event(), threading.Event()

    def two_steps() -> None:
        with transaction.atomic():
            publishes(0)
            is_begun.set()
            for _look in range(100):
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
                    if is_over.is_set() or cursor.fetchone():
                        break
                time.sleep(0.05)
            publishes(1)

    def beside() -> None:
        assert is_begun.wait(30)
        meanwhile()
        is_over.set()

    assert at_once(two_steps, beside) == [None, None]


def test_what_is_released_in_one_order_may_be_renamed_in_another() -> None:
    """The index writes pages by their numbers, a release publishes those further up first."""
    topic = Tag.objects.create(name="Ławki")
    pages: list[Any] = [factories.news(title=f"Wiadomość {number}", live=False) for number in range(2)]
    for page in pages:
        page.tags.add(topic.name)
        factories.publish(page)
    later_first = [pages[1], pages[0]]

    def publishes(step: int) -> None:
        if not step:
            for page in pages:
                locked(page)
        again = fresh(later_first[step])
        again.title = f"Nowy tytuł {step}"
        factories.publish(again)

    def renames() -> None:
        with transaction.atomic():
            again = Tag.objects.get(pk=topic.pk)
            again.name = "Siedziska"
            again.save()

    never_in_a_circle(publishes, renames)
    for place, page in enumerate(later_first):
        known = get_index().stored([page.pk])[page.pk]
        assert known.title == f"Nowy tytuł {place}" and "Siedziska" in known.subjects


def test_a_release_below_two_fronts_may_cross_the_index_written_anew() -> None:
    """Each lists the page above beside the page, and the index goes by depth and number."""
    below: list[Any] = [factories.member(title="Fundacja"), factories.news(title="Wiadomość")]
    fronts = [page.get_parent() for page in below]
    assert below[0].depth == below[1].depth and below[0].pk < below[1].pk and fronts[0].pk > fronts[1].pk
    keys = [page.pk for page in (*fronts, *below)]
    never_in_a_circle(lambda step: locked(below[step]), lambda: indexing.update_locked(keys, anew=True))


def test_words_that_two_replace_or_remove_at_once_are_subtracted_once() -> None:
    def writes(title: str, key: int = 10**9) -> Callable[[], None]:
        return lambda: get_index().write([analysed(Document(key=key, language="pl", title=title))])

    writes("pierwszoławka")()
    one_after_the_other(writes("drugoławka"), writes("trzecioławka"))
    one_after_the_other(lambda: get_index().remove([10**9]), lambda: get_index().remove([10**9]))
    writes("pierwszoławka drugoławka trzecioławka", 10**9 + 1)()
    words = get_index().words("pl")
    assert [words.get(word) for word in ("pierwszoławka", "drugoławka", "trzecioławka")] == [1, 1, 1]
