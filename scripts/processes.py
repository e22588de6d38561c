"""Several programs under one: each is started again when it ends, and all of them end together.

Why no library does this: docs/developers.md, "Why so".
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LOOK_EVERY = 0.2
"""Seconds."""
LONGEST_PAUSE = 60
"""Seconds before a program that ends again and again is started once more: 1, 2, 4, … up to this."""
WELL_AFTER = 60
"""Seconds that a program has to run for its next pause to be a short one again."""
END_WITHIN = 40
"""Seconds from SIGTERM to SIGKILL; gunicorn gives a request 30 of them."""
LONGEST_LINE = 65_536


@dataclass(frozen=True)
class Program:
    """What to run. `reload` is sent to it when we get SIGHUP: by default it ends, and is started anew."""

    name: str
    command: Sequence[str | Path]
    reload: signal.Signals = signal.SIGTERM


class _Process:
    """A program and the process that runs it now, if any. Each has a process group of its own."""

    def __init__(self, program: Program, say: "_Output", folder: Path, environment: Mapping[str, str]) -> None:
        self.program = program
        self.say = say
        self.folder = folder
        self.environment = environment
        self.popen: subprocess.Popen[bytes] | None = None
        self.failures = 0
        self.begun = self.next_start = 0.0
        self.is_replaced = False

    def start(self) -> None:
        # Where the kernel can do it, a program ends also when we are killed and can't tell it (Linux: util-linux).
        bound = ["setpriv", "--pdeathsig", "TERM", "--"] if shutil.which("setpriv") else []
        self.begun = time.monotonic()
        self.is_replaced = False
        self.popen = subprocess.Popen(
            [*bound, *self.program.command],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl+C reaches us alone, and we end it
        )
        threading.Thread(target=self.say.all_of, args=(self.program.name, self.popen), daemon=True).start()

    def look(self) -> None:
        """Notices that it has ended, and starts it when its pause is over."""
        now = time.monotonic()
        if self.popen is None:
            if now >= self.next_start:
                self.start()
            return
        status = self.popen.poll()
        if status is None:
            return
        self._signal_group(signal.SIGTERM)  # what it started and left behind
        self.popen = None
        if self.is_replaced:
            self.failures, self.next_start = 0, now
            return
        self.failures = 0 if now - self.begun >= WELL_AFTER else self.failures
        pause = min(2**self.failures, LONGEST_PAUSE)
        self.failures = min(self.failures + 1, 10)
        self.next_start = now + pause
        reason = signal.Signals(-status).name if status < 0 else f"status {status}"
        self.say(self.program.name, f"ended ({reason}), is started again in {pause} s")

    def reload(self) -> None:
        if self.popen:
            self.is_replaced = self.program.reload == signal.SIGTERM
            self.popen.send_signal(self.program.reload)
        self.failures, self.next_start = 0, 0.0

    def terminate(self) -> None:
        if self.popen:
            self.popen.terminate()

    def has_ended(self) -> bool:
        return self.popen is None or self.popen.poll() is not None

    def kill(self) -> None:
        self._signal_group(signal.SIGKILL)

    def _signal_group(self, number: signal.Signals) -> None:
        if self.popen:
            with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: the latter for a zombie
                os.killpg(self.popen.pid, number)


class _Output:
    """Whole lines. `is_named`: each of them after the name of who said it."""

    def __init__(self, width: int, is_named: bool) -> None:
        self.width = width
        self.is_named = is_named
        self.lock = threading.Lock()

    def __call__(self, name: str, line: str) -> None:
        self._write(self._before(name) + line.encode())

    def all_of(self, name: str, popen: subprocess.Popen[bytes]) -> None:
        assert popen.stdout is not None  # noqa: S101 - for the type checker: it is a pipe
        before = self._before(name) if self.is_named else b""
        with popen.stdout as lines:
            while line := lines.readline(LONGEST_LINE):
                self._write(before + line)

    def _before(self, name: str) -> bytes:
        return f"{name.ljust(self.width)} | ".encode()

    def _write(self, line: bytes) -> None:
        with self.lock, contextlib.suppress(OSError):  # whoever read it is gone
            sys.stdout.buffer.write(line.rstrip(b"\r\n") + b"\n")
            sys.stdout.buffer.flush()


def run(
    programs: Sequence[Program],
    folder: Path,
    environment: Mapping[str, str],
    *,
    is_named: bool,
    end_within: float = END_WITHIN,
) -> int:
    """Runs the programs in `folder` until SIGTERM or SIGINT; returns the exit status.

    `is_named`: a name stands before each of their lines. A person wants it; what reads a log wants each line as it was.

    SIGHUP lets them take new code. A second SIGTERM or SIGINT, or `end_within` seconds, end them at once. The status is
    0, or 1 where something had to be killed.
    """
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: asked.append(number))
    say = _Output(max(len(program.name) for program in programs), is_named)
    processes = [_Process(program, say, folder, environment) for program in programs]
    while not {signal.SIGTERM, signal.SIGINT} & set(asked):
        while signal.SIGHUP in asked:
            asked.remove(signal.SIGHUP)
            for process in processes:
                process.reload()
        for process in processes:
            process.look()
        time.sleep(LOOK_EVERY)
    asked.clear()
    for process in processes:
        process.terminate()
    end = time.monotonic() + end_within
    while not all(process.has_ended() for process in processes):
        if {signal.SIGTERM, signal.SIGINT} & set(asked) or time.monotonic() > end:
            break
        time.sleep(LOOK_EVERY)
    killed = [process.program.name for process in processes if not process.has_ended()]
    for process in processes:
        process.kill()
    if killed:
        say("all", f"killed: {', '.join(killed)}")
    return 1 if killed else 0
