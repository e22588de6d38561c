"""`manage.py setup_site`: everything that an installation needs, and no demo content."""

from django.core.management.base import BaseCommand
from django.db import transaction

from editorial import setup as editorial_setup
from home import planting
from home.models import HomePage, SiteSettings


class Command(BaseCommand):
    help = (
        "Create locales, root pages, sections, roles, the workflow and default settings; "
        "repair them on an old database. Safe to run again."
    )

    @transaction.atomic
    def handle(self, *args, **options):
        changes = list(planting.plant())
        editorial_setup.apply(HomePage.objects.filter(depth=2), [SiteSettings])
        for change in changes:
            self.stdout.write(change.sentence)
        self.stdout.write(self.style.SUCCESS("The site is set up."))
