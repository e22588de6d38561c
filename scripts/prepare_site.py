"""Brings the database up to date: python scripts/prepare_site.py [--demo] [--serve localhost:8000 [--again]]

Runs in the site's own Python. One process for migrations, `setup_site`, the demo and then the server, because starting
Django takes most of the time of a second `make run`.
"""

import argparse
import gc
import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_config.settings")

import django  # noqa: E402 - the path to the settings comes first
from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import CommandError, call_command  # noqa: E402
from upgrade_preview import is_preview  # noqa: E402

from approval.one_at_a_time import the_only_one  # noqa: E402
from home import resizing  # noqa: E402
from home.demo import pictures  # noqa: E402
from search.admin.checks import is_outdated  # noqa: E402
from search.index import get_index  # noqa: E402

PATIENCE = 30 * 60
"""Seconds that a machine waits for another that starts at the same time, and migrates."""


def demo_version() -> str:
    """Changes when the demo's own files do, so that an older clone gets what was added to it, and nothing else."""
    digest = hashlib.sha256()
    for path in sorted([*ROOT.glob("*/management/commands/load_demo.py"), *ROOT.glob("*/demo*/**/*")]):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.read_bytes())
    return digest.hexdigest()


def demo_marker() -> Path:
    """A file that says that the demo is in this database (each database has its own)."""
    database = settings.DATABASES["default"]
    place = "|".join(str(database.get(key, "")) for key in ("ENGINE", "HOST", "PORT", "NAME"))
    return ROOT / "var" / f"demo-{hashlib.sha256(place.encode()).hexdigest()[:12]}"


def prepare(with_demo: bool) -> None:
    """Migrations, what the site can't be without, the demo where it isn't there in this version, the search."""
    with the_only_one("prepare the database", PATIENCE) as is_ours:
        if not is_ours:
            raise SystemExit("Another machine has been bringing this database up to date for half an hour.")
        _prepare(with_demo)


def _prepare(with_demo: bool) -> None:
    print("      migrations", flush=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)  # where CACHE_URL is a table
    marker, version = demo_marker(), demo_version()
    empty = not get_user_model()._default_manager.exists()
    if with_demo and (empty or not marker.is_file() or marker.read_text() != version):
        print("      languages, roles, workflow, demo content (load_demo)", flush=True)
        sized_marker().unlink(missing_ok=True)
        call_command("load_demo", verbosity=1, without_pictures=True)  # it begins with setup_site
        marker.write_text(version)
    else:
        print("      languages, roles, workflow (setup_site)", flush=True)
        call_command("setup_site", verbosity=0)
    if get_index().outdated():
        print("      what visitors search, by the rules of this version (rebuild_search_index)", flush=True)
        try:
            call_command("rebuild_search_index", verbosity=0)
        except CommandError as error:  # the rest is found: no reason for the site not to start
            print(f"      {error}", flush=True)
    if is_outdated():
        print("      what the admin searches (update_index)", flush=True)
        call_command("update_index", verbosity=0)


def sized_marker() -> Path:
    """A file that says that the demo's pictures have all their sizes."""
    return demo_marker().with_suffix(".sized")


def resize(goes_on: Callable[[], bool]) -> None:
    """The demo's pictures, beside the server; what is left when it ends is for the next start."""
    if pictures.resize(lambda _line: None, goes_on):
        sized_marker().write_text(demo_version())
        print("All pictures have their sizes now.", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", action="store_true", help="load the demo once (it never overwrites what was edited)")
    parser.add_argument("--serve", metavar="ADDRESS", help="then run Django's server there")
    parser.add_argument("--again", action="store_true", help="with --serve: only serve, a file of the code has changed")
    options = parser.parse_args()
    (ROOT / "var").mkdir(exist_ok=True)
    django.setup()

    if is_preview():
        raise SystemExit(
            "This database is from before the first release. Make a backup of it, then run once: "
            ".venv/bin/python scripts/upgrade_preview.py"
        )
    if not options.again:
        usual = gc.get_threshold()
        gc.set_threshold(100_000, 50, 100)  # migrating makes and forgets thousands of classes
        prepare(options.demo)
        gc.set_threshold(*usual)
    if options.serve:
        if options.demo and not (sized_marker().is_file() and sized_marker().read_text() == demo_version()):
            print("      server (pages show the original pictures until these are scaled)", flush=True)
            resizing.beside(resize)
        call_command("runserver", options.serve)


if __name__ == "__main__":
    main()
