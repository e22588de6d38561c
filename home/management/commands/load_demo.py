"""`manage.py load_demo`: realistic, bilingual example content. Safe to run again."""

from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.module_loading import autodiscover_modules

from home import demo


@contextmanager
def silent_mail():
    """The demo's workflow steps are history: nobody wants a mail about them."""
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, MAIL_TO_NOBODY
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = backend


MAIL_TO_NOBODY = "django.core.mail.backends.dummy.EmailBackend"


class Command(BaseCommand):
    help = "Load the demo content and the demo logins (only with DEBUG=1)."

    def add_arguments(self, parser):
        parser.add_argument(
            "--pages", type=int, default=0, metavar="N", help="also make N generated news, to measure with"
        )

    def handle(self, *args, pages: int, verbosity: int, **options):
        if not settings.DEBUG:
            raise CommandError("Demo logins have a known password: load_demo needs DEBUG=1.")
        say = self.stdout.write if verbosity else (lambda _line: None)
        call_command("setup_site", verbosity=0, stdout=self.stdout)
        autodiscover_modules("demo")
        with silent_mail(), transaction.atomic():
            demo.Demo(say, demo.KINDS).load()
        for kind in demo.KINDS:
            if pages and kind.generate:
                kind.generate(pages, say)
        say(self.style.SUCCESS("The demo content is there."))
