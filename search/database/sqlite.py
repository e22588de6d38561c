"""SQLite's half of the index: FTS5, which knows only which page has which term (no positions, no lengths)."""

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.utils import OperationalError

from search.database.engine import Row, TooSlow

STEPS = 20_000
"""Of SQLite's machine between two looks at the clock: about a millisecond."""
CREATE = (
    "CREATE VIRTUAL TABLE search_terms USING fts5(terms, detail=none, columnsize=0, tokenize='ascii')",
    "CREATE VIRTUAL TABLE search_titles"
    " USING fts5(beginnings, detail=none, columnsize=0, tokenize='ascii', prefix='2 3')",
)
DROP = ("DROP TABLE search_terms", "DROP TABLE search_titles")


class SQLite:
    key = "rowid"
    pages = "search_terms WHERE search_terms MATCH %s"
    # CROSS: the index first, then the entry of each hit; SQLite keeps this order.
    entries = "search_terms CROSS JOIN search_entry e ON e.page_id = search_terms.rowid WHERE search_terms MATCH %s"
    title_entries = (
        "search_titles CROSS JOIN search_entry e ON e.page_id = search_titles.rowid WHERE search_titles MATCH %s"
    )

    def term(self, term: str) -> str:
        return f'"{term}"'

    def beginning(self, term: str) -> str:
        return f'"{term}"*'

    def every(self, parts: Iterable[str]) -> str:
        return f"({' AND '.join(parts)})"

    def either(self, parts: Iterable[str]) -> str:
        return f"({' OR '.join(parts)})"

    def write(self, rows: Sequence[Row]) -> None:
        self.remove([row.page_id for row in rows])
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_terms (rowid, terms) VALUES (%s, %s)", [(row.page_id, row.terms) for row in rows]
            )
            cursor.executemany(
                "INSERT INTO search_titles (rowid, beginnings) VALUES (%s, %s)",
                [(row.page_id, row.beginnings) for row in rows],
            )

    def remove(self, keys: Collection[int]) -> None:
        with connection.cursor() as cursor:
            for table in ("search_terms", "search_titles"):
                cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(key,) for key in keys])

    def add_words(self, lines: Sequence[tuple[str, str, int]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO search_word (language, word, count) VALUES (%s, %s, %s)", lines)

    def sum_up_words(self, words: Sequence[tuple[str, str]] | None = None) -> None:
        # Nobody else writes until this transaction ends.
        with connection.cursor() as cursor:
            if words is not None:
                cursor.executemany(
                    "DELETE FROM search_word WHERE language = %s AND word = %s AND 0 ="
                    " (SELECT sum(count) FROM search_word AS every WHERE every.language = %s AND every.word = %s)",
                    [(*word, *word) for word in words],
                )
                return
            cursor.execute("SELECT max(id) FROM search_word")
            last = cursor.fetchone()[0] or 0
            cursor.execute(
                "INSERT INTO search_word (language, word, count) SELECT language, word, sum(count) FROM search_word"
                " GROUP BY language, word HAVING sum(count) <> 0"
            )
            cursor.execute("DELETE FROM search_word WHERE id <= %s", [last])

    def tidy(self) -> None:
        # What was removed stays in parts of the index that lie on disk until these are written anew.
        with connection.cursor() as cursor:
            for table in ("search_terms", "search_titles"):
                # Of pages whose entries went another way: a restore empties only the tables of models.
                cursor.execute(f"DELETE FROM {table} WHERE rowid NOT IN (SELECT page_id FROM search_entry)")
                cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")

    @contextmanager
    def bounded(self, seconds: float) -> Iterator[None]:
        connection.ensure_connection()
        raw = connection.connection
        until = time.monotonic() + seconds
        raw.set_progress_handler(lambda: time.monotonic() > until, STEPS)
        try:
            yield
        except OperationalError as error:
            if "interrupted" in str(error):
                raise TooSlow from error
            raise
        finally:
            raw.set_progress_handler(None, STEPS)
