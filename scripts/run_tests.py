"""`make test`: all tests on SQLite, on PostgreSQL those in which databases differ, and the browser tests.

`--all` (`make test-all`, before a release) runs everything on PostgreSQL too. What cannot be had (a browser, a
PostgreSQL) is said in one line and reported as skipped; everything else runs. ARGS="…" goes to pytest. CHROMIUM=…
names a browser; DATABASE_URL=postgres://… a server where the user may create databases. Exits 1 when any test failed.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from console import Steps, note, stop
from environment import ROOT, compile_messages, prepare, variables

sys.path.insert(0, str(ROOT))
from tests.rig import browser

NO_TESTS = 5  # pytest's exit status when it found none
SLOWEST = "--durations=10"
PATIENCE = 10
"""Seconds that interrupted tests have for tidying up."""
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
"""Our own modules and the tests are compiled once, whatever the shell says: dozens of processes read them."""
WORKERS = str(min(os.cpu_count() or 1, 4))


class Suite:
    """Runs pytest several times and remembers how each run ended."""

    def __init__(self, python: Path, arguments: list[str], **usual: str) -> None:
        self.python = python
        self.arguments = arguments
        self.usual = usual  # variables, unless our own environment says otherwise
        self.ends: list[tuple[str, str, float]] = []
        self.failed = False

    def run(self, name: str, *options: str, **environment: str) -> None:
        """One run of pytest; `environment` wins over ours."""
        begun = time.monotonic()
        with self._pytest(options, environment) as running:
            running.wait()
        self._end(name, begun, running.returncode)

    @contextlib.contextmanager
    def _pytest(self, options: tuple[str, ...], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
        """A process that ends with the body, however that ends, and so do the processes that it started.

        They are a group of their own: an interrupt reaches them through us, whoever sent it and to whom.
        """
        command: list[str | Path] = [self.python, "-m", "pytest", SLOWEST, *options, *self.arguments]
        mine = {**variables(PYTHONWARNINGS="ignore", **self.usual), **COMPILED, **environment}
        running = subprocess.Popen(command, cwd=ROOT, env=mine, stdin=subprocess.DEVNULL, start_new_session=True)
        try:
            yield running
        finally:
            if running.poll() is None:  # the body failed, or somebody interrupted it
                os.killpg(running.pid, signal.SIGINT)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    running.wait(PATIENCE)
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(running.pid, signal.SIGKILL)
                running.wait()

    def _end(self, name: str, begun: float, status: int) -> None:
        if status == NO_TESTS and self.arguments:
            end = "no test chosen"
        else:
            self.failed = self.failed or status != 0
            end = {0: "passed", NO_TESTS: "FAILED: no test found"}.get(status, "FAILED")
        self.ends.append((name, end, time.monotonic() - begun))

    def skip(self, name: str, reason: str) -> None:
        """Remembers a run that could not be; never as passed."""
        note(reason)
        self.ends.append((name, f"SKIPPED: {reason}", 0))

    def report(self) -> int:
        """Prints how each run ended; the exit status."""
        print("\nAll runs")
        for name, end, seconds in self.ends:
            print(f"  {name:<12} {end} ({seconds:.0f} s)")
        if all(end == "no test chosen" for _name, end, _seconds in self.ends):
            stop("No test matches.")
        return int(self.failed)


@contextlib.contextmanager
def postgres(python: Path) -> Iterator[tuple[str, str]]:
    """Yields the address of a PostgreSQL and an empty string, or an empty string and the reason why there is none."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given, ""
        return
    rig = subprocess.Popen(
        [python, ROOT / "tests" / "rig" / "postgres.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert rig.stdin and rig.stdout and rig.stderr  # noqa: S101 - for the type checker: they are pipes
    address = rig.stdout.readline().strip()
    try:
        if address:
            yield address, ""
        else:
            yield "", f"no PostgreSQL: {(rig.stderr.read().strip().splitlines() or ['it did not start'])[-1]}"
    finally:
        rig.stdin.close()
        rig.wait(timeout=60)


def interrupted(_signal: int, _frame: FrameType | None) -> None:
    """As Ctrl+C does, so that what was started is ended."""
    raise KeyboardInterrupt


def main() -> int:
    signal.signal(signal.SIGTERM, interrupted)
    step = Steps(5)
    step("Packages")
    python = prepare("test")
    compile_messages()
    everything = sys.argv[1:2] == ["--all"]
    # The same walks each time before a commit, others and longer ones before a release.
    walk = {"MODEL_STEPS": "2000"} if everything else {"MODEL_SEED": "1"}
    suite = Suite(python, sys.argv[1 + everything :], **walk)
    parallel = ("-n", WORKERS, "--dist", "loadscope")

    step("Tests on SQLite")
    suite.run("SQLite", "-m", "not e2e", *parallel, DATABASE_URL="sqlite://:memory:")

    step("A browser")
    path = browser.obtain(python, note)
    note(path or "no browser could be found or installed: the browser tests are skipped")

    step("Tests on PostgreSQL")
    with postgres(python) as (address, reason):
        if address:
            chosen = "not e2e" if everything else "both_databases"
            suite.run("PostgreSQL", "-m", chosen, *parallel, DATABASE_URL=address)
        else:
            suite.skip("PostgreSQL", reason)

    step("Tests in the browser")
    suite.run("Browser", "-m", "e2e", *parallel, DATABASE_URL="sqlite://:memory:", CHROMIUM=path or "none")
    if not path and suite.ends[-1][1] == "passed":
        suite.ends[-1] = ("Browser", "SKIPPED: no browser", 0)
    return suite.report()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
