"""A database without a table: what `migrate` asks before it makes them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

NAME = "not_a_table_yet"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Of an empty database, of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/new.sqlite3"
        return
    server = psycopg2.connect(**{**connection.get_connection_params(), "dbname": "postgres", "cursor_factory": None})
    server.autocommit = True  # a database is made outside of transactions
    try:
        with server.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {NAME}")
            yield urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{NAME}"))
            cursor.execute(f"DROP DATABASE {NAME}")
    finally:
        server.close()


def test_checks_of_a_new_database_say_nothing_and_end_well(address):
    """Outside of any transaction, as `migrate` asks: there, a query for many rows fails in another way."""
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "site_config.settings",
    }
    command = [sys.executable, "manage.py", "check", "--database", "default"]
    checked = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)  # noqa: S603
    assert checked.returncode == 0, checked.stderr[-2000:]
    assert "search." not in checked.stderr
