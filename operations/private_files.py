"""What only the user of the site may read: the SQLite file, `.env`, backups."""

import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connection

OTHERS = stat.S_IROTH | stat.S_IWOTH | stat.S_IXOTH


def database_files() -> list[Path]:
    """The file of SQLite, and what it keeps beside it; [] with PostgreSQL or in memory."""
    if connection.vendor != "sqlite":
        return []
    name = str(connection.settings_dict["NAME"])  # what is in memory is no file
    return [path for ending in ("", "-wal", "-shm") if (path := Path(f"{name}{ending}")).is_file()]


def close_database(**_signal: Any) -> None:
    """Before tables are made in it: SQLite makes its file readable by all, and the two beside it like itself.

    Fits Django's signals. Whoever lets a group read it is left in peace.
    """
    for path in database_files():
        if path.stat().st_mode & OTHERS:
            path.chmod(0o600)


@checks.register("private files")
def check_private_files(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Everybody on the machine could read texts, addresses and passwords' hashes there, or the keys."""
    paths = [*database_files(), settings.BASE_DIR / ".env", Path(settings.BACKUP_ROOT)]
    found = " ".join(str(path) for path in paths if path.exists() and path.stat().st_mode & OTHERS)
    if not found:
        return []
    words = "Everybody on this machine can read what only the site may."
    return [checks.Warning(words, f"chmod o= {found}", id="operations.W001")]
