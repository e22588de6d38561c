"""For cron, once a day: everything that can't be made again, in one file."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from operations import backups
from operations.sealing import BackupError


class Command(BaseCommand):
    requires_system_checks = []  # their words are for whoever starts the site
    help = (
        "Write all rows and uploads into one file in BACKUP_ROOT while the site serves, read it again, and remove what "
        "BACKUP_KEEP lets go. Ends with status 1 and leaves nothing half when it fails."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--without-files", action="store_true", help="rows only, where uploads are kept otherwise")

    def handle(self, *args: Any, without_files: bool = False, **options: Any) -> None:
        tell = self.stdout.write if options["verbosity"] else len
        try:
            path, manifest = backups.make(with_files=not without_files, tell=tell)
        except BackupError as error:
            raise CommandError(str(error)) from error
        tell(f"{path}: {manifest.rows} rows, {manifest.files} files, {path.stat().st_size} bytes.")
        for name in manifest.missing:
            self.stderr.write(f"Missing, though a row names it: {name}")
