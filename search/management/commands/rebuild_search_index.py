"""`manage.py rebuild_search_index`: the search finds what is public now, by the rules of now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from search import indexing

WIDTH = 40
MOST_NAMED = 20  # pages that can't be indexed; the log names all of them
EVERY = 10  # seconds between two lines, where there is no terminal


class Command(BaseCommand):
    help = (
        "Make the index of the search anew, while the site serves. May be broken off: the next run goes on, as it "
        "leaves alone what is in the index already in the same words and by the same version of the analyser."
    )

    requires_system_checks = []  # one of them asks for this command

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anew", action="store_true", help="write every entry, also those that are right")
        parser.add_argument(
            "--missing",
            action="store_true",
            help="only what is missing and what is gone: quick",
        )

    def handle(self, *args: Any, anew: bool, missing: bool, verbosity: int, **options: Any) -> None:
        self.is_loud, self.last_line = verbosity > 0, timezone.now()
        written, removed, failed = indexing.mend() if missing else indexing.rebuild(self.tell, anew)
        if self.is_loud:
            self.stdout.write(self.style.SUCCESS(f"{written} entries written, {removed} removed."))
        if failed:
            named = ", ".join(map(str, failed[:MOST_NAMED])) + (" …" if len(failed) > MOST_NAMED else "")
            raise CommandError(f"Pages that can't be indexed (the log says why): {len(failed)}. Their numbers: {named}")

    def tell(self, done: int, of: int) -> None:
        """A bar on a terminal; elsewhere a line now and then."""
        if not self.is_loud:
            return
        if self.stdout.isatty():
            filled = WIDTH * done // max(of, 1)
            bar = "#" * filled + "." * (WIDTH - filled)
            self.stdout.write(f"\r[{bar}] {done}/{of}", ending="\n" if done >= of else "")
            self.stdout.flush()
        elif done >= of or (timezone.now() - self.last_line).total_seconds() >= EVERY:
            self.last_line = timezone.now()
            self.stdout.write(f"{done} of {of} pages")
