"""PostgreSQL's half of the index: two columns of terms beside each entry, with a GIN index each."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.utils import OperationalError

from search.database.engine import Row, TooSlow

CANCELLED = "57014"
CREATE = (
    # The terms of a page are many: they lie beside the table, so that reading the entries of hits reads little.
    "ALTER TABLE search_entry SET (toast_tuple_target = 128)",
    "ALTER TABLE search_entry ALTER COLUMN labels SET STORAGE MAIN",  # these stay in it
    "ALTER TABLE search_entry ADD COLUMN terms tsvector, ADD COLUMN beginnings tsvector",
    # Without a list of what isn't in the index yet, which every search would read through.
    "CREATE INDEX search_entry_terms ON search_entry USING gin (terms) WITH (fastupdate = off)",
    "CREATE INDEX search_entry_beginnings ON search_entry USING gin (beginnings) WITH (fastupdate = off)",
)
DROP = ("ALTER TABLE search_entry DROP COLUMN terms, DROP COLUMN beginnings",)


class PostgreSQL:
    key = "page_id"
    pages = "search_entry WHERE terms @@ %s::tsquery"
    entries = "search_entry e WHERE e.terms @@ %s::tsquery"
    title_entries = "search_entry e WHERE e.beginnings @@ %s::tsquery"

    def term(self, term: str) -> str:
        return term

    def beginning(self, term: str) -> str:
        return f"{term}:*"

    def every(self, parts: Iterable[str]) -> str:
        return f"({' & '.join(parts)})"

    def either(self, parts: Iterable[str]) -> str:
        return f"({' | '.join(parts)})"

    def write(self, rows: Sequence[Row]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE search_entry SET terms = new.terms::tsvector, beginnings = new.beginnings::tsvector"
                " FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS new (page_id, terms, beginnings)"
                " WHERE search_entry.page_id = new.page_id",
                [[row.page_id for row in rows], [row.terms for row in rows], [row.beginnings for row in rows]],
            )

    def remove(self, keys: Collection[int]) -> None:
        """The terms are part of the entries."""

    def add_words(self, lines: Sequence[tuple[str, str, int]]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_word (language, word, count)"
                " SELECT * FROM unnest(%s::text[], %s::text[], %s::int[])",
                [list(column) for column in zip(*lines, strict=True)],
            )

    def sum_up_words(self, words: Sequence[tuple[str, str]] | None = None) -> None:
        # Lines that another transaction is summing up are left to it; those that it can't see yet stay.
        which, parameters = "", []
        if words is not None:
            which = "WHERE (language, word) IN (SELECT * FROM unnest(%s::text[], %s::text[]))"
            parameters = [list(column) for column in zip(*words, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH gone AS (DELETE FROM search_word"
                f" WHERE id IN (SELECT id FROM search_word {which} FOR UPDATE SKIP LOCKED)"
                " RETURNING language, word, count)"
                " INSERT INTO search_word (language, word, count) SELECT language, word, sum(count) FROM gone"
                " GROUP BY language, word HAVING sum(count) <> 0",
                parameters,
            )

    def tidy(self) -> None:
        """VACUUM, which every PostgreSQL runs by itself, takes away what was removed."""

    @contextmanager
    def bounded(self, seconds: float) -> Iterator[None]:
        # For this transaction only. Compiling the statement would take longer than running it.
        settings = {"statement_timeout": f"{seconds * 1000:.0f}", "jit": "off", "max_parallel_workers_per_gather": "0"}
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                columns = ", ".join(f"current_setting('{name}')" for name in settings)
                cursor.execute(f"SELECT {columns}")
                before = dict(zip(settings, cursor.fetchone(), strict=True))
                _set(cursor, settings)
                yield
                _set(cursor, before)
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", "") == CANCELLED:
                raise TooSlow from error
            raise


def _set(cursor: object, settings: dict[str, str]) -> None:
    calls = ", ".join(["set_config(%s, %s, true)"] * len(settings))
    cursor.execute(f"SELECT {calls}", [part for pair in settings.items() for part in pair])  # type: ignore[attr-defined]
