"""What several machines start at the same moment is done by one of them: the scheduler's work, migrations."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b

from django.db import Error, connection

ASK_EVERY = 0.5  # seconds


@contextmanager
def the_only_one(work: str, patience: float = 0) -> Iterator[bool]:
    """Whether this process is the one that does `work` now; it waits `patience` seconds for another to end.

    PostgreSQL holds an advisory lock for its connection, and lets go of it however the process ends. SQLite is on one
    machine, where everybody is the one. What is done has to be right without this lock too: a connection may break.
    """
    if connection.vendor != "postgresql":
        yield True
        return
    number = int.from_bytes(blake2b(f"site: {work}".encode(), digest_size=8).digest(), signed=True)
    end = time.monotonic() + patience
    while not (is_mine := _ask("pg_try_advisory_lock", number)) and time.monotonic() < end:
        time.sleep(ASK_EVERY)
    try:
        yield is_mine
    finally:
        if is_mine:
            with suppress(Error):  # the connection is broken, and the lock gone with it
                _ask("pg_advisory_unlock", number)


def _ask(function: str, number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [number])
        return bool(cursor.fetchone()[0])
