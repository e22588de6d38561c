"""`manage.py verify_approvals`: does every live page say what somebody independent approved?

Exit code 0 if so, else 1, with a line for each page or snippet that doesn't. Emergency publications
that wait for their confirmation are named, and are no error: the ledger says who answers for them.
"""

from itertools import chain

from django.apps import apps
from django.core.management.base import BaseCommand
from wagtail.models import Page

from approval import restriction, verification
from approval.models import GatedMixin, LedgerEntry


class Command(BaseCommand):
    help = "Recompute every publication; exit 1 and name each live text that nobody approved."

    def handle(self, *args, **options):
        pages = Page.objects.filter(depth__gt=1).specific().iterator(chunk_size=100)
        snippets = [
            model.objects.all()
            for model in apps.get_models()
            if issubclass(model, GatedMixin) and not issubclass(model, Page)
        ]
        count = 0
        for doubt in verification.doubts(chain(pages, *snippets)):
            count += 1
            label = doubt.instance._meta.verbose_name
            name = restriction.operators_name(doubt.instance, str(doubt.instance))
            self.stdout.write(f"{label} {doubt.instance.pk} {name} {doubt.problem}")
        for entry in LedgerEntry.objects.unconfirmed():
            self.stdout.write(f"“{entry.title}” was published in an emergency and waits for its confirmation.")
        if count:
            self.stderr.write(self.style.ERROR(f"{count} live texts without a valid approval."))
            raise SystemExit(1)
        self.stdout.write(self.style.SUCCESS("Every live text is as it was approved."))
