"""Whether a backup is whole, without restoring it."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from operations import backups
from operations.backup_files import verify
from operations.sealing import BackupError


class Command(BaseCommand):
    requires_system_checks = []  # their words are for whoever starts the site
    help = "Read a backup (the newest one, unless a file is named) to its end, and compare every byte of it."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", nargs="?", type=Path)

    def handle(self, *args: Any, file: Path | None = None, **options: Any) -> None:
        path = file or next(iter(backups.kept()), None)
        if path is None:
            raise CommandError(f"There is no backup in {settings.BACKUP_ROOT}.")
        try:
            manifest = verify(path, settings.BACKUP_KEY)
        except BackupError as error:
            raise CommandError(f"{path}: {error}") from error
        self.stdout.write(f"{path}: whole, made {manifest.made_at}, {manifest.rows} rows, {manifest.files} files.")
