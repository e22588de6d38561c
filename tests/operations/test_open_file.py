"""While the disk of SQLite is full it can be read, because a process has its file open."""

import sqlite3
import subprocess
import sys

import pytest
from django.db import ConnectionHandler

from operations import open_file

READS_WITHOUT_ROOM = """
import resource, signal, sqlite3, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # as on a full disk: no file grows
found = sqlite3.connect(sys.argv[1])
found.execute("PRAGMA journal_mode=WAL")
print(found.execute("SELECT words FROM text").fetchone()[0])
"""


@pytest.fixture
def file(tmp_path):
    """A database that nobody has open."""
    made = sqlite3.connect(tmp_path / "db.sqlite3")
    made.executescript("PRAGMA journal_mode=WAL; CREATE TABLE text (words); INSERT INTO text VALUES ('Gala')")
    made.close()
    return str(tmp_path / "db.sqlite3")


def read(file):
    command = [sys.executable, "-c", READS_WITHOUT_ROOM, file]
    return subprocess.run(command, capture_output=True, text=True)  # noqa: S603 - our own script


def test_a_file_that_is_open_is_read_without_room(file):
    assert "disk I/O error" in read(file).stderr, "what nobody has open can't be opened"
    held = open_file.hold(file)
    assert read(file).stdout == "Gala\n"
    held.close()


def test_a_process_opens_the_file_of_the_site_once_and_no_other_one(file, monkeypatch):
    opened = []
    monkeypatch.setattr(open_file, "_open", {})
    monkeypatch.setattr(open_file, "hold", opened.append)
    handler = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": file}})
    open_file.keep_open(handler["default"])
    assert opened == [], "a copy that a command reads"
    monkeypatch.setattr(open_file, "connections", handler)
    open_file.keep_open(handler["default"])
    open_file.keep_open(handler["default"])
    assert opened == [file]
