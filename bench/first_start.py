"""Seconds from `make run` in a fresh clone to the first page, and of a second start (docs/performance.md).

This commit and another one (AGAINST=…, else its parent) in turns, TURNS=2 times, so that a busy machine disturbs both
alike. `cpu` is what all their processes worked, beside what they waited for. Needs git, and an index of packages.
"""

import os
import resource
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AGAINST = os.environ.get("AGAINST", "HEAD~1")
TURNS = int(os.environ.get("TURNS", "2"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def start(folder: Path) -> tuple[float, float]:
    """Seconds until the site says that it runs, and seconds of work until it has been stopped."""
    usual = ("PATH", "HOME", "LANG", "TMPDIR")
    environment = {name: value for name, value in os.environ.items() if name in usual or name.startswith("PIP_")}
    begun, before = time.monotonic(), worked()
    # A session of its own, so that Ctrl+C can be sent to all of them, as a terminal does.
    running = subprocess.Popen(
        ["make", "run"],
        cwd=folder,
        env={**environment, "PORT": str(free_port())},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    line = next((line for line in running.stdout or () if line.startswith("The site is running")), "")
    seconds = time.monotonic() - begun
    os.killpg(running.pid, signal.SIGINT)
    running.communicate(timeout=60)
    if not line:
        raise SystemExit("make run ended before the site ran.")
    return seconds, worked() - before


def main() -> None:
    for _turn in range(TURNS):
        for commit in (AGAINST, "HEAD"):
            folder = Path(tempfile.mkdtemp(prefix="first-start-"))
            try:
                subprocess.run(["git", "clone", "-q", ROOT, folder], check=True)
                chosen = subprocess.check_output(["git", "rev-parse", commit], cwd=ROOT, text=True).strip()
                subprocess.run(["git", "checkout", "-q", chosen], cwd=folder, check=True)
                for name in ("first start", "second start"):
                    seconds, cpu = start(folder)
                    print(f"{commit:<12} {name:<13} {seconds:6.1f} s, cpu {cpu:6.1f} s", flush=True)
            finally:
                shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
