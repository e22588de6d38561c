"""A database from before the first release, with texts in every state, comes over as a whole.

`preview.sqlite3.xz` is one: `setup_site`, five people, and a text for each state.
"""

import json
import lzma
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

FIXTURE = Path(__file__).parent / "preview.sqlite3.xz"
KEPT = (
    "wagtailcore_page",
    "wagtailcore_revision",
    "wagtailcore_workflowstate",
    "wagtailcore_taskstate",
    "wagtailcore_pagelogentry",
    "home_user",
    "editorial_claim",
    "editorial_ledgerentry",
    "editorial_neededby",
    "editorial_outgoingmail",
    "editorial_shownrevision",
)
NOW_CALLED = {
    "editorial_outgoingmail": "notifications_outgoingmail",
    "editorial_shownrevision": "approval_reviewedrevision",
}

STORY = """
import contextlib, gc, runpy, sqlite3, sys
from tests.rig.migrated import copy
sys.path.insert(0, "scripts")
database, folder = sys.argv[1:]
sys.argv[1:] = []
gc.set_threshold(100_000, 50, 100)  # migrating makes and forgets thousands of classes

@contextlib.contextmanager
def step(name):
    print(f"## {name}", flush=True)
    try:
        yield
    except SystemExit as end:
        print(end, flush=True)
    copy(database, f"{folder}/{name}")

with step("started"):
    runpy.run_path("scripts/prepare_site.py", run_name="__main__")
with step("upgraded"):
    runpy.run_path("scripts/upgrade_preview.py", run_name="__main__")
from django.core.management import call_command
with step("proved"):
    call_command("verify_approvals")
with step("set up"):
    call_command("setup_site")
with step("upgraded again"):
    runpy.run_path("scripts/upgrade_preview.py", run_name="__main__")
with step("published"):
    with contextlib.closing(sqlite3.connect(database)) as opened, opened:
        (pk,) = opened.execute("SELECT id FROM wagtailcore_page WHERE title = 'Zaplanowany'").fetchone()
        for change in (
            "UPDATE wagtailcore_revision SET content = json_set(content, '$.go_live_at', ?1) WHERE object_id = ?2",
            "UPDATE wagtailcore_revision SET approved_go_live_at = ?1 WHERE object_id = ?2",
            "UPDATE approval_ledgerentry SET due = ?1 WHERE object_id = ?2 AND due NOT NULL",
        ):
            opened.execute(change, ("2026-01-01T10:00:00+00:00", str(pk)))
    call_command("publish_scheduled")
with step("migrated back"):
    call_command("migrate", "approval", "0003", verbosity=0)
"""
"""What may be done with it, one after the other, in one process: starting Django takes longer than most of it."""


class Story:
    """The database after each step, and what was said meanwhile."""

    def __init__(self, folder: Path, said: str) -> None:
        self.folder = folder
        self.said = dict(part.split("\n", 1) for part in said.split("## ")[1:])

    def ask(self, step: str, question: str) -> list[tuple]:
        database = sqlite3.connect(self.folder / step)
        try:
            return database.execute(question).fetchall()
        finally:
            database.close()

    def counted(self, step: str, tables: list[str]) -> list[int]:
        return [self.ask(step, f"SELECT count(*) FROM {table}")[0][0] for table in tables]  # noqa: S608 - our own names


@pytest.fixture(scope="module")
def story(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("upgrade")
    database = folder / "site.sqlite3"
    database.write_bytes(lzma.decompress(FIXTURE.read_bytes()))
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "DEBUG": "1", "PYTHONWARNINGS": "ignore"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-c", STORY, str(database), str(folder)]
    done = subprocess.run(command, cwd=project_root, env=environment, capture_output=True, text=True)  # noqa: S603
    assert done.returncode == 0, done.stderr
    return Story(folder, done.stdout)


def test_a_preview_is_not_migrated_by_accident(story):
    assert "scripts/upgrade_preview.py" in story.said["started"]
    assert story.counted("started", ["editorial_ledgerentry"]) == [29]


NEW_SNIPPETS = (
    "home.Fact",
    "home.SearchSynonym",
    "home.SearchRecommendation",
    "catalog.DocumentTemplate",
    "catalog.GlossaryTerm",
    "catalog.Edition",
    "events.Venue",
)


def test_everything_comes_over_and_every_approval_still_holds(story):
    before = story.counted("started", list(KEPT))
    after = story.counted("upgraded", [NOW_CALLED.get(name, name.replace("editorial_", "approval_")) for name in KEPT])
    assert dict(zip(KEPT, after, strict=True)) == dict(zip(KEPT, before, strict=True))
    assert story.said["proved"].splitlines()[-1] == "Every live text is as it was approved."
    taken, *told = story.said["set up"].splitlines()[-11:]
    assert taken.startswith("Role translator: it no longer holds, so the group “Tłumaczenia” lost:")
    new = [f"Workflow “Publikacja”: given to {name}." for name in NEW_SNIPPETS]
    assert told[:-3] == new, "all else is known again"
    assert told[-3:] == ["28 of 28 pages", "18 entries written, 0 removed.", "The site is set up."], "and it is found"
    assert "needs no upgrade" in story.said["upgraded again"], "it is not upgraded twice"


def test_an_approved_time_is_kept_when_it_comes(story):
    """The digest of a version that waits was reckoned anew, and its approval with it."""
    live = "SELECT live FROM wagtailcore_page WHERE title = 'Zaplanowany'"
    assert [story.ask(step, live) for step in ("upgraded again", "published")] == [[(0,)], [(1,)]]


def test_people_of_the_record_become_rows_and_the_same_lists_again(story):
    lists = "SELECT id, contributors, approvals FROM {} ORDER BY id LIMIT 29"
    before = story.ask("started", lists.format("editorial_ledgerentry"))
    names = [person for row in before for column in row[1:] for person in json.loads(column)]
    assert len(names) > 20, "the fixture has people to lose"
    assert story.counted("upgraded", ["approval_ledgerperson"]) == [len(names)]
    after = story.ask("migrated back", lists.format("approval_ledgerentry"))
    as_read = [
        [(pk, json.loads(wrote), json.loads(approved)) for pk, wrote, approved in rows] for rows in (before, after)
    ]
    assert as_read[0] == as_read[1]
