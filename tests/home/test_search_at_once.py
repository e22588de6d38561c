"""Two who write into the search index at the same moment, on PostgreSQL: it says what was committed last."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction

from home import file_texts
from home.models import FileText, SiteDocument
from news.models import NewsAttachment
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


def test_words_that_two_replace_or_remove_at_once_are_subtracted_once() -> None:
    def writes(title: str, key: int = 10**9) -> Callable[[], None]:
        return lambda: get_index().write([analysed(Document(key=key, language="pl", title=title))])

    writes("pierwszoławka")()
    one_after_the_other(writes("drugoławka"), writes("trzecioławka"))
    one_after_the_other(lambda: get_index().remove([10**9]), lambda: get_index().remove([10**9]))
    writes("pierwszoławka drugoławka trzecioławka", 10**9 + 1)()
    words = get_index().words("pl")
    assert [words.get(word) for word in ("pierwszoławka", "drugoławka", "trzecioławka")] == [1, 1, 1]
