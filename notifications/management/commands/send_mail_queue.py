"""For the scheduler, every few minutes: reminders, digests, and whatever waits or failed."""

from typing import Any

from django.core.management.base import BaseCommand

from approval.one_at_a_time import the_only_one
from approval.signals import scheduler_ran
from notifications import delivery, health, reminders


class Command(BaseCommand):
    help = "Write due reminders and send what waits in the outbox, with digests and repeated tries."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--again",
            action="store_true",
            help="also try once more what was given up",
        )
        parser.add_argument("--drop", action="store_true", help="never try again what was given up")

    def handle(self, *args: Any, again: bool = False, drop: bool = False, **options: Any) -> None:
        if drop:
            self.stdout.write(f"dropped: {delivery.drop()}")
        if again:
            self.stdout.write(f"released: {delivery.release()}")
        with the_only_one("remind") as leads:  # mails are taken one by one (delivery.claim), so two may send
            written = reminders.remind() if leads else 0
        outcome = delivery.deliver()
        scheduler_ran.send(sender=Command)
        if options["verbosity"]:
            self.stdout.write(
                f"reminders: {written}, sent: {outcome.sent}, no longer of use: {outcome.dropped}, "
                f"put off: {outcome.put_off}"
            )
        for sentence in health.waiting().sentences():
            self.stderr.write(sentence)
