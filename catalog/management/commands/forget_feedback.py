"""For the scheduler, once a day: what readers wrote about chapters is kept for a month or a year."""

from typing import Any

from django.core.management.base import BaseCommand

from catalog import feedback


class Command(BaseCommand):
    help = (
        "Delete what readers wrote about chapters: a month after somebody has seen to it, and once it is a year old. "
        "Their answers stay counted."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = feedback.forget()
        if options["verbosity"]:
            self.stdout.write(f"forgotten: {forgotten}")
