"""`manage.py rebuild_terms_index`: filters find again what the rows of pages say."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from home.models.terms import index_all_terms


class Command(BaseCommand):
    help = "Put right the index of places, audiences and fields, after anything that went past Django's save()."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(self.style.SUCCESS(f"{index_all_terms()} entries put right."))
