"""Everything as it was when a backup was made."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from operations import restoring
from operations.sealing import BackupError


class Command(BaseCommand):
    requires_system_checks = []  # tables may be missing yet
    help = (
        "Put a backup into an empty database and an empty MEDIA_ROOT, of whichever of the two databases it was made. "
        "All or nothing. Ends with verify_approvals."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--without-files", action="store_true", help="leave uploads alone: they are there already")
        parser.add_argument("--replace", action="store_true", help="in place of what is there now")
        parser.add_argument(
            "--send-mails",
            action="store_true",
            help="mails that waited are sent: only when nothing was sent since the backup was made",
        )

    def handle(
        self,
        *args: Any,
        file: Path,
        without_files: bool = False,
        replace: bool = False,
        send_mails: bool = False,
        **options: Any,
    ) -> None:
        tell = self.stdout.write if options["verbosity"] else len
        try:
            restoring.restore(file, with_files=not without_files, replace=replace, hold_mails=not send_mails, tell=tell)
        except BackupError as error:
            raise CommandError(str(error)) from error
        restoring.finish(tell)
        call_command("verify_approvals", stdout=self.stdout, stderr=self.stderr)
