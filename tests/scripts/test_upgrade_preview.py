"""A database from before the first release, with texts in every state, comes over as a whole.

`preview.sqlite3.xz` is one: `setup_site`, five people, and a text for each state.
"""

import json
import lzma
import os
import shutil
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

AFTERWARDS = """
import sys
sys.path.insert(0, "scripts")
from upgrade_preview import upgrade
from django.core.management import call_command, execute_from_command_line
execute_from_command_line(["manage.py", "verify_approvals"])
call_command("setup_site")
upgrade()
"""
"""What is done after the upgrade, and the upgrade again: in one process, as starting Django takes longer than each."""


@pytest.fixture
def preview(tmp_path: Path) -> Path:
    """The database of before, for a test of its own."""
    file = tmp_path / "preview.sqlite3"
    file.write_bytes(lzma.decompress(FIXTURE.read_bytes()))
    return file


@pytest.fixture(scope="module")
def upgraded_once(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("upgraded") / "site.sqlite3"
    file.write_bytes(lzma.decompress(FIXTURE.read_bytes()))
    done = run(project_root, file, "scripts/upgrade_preview.py")
    assert done.returncode == 0, done.stderr
    return file


@pytest.fixture
def upgraded(upgraded_once: Path, tmp_path: Path) -> Path:
    """The database after the upgrade, for a test of its own."""
    return Path(shutil.copy(upgraded_once, tmp_path / "upgraded.sqlite3"))


def run(root: Path, database: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "DEBUG": "1", "PYTHONWARNINGS": "ignore"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    options = {"cwd": root, "env": environment, "capture_output": True, "text": True}
    return subprocess.run([sys.executable, *command], **options)  # noqa: S603 - our own commands


def counted(file: Path, tables: list[str]) -> list[int]:
    with sqlite3.connect(file) as database:
        asked = [f"SELECT count(*) FROM {table}" for table in tables]  # noqa: S608 - our own names
        return [database.execute(one).fetchone()[0] for one in asked]


def test_everything_comes_over_and_every_approval_still_holds(project_root, preview, upgraded):
    before = counted(preview, list(KEPT))
    after = counted(upgraded, [NOW_CALLED.get(name, name.replace("editorial_", "approval_")) for name in KEPT])
    assert dict(zip(KEPT, after, strict=True)) == dict(zip(KEPT, before, strict=True))

    done = run(project_root, upgraded, "-c", AFTERWARDS)
    proof, *told = done.stdout.strip().splitlines()[-4:]
    assert proof == "Every live text is as it was approved.", done.stdout + done.stderr
    assert told[0].startswith("Role translator: it no longer holds, so the group “Tłumaczenia” lost:")
    assert told[1:] == ["Workflow “Publikacja”: given to events.Venue.", "The site is set up."], (
        "all else is known again"
    )
    assert done.returncode != 0 and "needs no upgrade" in done.stderr, "it is not upgraded twice"


def test_an_approved_time_is_kept_when_it_comes(project_root, upgraded):
    """The digest of a version that waits was reckoned anew, and its approval with it."""
    with sqlite3.connect(upgraded) as database:
        (pk,) = database.execute("SELECT id FROM wagtailcore_page WHERE title = 'Zaplanowany'").fetchone()
        for change in (
            "UPDATE wagtailcore_revision SET content = json_set(content, '$.go_live_at', ?1) WHERE object_id = ?2",
            "UPDATE wagtailcore_revision SET approved_go_live_at = ?1 WHERE object_id = ?2",
            "UPDATE approval_ledgerentry SET due = ?1 WHERE object_id = ?2 AND due NOT NULL",
        ):
            database.execute(change, ("2026-01-01T10:00:00+00:00", str(pk)))
    done = run(project_root, upgraded, "manage.py", "publish_scheduled")
    assert done.returncode == 0, done.stderr + done.stdout
    with sqlite3.connect(upgraded) as database:
        assert database.execute("SELECT live FROM wagtailcore_page WHERE id = ?", (pk,)).fetchone() == (1,)


def test_people_of_the_record_become_rows_and_the_same_lists_again(project_root, preview, upgraded):
    lists = "SELECT id, contributors, approvals FROM {} ORDER BY id"
    with sqlite3.connect(preview) as database:
        before = database.execute(lists.format("editorial_ledgerentry")).fetchall()
    names = [person for row in before for column in row[1:] for person in json.loads(column)]
    assert len(names) > 20, "the fixture has people to lose"
    assert counted(upgraded, ["approval_ledgerperson"]) == [len(names)]

    back = run(project_root, upgraded, "manage.py", "migrate", "approval", "0003")
    assert back.returncode == 0, back.stderr
    with sqlite3.connect(upgraded) as database:
        after = database.execute(lists.format("approval_ledgerentry")).fetchall()
    as_read = [
        [(pk, json.loads(wrote), json.loads(approved)) for pk, wrote, approved in rows] for rows in (before, after)
    ]
    assert as_read[0] == as_read[1]


def test_a_preview_is_not_migrated_by_accident(project_root, preview):
    done = run(project_root, preview, "scripts/prepare_site.py")
    assert done.returncode != 0
    assert "scripts/upgrade_preview.py" in done.stderr
    assert counted(preview, ["editorial_ledgerentry"]) == [29]
