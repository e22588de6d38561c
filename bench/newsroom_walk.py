"""Walks through the newsroom for longer than the tests do, always other walks: how far, how fast, what was done.

It is tests/approval/test_random_walk.py with 5,000 steps; MODEL_STEPS=500 says another number, MODEL_SEED=7 walks the
same way again. A walk that finds a hole ends it with its steps.
"""

import itertools
import os
import re
import secrets
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BEGINS = re.compile(r"MODEL_SEED=\d+ after (\d+) steps")
DEED = re.compile(r"([a-z ]+(?:: refused)?): (\d+)")


def main() -> int:
    environment = {
        "MODEL_STEPS": "5000",
        "MODEL_SEED": str(secrets.randbelow(10**6)),
        "DATABASE_URL": "sqlite://:memory:",
        **os.environ,
    }
    command = [sys.executable, "-m", "pytest", "tests/approval/test_random_walk.py", "-q", "-s"]
    said: list[str] = []
    deeds: dict[str, int] = {}
    begun: list[tuple[int, float]] = []
    walk = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    for line in walk.stdout or ():
        said.append(line)
        if found := BEGINS.match(line):
            begun.append((int(found[1]), time.monotonic()))
        elif found := DEED.fullmatch(line.strip()):
            deeds[found[1]] = int(found[2])
            if len(deeds) == 1:
                begun.append((0, time.monotonic()))
    if walk.wait():
        print(f"MODEL_SEED={environment['MODEL_SEED']}", *said[-150:], sep="\n")
        return 1
    walks, steps = deeds.pop("walks"), deeds.pop("steps")
    begun[-1] = (steps, begun[-1][1])
    speeds = sorted(
        (now - before) / (end - start)
        for (before, start), (now, end) in itertools.pairwise(begun[1:])  # those with the first seed warm up
    )
    print(f"{walks} walks, {steps} steps, from MODEL_SEED={environment['MODEL_SEED']}")
    if speeds:
        print(f"median {statistics.median(speeds):.1f} steps/s ({speeds[0]:.1f} to {speeds[-1]:.1f})")
    print(*(f"{times:6} {deed}" for deed, times in deeds.items()), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
