"""Rows of all tables as lines of JSON: the same from SQLite and from PostgreSQL, and into either.

A table describes itself (names and kinds of its columns), so that older backups can be read when its model has changed.
Signals, `save()` and the publish guard have no part in it: what was stored is stored again, with the same keys.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import Error, connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Col

NOT_KEPT = {"sessions", "usersessions", "search", "wagtailsearch", "django_tasks_database"}
"""Apps whose tables are left out: whoever was signed in signs in again; both search indexes are made anew; jobs of the
queue are done or not needed by then (mails have their own table)."""
RETIRED = {"wagtailsearchpromotions"}
"""Apps that the site had once. Older backups know their migrations; where their tables aren't, their rows are left."""
BATCH = 200  # rows; a page's version may have 100 kB
READ: dict[str, Callable[[str], Any]] = {
    "BinaryField": base64.b64decode,
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "DecimalField": Decimal,
    "TimeField": time.fromisoformat,
    "UUIDField": UUID,
}
"""From what is written in a backup to what Django hands to a database, where that isn't the same."""


@dataclass
class Table:
    """`columns`: name → kind, in Django's words ("DateTimeField"). What `numbers_rows` gives each the next number.

    The rest is known once it was read.
    `sequence`: the last number that was given to a row, also of rows that are gone: no number is given twice.
    `digest`: of all rows, in any order, however a database writes JSON.
    """

    name: str
    key: str
    columns: dict[str, str]
    numbers_rows: bool = False
    rows: int = 0
    sequence: int | None = None
    digest: str = ""


def kept_tables() -> list[Table]:
    """All tables of this code that belong into a backup."""
    found = [model._meta for model in apps.get_models(include_auto_created=True)]
    return [
        Table(
            meta.db_table,
            str(meta.pk.column),
            {str(one.column): _kind(one) for one in meta.local_concrete_fields},
            isinstance(meta.pk, models.AutoField),
        )
        for meta in sorted(found, key=lambda meta: meta.db_table)
        if meta.managed and not meta.proxy and meta.app_label not in NOT_KEPT
    ]


def _kind(one: Any) -> str:
    """What a column is to the database: a relation is what it points to, and our own kinds are one of Django's."""
    while one.remote_field:
        one = one.target_field
    return str(one.get_internal_type())


@contextmanager
def snapshot() -> Iterator[BaseDatabaseWrapper]:
    """A connection that sees the database as it is at the first look until the end, while others go on writing.

    Inside a transaction it is that one, whose changes nobody else sees yet.
    """
    if connection.in_atomic_block:
        yield connection
        return
    own = connection.copy()
    own.ensure_connection()
    try:
        with own.cursor() as cursor:
            cursor.execute("BEGIN" if own.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield own
    finally:
        own.close()


def applied_migrations(source: BaseDatabaseWrapper) -> list[str]:
    """ "app.0001_name" of each; Django's recorder would ask another connection."""
    with source.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        return [f"{app}.{name}" for app, name in cursor.fetchall()]


def read(source: BaseDatabaseWrapper, table: Table, write: Callable[[bytes], Any] = len) -> set[str]:
    """Give each row to `write`, as a line, and note in `table` what was seen; returns the files that rows name."""
    fields = [_plain(kind) for kind in table.columns.values()]
    columns = [Col(table.name, one) for one in fields]
    converters = [source.ops.get_db_converters(column) for column in columns]
    kinds = list(table.columns.values())
    json_places = [place for place, kind in enumerate(kinds) if kind == "JSONField"]
    file_places = [place for place, kind in enumerate(kinds) if kind == "FileField"]
    total = table.rows = 0
    files: set[str] = set()
    quote = source.ops.quote_name
    names = ", ".join(quote(name) for name in table.columns)
    with source.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {quote(table.name)} ORDER BY {quote(table.key)}")  # noqa: S608 - quoted
        for values in _all(cursor):
            row = list(values)
            for place, (column, ways) in enumerate(zip(columns, converters, strict=True)):
                for convert in ways:
                    row[place] = convert(row[place], column, source)
            row = [_written(value) for value in row]
            line = _line(row)
            write(line)
            for place in json_places:
                if row[place] is not None:
                    row[place] = json.loads(row[place])
            files.update(row[place] for place in file_places if row[place])
            seen = _line(row) if json_places else line
            total = (total + int.from_bytes(hashlib.sha256(seen).digest())) % 2**256
            table.rows += 1
    table.digest = f"{total:064x}"
    table.sequence = _last_number(source, table) if table.numbers_rows else None
    return files


def _plain(kind: str) -> Any:
    return getattr(models, kind)()


def _all(cursor: Any) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(BATCH):
        yield from rows


def _written(value: Any) -> Any:
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value  # what JSON can't hold either is an error there


def _line(row: list[Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def write(target: BaseDatabaseWrapper, table: Table, lines: Iterable[bytes]) -> None:
    """Put rows into a table that is empty. Relations are checked at the end of the transaction.

    Raises django.db.Error with the name of the table.
    """
    ways = [(READ.get(kind), _plain(kind), kind == "JSONField") for kind in table.columns.values()]
    quote = target.ops.quote_name
    names = ", ".join(quote(name) for name in table.columns)
    begin = f"INSERT INTO {quote(table.name)} ({names}) VALUES "  # noqa: S608 - quoted
    one = f"({', '.join(['%s'] * len(ways))})"

    def prepared(line: bytes) -> list[Any]:
        return [
            value if value is None or is_json else plain.get_db_prep_value(way(value) if way else value, target, True)
            for value, (way, plain, is_json) in zip(json.loads(line), ways, strict=True)
        ]

    with target.cursor() as cursor:
        try:
            rows = map(prepared, lines)
            while batch := list(islice(rows, BATCH)):
                if target.vendor == "sqlite":
                    cursor.executemany(begin + one, batch)
                else:
                    cursor.execute(begin + ", ".join([one] * len(batch)), [value for row in batch for value in row])
                target.queries_log.clear()  # DEBUG would keep them all in memory
        except Error as error:
            raise type(error)(f"{table.name}: {error}") from error
    if table.sequence is not None:
        _go_on_after(target, table, table.sequence)


def empty(target: BaseDatabaseWrapper, names: Iterable[str]) -> None:
    """Remove all rows of these tables, and of those that are kept, left out of backups or of apps that are gone."""
    there = set(target.introspection.table_names())
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    retired = {name for name in there if name.partition("_")[0] in RETIRED}  # they may point to ours
    tables = sorted(name for name in (ours | retired | set(names)) & there if not name.endswith("_fts"))  # by triggers
    if target.vendor == "sqlite":
        statements = [f"DELETE FROM {target.ops.quote_name(name)}" for name in tables]  # noqa: S608 - quoted
    else:
        # Somebody who has them open wasn't stopped.
        statements = ["SET LOCAL lock_timeout = '30s'", f"TRUNCATE {', '.join(map(target.ops.quote_name, tables))}"]
    with target.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _last_number(source: BaseDatabaseWrapper, table: Table) -> int:
    quote = source.ops.quote_name
    with source.cursor() as cursor:
        cursor.execute(f"SELECT max({quote(table.key)}) FROM {quote(table.name)}")  # noqa: S608 - quoted
        highest = cursor.fetchone()[0] or 0
        if source.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
        else:
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {_sequence(source, table)}")  # noqa: S608 - the database's own name
        return max(highest, (cursor.fetchone() or [0])[0])


def _go_on_after(target: BaseDatabaseWrapper, table: Table, number: int) -> None:
    with target.cursor() as cursor:
        if target.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, number])
        else:
            cursor.execute("SELECT setval(%s, %s, %s)", [_sequence(target, table), max(number, 1), number > 0])


def _sequence(database: BaseDatabaseWrapper, table: Table) -> str:
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [database.ops.quote_name(table.name), table.key])
        return str(cursor.fetchone()[0])
