"""The demo content for tests: loaded once, its pictures scaled once, and kept from one run to the next.

What is kept is a database and its uploads, in a folder whose name holds all that made them.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, ConnectionHandler, connection
from django.test import Client, override_settings
from PIL import Image
from wagtail.models import Page

from home.models import SiteImage
from operations import tables
from tests.rig import migrated as rig

MADE_BY = (*rig.MADE_BY, "site_config/*.py", "*/demo*/**/*", "locale/**/*.po", "templates/**/*", "tests/demo.py")
"""And the code of all apps."""
DATABASE, UPLOADS = "site.sqlite3", "media"


def folder_of(root: Path, cached: Path) -> Path:
    """Where the demo is that the project in `root` makes, or should be."""
    apps = [f"{path.parent.name}/**/*.py" for path in root.glob("*/apps.py")]
    return rig.kept(root, cached, *MADE_BY, *apps).with_suffix("")


def load() -> None:
    """Loads the demo into the database as it is set up, with pictures of one colour.

    Of the same size they give the same pages; their many copies are made much faster.
    """
    with override_settings(DEBUG=True, SEARCH_AUTO_UPDATE=True):  # elsewhere it refuses: its password is known to all
        call_command("load_demo", verbosity=0, without_pictures=True)
    for image in SiteImage.objects.all():
        Image.new("RGB", (image.width, image.height), "#0B3F47").save(image.file.path)


def show_all() -> None:
    """Visits every public page, so that its pictures are scaled."""
    visitor = Client()
    for page in Page.objects.filter(depth__gt=1).live().public().specific():
        visitor.get(page.url)


def keep(database: str | Path, folder: Path) -> None:
    """Puts database and uploads into place as a whole, and removes older ones."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        made = Path(temporary) / "made"
        made.mkdir()
        rig.copy(database, made / DATABASE)
        shutil.copytree(settings.MEDIA_ROOT, made / UPLOADS)
        for old in folder.parent.iterdir():
            if old != made.parent:
                shutil.rmtree(old, ignore_errors=True)
        made.replace(folder)


def bring(folder: Path, database: str | Path) -> None:
    """Makes `database` what was kept, its uploads included."""
    rig.copy(folder / DATABASE, database)
    _bring_uploads(folder)


@contextmanager
def in_memory(folder: Path, waits: Path) -> Iterator[None]:
    """The test database of SQLite is the demo until the end, loaded if `folder` isn't there.

    What it was before waits in the folder `waits`.
    """
    rig.copy(rig.IN_MEMORY, waits / DATABASE)
    with rig.alone(folder.parent):
        if folder.exists():
            bring(folder, rig.IN_MEMORY)
        else:
            load()
            show_all()
            keep(rig.IN_MEMORY, folder)
    yield
    rig.copy(waits / DATABASE, rig.IN_MEMORY)
    forget()


def bring_rows(folder: Path) -> None:
    """Fills this transaction's database, of another kind, with what was kept: loading it again takes a minute.

    As `restore_backup` does, so without an index to search in.
    """
    kept = {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / DATABASE}
    source = ConnectionHandler({DEFAULT_DB_ALIAS: kept})[DEFAULT_DB_ALIAS]
    tables.empty(connection, ())
    for table in tables.kept_tables():
        lines: list[bytes] = []
        tables.read(source, table, lines.append)
        tables.write(connection, table, lines)
    source.close()
    connection.check_constraints()
    _bring_uploads(folder)


def _bring_uploads(folder: Path) -> None:
    shutil.copytree(folder / UPLOADS, settings.MEDIA_ROOT, dirs_exist_ok=True)
    forget()


def forget() -> None:
    """What this process remembers of another state of the database."""
    cache.clear()
    ContentType.objects.clear_cache()
