"""The demo, and Django set up on it; for other scripts."""

import atexit
import os
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
DATABASE = ROOT / "var" / "db.sqlite3"


def set_up() -> None:
    """On a copy of the demo (var/, from `make run`): nothing that is done afterwards changes the original."""
    if not DATABASE.exists():
        sys.exit("There is no demo yet: `make run` makes it.")
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with sqlite3.connect(DATABASE) as original, sqlite3.connect(folder / "copy.sqlite3") as copy:
        original.backup(copy)
    set_up_on(f"sqlite:///{folder / 'copy.sqlite3'}")


def set_up_on(url: str) -> None:
    """On the database of that address."""
    sys.path.insert(0, str(ROOT))
    os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "site_config.settings", "DEBUG": "1"}
    django.setup()
