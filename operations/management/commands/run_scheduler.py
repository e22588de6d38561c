"""The scheduler: a process that runs for ever, beside the web processes and the worker (docs/operators.md)."""

import signal
from typing import Any

from django.core.management.base import BaseCommand

from operations.jobs import JOBS
from operations.scheduler import Scheduler


class Command(BaseCommand):
    help = "Publish what is due, send mails, verify approvals and clear up, each at its time, until SIGTERM."

    def handle(self, *args: Any, **options: Any) -> None:
        scheduler = Scheduler(JOBS)
        signal.signal(signal.SIGTERM, scheduler.end)
        signal.signal(signal.SIGINT, scheduler.end)
        scheduler.run()
