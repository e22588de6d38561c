"""What the commands of the Makefile say: numbered steps, and one clear line where something is missing."""

import sys
from typing import NoReturn


class Steps:
    """Prints `[2/5] Doing this` and keeps count; `total` is the number of calls to come."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0

    def __call__(self, text: str) -> None:
        self.done += 1
        print(f"[{self.done}/{self.total}] {text}", flush=True)


def note(text: str) -> None:
    """A line below the current step."""
    print(f"      {text}", flush=True)


def stop(reason: str) -> NoReturn:
    """Ends the command with one line that names what is missing."""
    print(reason, file=sys.stderr, flush=True)
    sys.exit(1)
