"""A process that has asked SQLite keeps its file open, so that it can be read while its disk is full.

Beside the file lies what is not yet in it, and a map of that. Whoever closes the file last removes both, and the next
one makes them anew: on a full disk that fails, and each page of the site with it.
"""

import os
import sqlite3
from contextlib import suppress
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.signals import connection_created

_open: dict[int, sqlite3.Connection] = {}
"""By process: what a fork brings along is neither used nor closed there, as SQLite demands."""


def hold(name: str) -> sqlite3.Connection:
    """An open file; nothing is held of it that others may wait for."""
    held = sqlite3.connect(name, timeout=1, isolation_level=None, check_same_thread=False)
    held.execute("SELECT count(*) FROM sqlite_master").fetchone()  # only now is it open
    return held


def keep_open(connection: Any, **_signal: object) -> None:
    the_sites: Any = connections[DEFAULT_DB_ALIAS]
    if connection is not the_sites or connection.vendor != "sqlite" or os.getpid() in _open:
        return
    if not the_sites.is_in_memory_db():
        with suppress(sqlite3.Error):  # whoever asks next hears what is wrong
            _open[os.getpid()] = hold(str(connection.settings_dict["NAME"]))


def connect() -> None:
    """Called once, when the app is ready."""
    connection_created.connect(keep_open, dispatch_uid="open-file")
