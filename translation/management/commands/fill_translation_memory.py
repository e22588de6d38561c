"""`manage.py fill_translation_memory`: what visitors read in other languages now is offered to translators."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from translation import memory

STEP = 25


class Command(BaseCommand):
    help = "Fill the translation memory from the translations that are live. Safe to run again."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--from-nothing", action="store_true", help="forget first what is not live any more")

    @transaction.atomic
    def handle(self, *args: Any, from_nothing: bool, **options: Any) -> None:
        def say(done: int, total: int) -> None:
            if done % STEP == 0 or done == total:
                self.stdout.write(f"{done} of {total} texts…")

        if from_nothing:
            memory.forget()
        self.stdout.write(self.style.SUCCESS(f"{memory.fill(say)} segments are new or changed."))
