"""From SQLite to PostgreSQL, or back."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from operations import backups
from operations.sealing import BackupError


class Command(BaseCommand):
    requires_system_checks = []  # their words are for whoever starts the site
    help = (
        "Copy all rows into another, empty database, compare them, and end with verify_approvals. Stop the site first: "
        "what is written meanwhile stays behind. Uploads stay where they are."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("database_url", help="postgres://user:password@host/name, or sqlite:///path")

    def handle(self, *args: Any, database_url: str, **options: Any) -> None:
        """Another process fills it, because what the site is made of depends on its database (search)."""
        backups.folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(dir=backups.folder()) as room:  # where a container may write as well
            path = Path(room) / "rows.backup"
            try:
                manifest = backups.write(path, datetime.now(UTC), with_files=False, tell=self.stdout.write)
            except BackupError as error:
                raise CommandError(str(error)) from error
            if manifest.broken:
                raise CommandError(f"Mend this first: {manifest.broken}")
            restore: list[Any] = [sys.executable, settings.BASE_DIR / "manage.py", "restore_backup", path]
            done = subprocess.run(  # noqa: S603 - our own command; the address is no part of it
                [*restore, "--without-files", "--send-mails"],
                env={**os.environ, "DATABASE_URL": database_url},
                check=False,
            )
        if done.returncode:
            raise CommandError("The other database is not a copy: the reason is above.", returncode=done.returncode)
        for name in manifest.missing:
            self.stderr.write(f"Missing, though a row names it: {name}")
        self.stdout.write("Now set DATABASE_URL to the other database, and start the site again.")
