"""For monitoring: status 1 when mails wait that should have gone, or texts whose approved time has passed."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from notifications import health


class Command(BaseCommand):
    help = "Say whether mails or approved texts wait that should have gone, and end with status 1 if so."

    def handle(self, *args: Any, **options: Any) -> None:
        state = health.waiting()
        if state.is_well:
            self.stdout.write("No mail and no approved text waits longer than it should.")
            return
        for sentence in state.sentences():
            self.stderr.write(sentence)
        sys.exit(1)
