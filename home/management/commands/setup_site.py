"""`manage.py setup_site`: everything that an installation needs, and no demo content."""

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.models import Page

from approval import setup as approval_setup
from approval.models import GatedMixin
from home import bootstrap
from home.cache import raise_generation
from home.models import HomePage
from home.models.terms import PageTerm, index_all_terms
from search import indexing
from search.index import get_index
from translation import memory


class Command(BaseCommand):
    help = (
        "Create locales, root pages, sections, roles, the workflow and default settings where they are missing, and "
        "name what is otherwise than expected. Changes nothing that people made. Safe to run again."
    )

    def handle(self, *args, **options):
        # A new table beside pages of before: asked before any is planted, as those are indexed at once.
        is_unread = indexing.is_on() and HomePage.objects.exists() and get_index().is_empty()
        self.set_up()
        if is_unread:  # part by part, as the site may be serving
            try:
                call_command("rebuild_search_index", stdout=self.stdout)
            except CommandError as error:  # the rest is found: no reason for the site not to start
                self.stdout.write(self.style.WARNING(str(error)))
        self.stdout.write(self.style.SUCCESS("The site is set up."))

    @transaction.atomic
    def set_up(self) -> None:
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
