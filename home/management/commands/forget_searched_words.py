"""For the scheduler, once a day: what people searched for is kept for a year."""

from typing import Any

from django.core.management.base import BaseCommand

from home import searched


class Command(BaseCommand):
    help = "Delete what people searched for once it is a year old (docs/search.md)."

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = searched.forget()
        if options["verbosity"]:
            self.stdout.write(f"forgotten: {forgotten}")
