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


@pytest.fixture
def preview(tmp_path: Path) -> Path:
    file = tmp_path / "preview.sqlite3"
    file.write_bytes(lzma.decompress(FIXTURE.read_bytes()))
    return file


def run(root: Path, database: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "DEBUG": "1", "PYTHONWARNINGS": "ignore"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    options = {"cwd": root, "env": environment, "capture_output": True, "text": True}
    return subprocess.run([sys.executable, *command], **options)  # noqa: S603 - our own commands


def counted(file: Path, tables: list[str]) -> list[int]:
    with sqlite3.connect(file) as database:
        asked = [f"SELECT count(*) FROM {table}" for table in tables]  # noqa: S608 - our own names
        return [database.execute(one).fetchone()[0] for one in asked]


def test_everything_comes_over_and_every_approval_still_holds(project_root, preview):
    before = counted(preview, list(KEPT))
    done = run(project_root, preview, "scripts/upgrade_preview.py")
    assert done.returncode == 0, done.stderr
    after = counted(preview, [NOW_CALLED.get(name, name.replace("editorial_", "approval_")) for name in KEPT])
    assert dict(zip(KEPT, after, strict=True)) == dict(zip(KEPT, before, strict=True))

    proof = run(project_root, preview, "manage.py", "verify_approvals")
    assert proof.returncode == 0, proof.stdout
    assert "Every live text is as it was approved." in proof.stdout
    setup = run(project_root, preview, "manage.py", "setup_site")
    told = setup.stdout.strip().splitlines()
    assert told == ["Workflow “Publikacja”: given to events.Venue.", "The site is set up."], "all else is known again"

    again = run(project_root, preview, "scripts/upgrade_preview.py")
    assert again.returncode != 0
    assert "needs no upgrade" in again.stderr


def test_an_approved_time_is_kept_when_it_comes(project_root, preview):
    """The digest of a version that waits was reckoned anew, and its approval with it."""
    assert run(project_root, preview, "scripts/upgrade_preview.py").returncode == 0
    with sqlite3.connect(preview) as database:
        (pk,) = database.execute("SELECT id FROM wagtailcore_page WHERE title = 'Zaplanowany'").fetchone()
        for change in (
            "UPDATE wagtailcore_revision SET content = json_set(content, '$.go_live_at', ?1) WHERE object_id = ?2",
            "UPDATE wagtailcore_revision SET approved_go_live_at = ?1 WHERE object_id = ?2",
            "UPDATE approval_ledgerentry SET due = ?1 WHERE object_id = ?2 AND due NOT NULL",
        ):
            database.execute(change, ("2026-01-01T10:00:00+00:00", str(pk)))
    done = run(project_root, preview, "manage.py", "publish_scheduled")
    assert done.returncode == 0, done.stderr + done.stdout
    with sqlite3.connect(preview) as database:
        assert database.execute("SELECT live FROM wagtailcore_page WHERE id = ?", (pk,)).fetchone() == (1,)


def test_people_of_the_record_become_rows_and_the_same_lists_again(project_root, preview):
    lists = "SELECT id, contributors, approvals FROM {} ORDER BY id"
    with sqlite3.connect(preview) as database:
        before = database.execute(lists.format("editorial_ledgerentry")).fetchall()
    names = [person for row in before for column in row[1:] for person in json.loads(column)]
    assert len(names) > 20, "the fixture has people to lose"
    assert run(project_root, preview, "scripts/upgrade_preview.py").returncode == 0
    assert counted(preview, ["approval_ledgerperson"]) == [len(names)]

    back = run(project_root, preview, "manage.py", "migrate", "approval", "0003")
    assert back.returncode == 0, back.stderr
    with sqlite3.connect(preview) as database:
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
