"""`manage.py setup_site`: everything that an installation needs, and no demo content."""

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import Page

from approval import setup as approval_setup
from approval.models import GatedMixin
from home import bootstrap
from home.cache import raise_generation
from home.models import HomePage
from home.models.terms import PageTerm, index_all_terms
from translation import memory


class Command(BaseCommand):
    help = (
        "Create locales, root pages, sections, roles, the workflow and default settings where they are missing, and "
        "name what is otherwise than expected. Changes nothing that people made. Safe to run again."
    )

    @transaction.atomic
    def handle(self, *args, **options):
        for change in list(bootstrap.create_missing()):
            self.stdout.write(change.sentence)
        gated = [model for model in apps.get_models() if issubclass(model, GatedMixin)]
        snippets = [model for model in gated if not issubclass(model, Page)]
        for sentence in approval_setup.apply(HomePage.objects.filter(depth=2), snippets):
            self.stdout.write(sentence)
        if not PageTerm.objects.exists():  # a new table, or nothing to index: reading everything at each start is slow
            index_all_terms()
        if memory.is_empty():
            memory.fill()
        raise_generation()  # the code may be new: what another version made of the same content is not given again
        self.stdout.write(self.style.SUCCESS("The site is set up."))
