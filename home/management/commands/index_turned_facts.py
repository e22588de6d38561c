"""`manage.py index_turned_facts`: the search says of a fact what readers are told of it today."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from home import facts, file_texts
from home.models import Fact
from search import indexing

DAYS = timedelta(days=8)
"""Looked back over, so that nights without a run do no harm: the week after which all of the index is looked at."""


class Command(BaseCommand):
    help = (
        "Write the pages with facts into the index of the search anew that became valid, ran out, or have to be "
        "checked again since some days ago. What the index says already is left alone."
    )

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        turned = Fact.objects.filter(pk__in=facts.turned_since(timezone.localdate() - DAYS))
        written, _removed, failed = indexing.follow_time(file_texts.pages_with(turned))
        if verbosity:
            self.stdout.write(self.style.SUCCESS(f"{written} entries written."))
        if failed:
            raise CommandError(f"Pages that can't be indexed (the log says why): {', '.join(map(str, failed))}")
