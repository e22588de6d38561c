"""`manage.py load_demo`: realistic, bilingual example content. Safe to run again."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.module_loading import autodiscover_modules

from home import demo, signals
from home.demo.pictures import resize
from notifications import outbox
from search import indexing
from translation import memory


class Command(BaseCommand):
    help = "Load the demo content and the demo logins (only with DEBUG=1)."

    def add_arguments(self, parser):
        parser.add_argument(
            "--pages", type=int, default=0, metavar="N", help="also make N generated news, to measure with"
        )

        parser.add_argument(
            "--without-pictures",
            action="store_true",
            help="leave resizing the pictures to their first visitors",
        )

    def handle(self, *args, pages: int, verbosity: int, without_pictures: bool, **options):
        if not settings.DEBUG:
            raise CommandError("Demo logins have a known password: load_demo needs DEBUG=1.")
        say = self.stdout.write if verbosity else (lambda _line: None)
        call_command("setup_site", verbosity=0, stdout=self.stdout)
        autodiscover_modules("demo")
        content = demo.Demo(say, demo.KINDS)
        with signals.without_pictures():
            with outbox.silence(), memory.reading_once(), transaction.atomic(), indexing.together():
                content.load()
            for kind in demo.KINDS:
                if pages and kind.generate:
                    kind.generate(pages, say)
        if pages and indexing.is_on():
            call_command("rebuild_search_index", missing=True, verbosity=0)
        if not without_pictures:
            resize(say)
        say(self.style.SUCCESS("The demo content is there."))
