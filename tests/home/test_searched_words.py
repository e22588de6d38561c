"""What people search for is counted without them: nothing is kept that may be about somebody, and all of it goes."""

import datetime
import importlib
import uuid

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from home import searched
from home.models import SearchedWords, UnknownWords
from search import statistics
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2027, 3, 15)


@pytest.fixture(autouse=True)
def nothing_gathered():
    statistics.take()
    yield
    statistics.take()


@pytest.fixture
def on(monkeypatch):
    """Searches of a day, written down at its end."""

    def write_down(day, *searches):
        monkeypatch.setattr(timezone, "localdate", lambda: day)
        for words, count in searches:
            statistics.note(words, "pl", count)
        searched.write_down()

    return write_down


def kept():
    return {row.words: (row.times, row.results) for row in SearchedWords.objects.all()}


def test_what_was_found_is_counted_in_its_month(on):
    on(TODAY, ("  NABÓR ", 3), ("nabór?", 2))
    on(TODAY + datetime.timedelta(days=1), ("nabór", 0))
    on(TODAY + datetime.timedelta(days=30), ("nabór", 1))
    rows = SearchedWords.objects.order_by("month").values_list("words", "times", "results", "last_day__day")
    assert list(rows) == [("nabór", 2, 0, 16), ("nabór", 1, 1, 14)]


@pytest.mark.parametrize("results", [0, 5])
def test_words_together_or_without_results_are_a_fingerprint_until_the_third_day(on, results):
    """The same person may ask ten times a day; a name that three days ask for stands in the newspapers."""
    for day in range(2):
        for _again in range(10):
            on(TODAY + datetime.timedelta(days=day), ("jan kowalski depresja", results))
    assert kept() == {}
    assert {len(row.fingerprint) for row in UnknownWords.objects.all()} == {64}
    assert "kowalski" not in str(list(UnknownWords.objects.values()))
    on(TODAY + datetime.timedelta(days=5), ("jan kowalski depresja", results))
    assert kept() == {"jan kowalski depresja": (3, results)}


def test_a_fingerprint_needs_the_key_of_the_site(settings):
    before = searched.fingerprint(("kowalski", "pl"))
    settings.SECRET_KEY = "another"
    assert searched.fingerprint(("kowalski", "pl")) != before


@pytest.mark.parametrize(
    "words",
    [
        *("jan@example.org", "jan @ example", "12 345 67 89 01", "+48 601 234 567", "85010112345"),
        *("a b c d e f g", "słowo" * 20, "", " \t", '"—"', "\x00\ud800", "🙂", "IBAN PL61 1090 1014"),
    ],
)
def test_what_may_be_about_somebody_is_not_even_gathered(words):
    statistics.note(words, "pl", 5)
    assert not statistics.take()


def test_robots_do_not_count_and_a_page_that_is_loaded_again_counts_once(on):
    for agent in ("Googlebot/2.1", "curl/8", ""):
        statistics.note("granty", "pl", 1, agent=agent)
    assert not statistics.is_waiting()
    for _again in range(5):
        statistics.note("granty", "pl", 1, agent="Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
    on(TODAY)
    assert kept() == {"granty": (1, 1)}


def test_whoever_makes_words_up_fills_neither_memory_nor_disk(on, monkeypatch):
    for number in range(statistics.MOST_QUERIES + 50):
        statistics.note(f"słowo{number}", "pl", 1)
    assert len(statistics.take()) == statistics.MOST_QUERIES
    monkeypatch.setattr(searched, "MOST_A_MONTH", 2)
    on(TODAY, *((f"słowo{number}", number % 2) for number in range(8)))
    on(TODAY, *((f"inne{number}", number % 2) for number in range(8)))
    assert SearchedWords.objects.count() == UnknownWords.objects.count() == 4  # what one minute brought, and no more


def test_all_of_it_is_forgotten_after_a_year(on, monkeypatch):
    on(TODAY, ("granty", 1), ("tajne", 0))
    for later, left in (
        (datetime.timedelta(days=59), (1, 1)),
        (datetime.timedelta(days=61), (1, 0)),
        (datetime.timedelta(days=350), (1, 0)),
        (datetime.timedelta(days=355), (0, 0)),
    ):
        monkeypatch.setattr(timezone, "localdate", lambda later=later: TODAY + later)
        call_command("forget_searched_words", verbosity=0)
        assert (SearchedWords.objects.count(), UnknownWords.objects.count()) == left, later


OF_WAGTAIL = "wagtailsearchpromotions"
TABLES = {
    "query": "query_string varchar(255)",
    "querydailyhits": f"query_id integer REFERENCES {OF_WAGTAIL}_query (id) DEFERRABLE INITIALLY DEFERRED",
    "searchpromotion": (
        f"query_id integer REFERENCES {OF_WAGTAIL}_query (id) DEFERRABLE INITIALLY DEFERRED,"
        " page_id integer REFERENCES wagtailcore_page (id) DEFERRABLE INITIALLY DEFERRED"
    ),
}


def test_what_an_administrator_once_promoted_can_be_deleted(client):
    page = factories.news()
    with connection.cursor() as cursor:
        for name, columns in TABLES.items():
            cursor.execute(f"CREATE TABLE {OF_WAGTAIL}_{name} (id integer PRIMARY KEY, {columns})")
        cursor.execute(f"INSERT INTO {OF_WAGTAIL}_query VALUES (1, 'moje nazwisko')")  # noqa: S608 - named here
        cursor.execute(f"INSERT INTO {OF_WAGTAIL}_querydailyhits VALUES (1, 1)")  # noqa: S608 - named here
        cursor.execute(f"INSERT INTO {OF_WAGTAIL}_searchpromotion VALUES (1, 1, %s)", [page.pk])  # noqa: S608 - named here
    MigrationRecorder(connection).record_applied(OF_WAGTAIL, "0001_initial")
    promoted = ContentType.objects.create(app_label=OF_WAGTAIL, model="searchpromotion")
    ReferenceIndex.objects.create(
        **dict.fromkeys(["content_type", "base_content_type"], promoted),
        **dict.fromkeys(["model_path", "content_path"], "page"),
        object_id="1",
        content_path_hash=uuid.uuid4(),
        to_content_type=ContentType.objects.get_for_model(Page),
        to_object_id=page.pk,
    )
    connection.check_constraints()  # as a transaction does that ends

    migration = importlib.import_module("home.migrations.0011_drop_search_promotions")
    for _time in range(2):  # the second finds no tables, as in a new database
        migration.drop(apps, connection.schema_editor())
    assert not [name for name in connection.introspection.table_names() if name.startswith(OF_WAGTAIL)]
    assert OF_WAGTAIL not in {app for app, _name in MigrationRecorder(connection).applied_migrations()}
    client.force_login(factories.person(None))
    assert client.get(reverse("wagtailadmin_pages:usage", args=[page.pk])).status_code == 200
    factories.remove(page)
    connection.check_constraints()
