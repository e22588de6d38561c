"""What every test may rely on: a database with the site set up, no network, files in a folder of their own."""

import contextlib
import gc
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings
from hypothesis import settings as hypothesis_settings

from search import spelling
from tests import demo
from tests.rig import migrated as rig
from tests.rig import restored

# The clock of a busy machine is no finding, and a failure must come back at the next run.
hypothesis_settings.register_profile("site", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis_settings.load_profile("site")

# Django, Wagtail and what a test makes are many objects that refer to each other: looking through them all again and
# again for what nobody needs takes one second in sixteen.
gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Tests of one class or module go to one process, and so do all of the folder that loads the demo content.

    A browser test goes alone: it shares with others only what each process has.
    """
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 - xdist may be missing

    class ByScope(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            if nodeid.startswith(ALONE):
                return nodeid
            return TOGETHER if nodeid.startswith(TOGETHER) else super()._split_scope(nodeid)

    config.option.loadscopereorder = False  # it would begin with what has most tests, and end with one long walk
    return ByScope(config, log)


pytest_plugins = ["tests.workflow_fixtures", "tests.translation.fixtures"]

TOGETHER, ALONE = "tests/whole_site/", "tests/e2e/"
LONG = (
    "tests/approval/test_random_walk.py",
    "tests/approval/test_races.py",
    TOGETHER,
    "tests/e2e/test_newsroom.py",
    "tests/e2e/test_translation.py",
    "tests/e2e/test_policy.py",
)
"""What takes longest comes first, in this order, so that no process ends with it alone."""

BOTH_DATABASES = (
    "tests/home/test_facts.py",
    "tests/home/test_facts_at_once.py",
    "tests/home/test_facts_crawl.py",
    "tests/catalog/test_handbook.py",
    "tests/coalition/test_listing.py",
    "tests/approval/test_archive.py::test_an_archived",
    "tests/approval/test_archive.py::test_archive_",
    "tests/approval/test_archive.py::test_bulk_deletion",
    "tests/approval/test_archive.py::test_moving",
    "tests/approval/test_archive.py::test_shell",
    "tests/approval/test_archive.py::test_versions",
    "tests/approval/test_archive.py::test_what_was_public",
    "tests/approval/test_claims.py::test_taking_twice",
    "tests/approval/test_claims.py::test_the_second_person",
    "tests/approval/test_deadlines.py::test_a_whole_desk",
    "tests/approval/test_deadlines.py::test_overdue",
    "tests/approval/test_ledger.py::test_ledger",
    "tests/approval/test_ledger.py::test_names_stay",
    "tests/approval/test_ledger.py::test_proof",
    "tests/approval/test_ledger.py::test_publication",
    "tests/approval/test_ledger.py::test_report",
    "tests/approval/test_legitimate_ways.py::test_an_author_deletes",
    "tests/approval/test_legitimate_ways.py::test_author_review",
    "tests/approval/test_legitimate_ways.py::test_autosave",
    "tests/approval/test_legitimate_ways.py::test_one_coordinator",
    "tests/approval/test_legitimate_ways.py::test_the_settings",
    "tests/newsroom/test_dashboard.py::test_late_texts",
    "tests/notifications/test_mail.py::test_a_changed_day",
    "tests/notifications/test_mail.py::test_a_decision_that_is_rolled_back",
    "tests/notifications/test_mail.py::test_a_text_submitted_again",
    "tests/notifications/test_mail.py::test_the_name_of_each_kind",
    "tests/notifications/test_mail.py::test_the_same_event",
    "tests/notifications/test_outbox.py::test_a_digest",
    "tests/notifications/test_outbox.py::test_a_letter",
    "tests/notifications/test_outbox.py::test_a_mail",
    "tests/notifications/test_outbox.py::test_a_row",
    "tests/notifications/test_outbox.py::test_a_worker",
    "tests/approval/test_races.py",
    "tests/approval/test_release.py::TestBothAreApprovedForATime",
    "tests/approval/test_release.py::TestOneIsApproved::test_nothing_is_deleted",
    "tests/approval/test_release.py::TestOneIsApproved::test_what_everybody",
    "tests/approval/test_release.py::test_a_public_text_that_ends",
    "tests/approval/test_release.py::test_a_step_can_be_taken",
    "tests/approval/test_release.py::test_the_last_approval",
    "tests/approval/test_release_races.py",
    "tests/approval/test_schedule.py::test_approved_time",
    "tests/approval/test_schedule.py::test_end_date",
    "tests/approval/test_schedule.py::test_one_refused",
    "tests/approval/test_schedule.py::test_withdrawal",
    "tests/approval/test_timeline.py::test_a_text_that_was_sent_again",
    "tests/approval/test_timeline.py::test_many_saves",
    "tests/approval/test_timeline.py::test_saves",
    "tests/approval/test_timeline.py::test_who_wrote",
    "tests/approval/test_times.py::test_the_time_of_what_is_approved",
    "tests/approval/test_times.py::test_two_texts",
    "tests/approval/test_undo.py::test_only_the_version",
    "tests/approval/test_undo.py::test_the_text_before",
    "tests/newsroom/test_under_way.py::test_filters",
    "tests/newsroom/test_under_way.py::test_nonsense",
    "tests/newsroom/test_under_way.py::test_the_own_ones",
    "tests/newsroom/test_under_way.py::test_what_is_overdue",
    "tests/notifications/test_workers.py",
    "tests/operations/test_backup.py",
    "tests/newsroom/test_translation_panels.py::test_a_full_heap",
    "tests/newsroom/test_translation_panels.py::test_upcoming",
    "tests/newsroom/test_translation_panels.py::test_what_came_back",
    "tests/translation/test_memory.py::test_a_long_paragraph",
    "tests/translation/test_memory.py::test_in_one_place",
    "tests/translation/test_memory.py::test_nothing_is_read_again",
    "tests/translation/test_memory.py::test_the_command",
    "tests/translation/test_report.py::test_every_state",
    "tests/translation/test_report.py::test_filters",
    "tests/translation/test_report.py::test_states",
    "tests/events/test_listing.py",
    "tests/home/test_alphabet.py",
    "tests/home/test_search_documents.py::test_a_pair",
    "tests/home/test_search_documents.py::test_the_text_of_a_file",
    "tests/home/test_search_documents.py::test_what_is",
    "tests/home/test_setup_site.py::test_on_an_empty_database",
    "tests/home/test_tree.py",
    "tests/news/test_listing.py",
    "tests/search/",
    "tests/scripts/test_new_database.py",
    "tests/test_bad_input.py::TestNews",
    "tests/whole_site/test_any_query.py",
    "tests/whole_site/test_first_pages.py",
    "tests/whole_site/test_load_demo.py::test_every_entry",
    "tests/whole_site/test_load_demo.py::test_a_deleted_page",
    "tests/whole_site/test_load_demo.py::test_a_second_run",
    "tests/whole_site/test_load_demo.py::test_generated_news",
    "tests/whole_site/test_rendering.py::test_every_page_answers",
)
"""What a database decides: order, search, filters, reports, locks, what fits into a column, what a rollback undoes.

What only passes through (forms, templates, words, who may do what) is the same on both; `make test-all` asks anyway.
"""


SEARCHING = ("tests/search/", "tests/e2e/", "tests/whole_site/")
"""Where the index of the search follows each publication. Elsewhere a module says `SEARCHES = True`."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Reads no file of which the `-m` of `make test` wants nothing: reading all of them takes a while."""
    if not collection_path.name.startswith("test_"):
        return None
    name = collection_path.relative_to(config.rootpath).as_posix()
    is_wanted = {
        "e2e": name.startswith(ALONE),
        "not e2e": not name.startswith(ALONE),
        "both_databases": name.startswith(tuple(one.partition("::")[0] for one in BOTH_DATABASES)),
    }
    return not is_wanted.get(config.option.markexpr, True) or None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sorts and marks the tests as the two lists say."""
    items.sort(key=lambda item: next((n for n, name in enumerate(LONG) if item.nodeid.startswith(name)), len(LONG)))
    for item in items:
        if item.nodeid.startswith(BOTH_DATABASES):
            item.add_marker("both_databases")


def pytest_collection_finish() -> None:
    """What was imported stays until the end: looking for garbage need not go through it."""
    gc.collect()
    gc.freeze()


# --- The database ---------------------------------------------------------------------------


@pytest.fixture(scope="session")
def migrated(request: pytest.FixtureRequest) -> Path:
    """A file with the migrated database, or the place for it (tests/rig/migrated.py)."""
    return rig.kept(request.config.rootpath, request.config.cache.mkdir("migrated"))


@pytest.fixture(scope="session")
def kept_demo(request: pytest.FixtureRequest) -> Path:
    """A folder with the demo content, or the place for it (tests/demo.py)."""
    return demo.folder_of(request.config.rootpath, request.config.cache.mkdir("demo"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, migrated) -> Iterator[None]:
    """Just before Django makes the test database in memory, there is one already, migrated in an earlier run."""
    with rig.opened(rig.IN_MEMORY):
        if migrated.exists() and connection.vendor == "sqlite":
            rig.copy(migrated, rig.IN_MEMORY)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, migrated, django_db_blocker) -> Iterator[None]:
    """After the migrations, `setup_site`: every test finds both languages, both trees, roles and workflow.

    Tests roll back to this state. On PostgreSQL a test with `transaction=True` may commit, and the database is put
    back as a whole (tests/rig/restored.py); on SQLite its tables would be emptied, so there use
    `django_capture_on_commit_callbacks`.
    """
    with contextlib.ExitStack() as until_the_end:
        with django_db_blocker.unblock():
            if connection.vendor == "sqlite" and not migrated.exists():
                rig.keep(rig.IN_MEMORY, migrated)
            with override_settings(SEARCH_AUTO_UPDATE=True):
                call_command("setup_site", verbosity=0)
            if connection.vendor == "postgresql":
                until_the_end.enter_context(restored.after_commits())
        yield
        with django_db_blocker.unblock():
            until_the_end.close()


# --- The site: pages and people -------------------------------------------------------------


@pytest.fixture(scope="class")
def tree(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Lets a class build its pages once, in class-scoped fixtures that ask for this one.

    Each test still rolls back to what the class has built. Beyond the class nothing stays.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def module_tree(django_db_setup, django_db_blocker) -> Iterator[None]:
    """`tree` for a module. It has to begin first: where classes ask for `tree`, the `pytestmark` asks for this."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


# --- The world outside ----------------------------------------------------------------------


@pytest.fixture(autouse=True)
def clean_cache() -> Iterator[None]:
    """No test sees what another one cached."""
    cache.clear()
    spelling.forget()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def search_index(request: pytest.FixtureRequest, settings: Any) -> None:
    """The index of the search follows only where somebody searches, or asks what it costs: it takes its time."""
    settings.SEARCH_AUTO_UPDATE = request.node.nodeid.startswith(SEARCHING) or getattr(
        request.module, "SEARCHES", False
    )


@pytest.fixture(autouse=True, scope="session")
def own_files() -> Iterator[None]:
    """Uploads go to a folder that goes away with the tests."""
    for folder in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
        Path(folder).mkdir(parents=True, exist_ok=True)
    yield
    shutil.rmtree(settings.FILES, ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """A connection to another machine is an error, not a slow test."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family != getattr(socket, "AF_UNIX", None) and not str(host).startswith(("127.", "localhost", "::1")):
            raise RuntimeError(f"A test tried to reach {address!r}: tests use no network.")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", local_only)
        yield


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The repository."""
    return Path(settings.BASE_DIR)
