"""For the scheduler, once a day: what readers wrote about chapters is kept for a year."""

from typing import Any

from django.core.management.base import BaseCommand

from catalog import feedback


class Command(BaseCommand):
    help = "Delete what readers wrote about chapters once it is a year old; their answers stay counted."

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = feedback.forget()
        if options["verbosity"]:
            self.stdout.write(f"forgotten: {forgotten}")
