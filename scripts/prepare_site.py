"""Brings the database up to date: python scripts/prepare_site.py [--demo]

Runs in the site's own Python. One process for migrations, `setup_site` and the demo, because starting Django
takes most of the time of a second `make run`.
"""

import argparse
import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_config.settings")

import django  # noqa: E402 - the path to the settings comes first
from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from upgrade_preview import is_preview  # noqa: E402


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", action="store_true", help="load the demo once (it never overwrites what was edited)")
    options = parser.parse_args()
    (ROOT / "var").mkdir(exist_ok=True)
    django.setup()

    if is_preview():
        raise SystemExit(
            "This database is from before the first release. Make a backup of it, then run once: "
            ".venv/bin/python scripts/upgrade_preview.py"
        )
    print("      migrations", flush=True)
    call_command("migrate", verbosity=0, interactive=False)
    print("      languages, roles, workflow (setup_site)", flush=True)
    call_command("setup_site", verbosity=0)

    if options.demo:
        marker, version = demo_marker(), demo_version()
        empty = not get_user_model()._default_manager.exists()
        if empty or not marker.is_file() or marker.read_text() != version:
            print("      demo content (load_demo; pictures are drawn and scaled: about half a minute)", flush=True)
            call_command("load_demo", verbosity=1)
            marker.write_text(version)


if __name__ == "__main__":
    main()
