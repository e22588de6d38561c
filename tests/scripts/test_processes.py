"""`make serve` keeps web, worker and scheduler going (scripts/processes.py)."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PROGRAM = """
import signal, sys
sys.path.insert(0, {scripts!r})
from processes import Program, run

def python(code):
    return [sys.executable, "-u", "-c", code]

HEARS = '''
import os, signal, time
signal.signal(signal.SIGHUP, lambda *_: print("took new code", flush=True))
print("is", os.getpid(), flush=True)
while True: time.sleep(0.05)
'''
DEAF = '''
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("is", os.getpid(), flush=True)
while True: time.sleep(0.05)
'''
programs = {{
    "web": Program("web", python(HEARS), reload=signal.SIGHUP),
    "worker": Program("worker", python(HEARS)),
    "dies": Program("dies", python("import sys; print('alas', file=sys.stderr); sys.exit(3)")),
    "deaf": Program("deaf", python(DEAF)),
}}
chosen = [programs[name] for name in sys.argv[2:]]
sys.exit(run(chosen, {folder!r}, {{"A": "1"}}, is_named=sys.argv[1] == "named", end_within=1))
"""


class Supervisor:
    """One with fake programs, and what it has said so far."""

    def __init__(self, program: Path, *names: str, is_named: bool = True) -> None:
        command = [sys.executable, str(program), "named" if is_named else "plain", *names]
        self.popen = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # noqa: S603
        self.said = ""

    def hears(self, pattern: str, times: int = 1) -> list[str]:
        """Waits until something was said so many times, and returns what of it."""
        assert self.popen.stdout
        while len(found := re.findall(pattern, self.said, re.MULTILINE)) < times:
            line = self.popen.stdout.readline()
            assert line, self.said
            self.said += line
        return found

    def ends(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.popen.send_signal(number)
        self.said += self.popen.communicate(timeout=30)[0]
        return self.popen.returncode


@pytest.fixture
def supervisor(project_root: Path, tmp_path: Path) -> Iterator[Callable[..., Supervisor]]:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM.format(scripts=str(project_root / "scripts"), folder=str(tmp_path)))
    started: list[Supervisor] = []

    def start(*names: str, **more: bool) -> Supervisor:
        started.append(Supervisor(program, *names, **more))
        return started[-1]

    yield start
    for one in started:
        if one.popen.poll() is None:
            one.popen.terminate()
            one.popen.wait(30)


def is_there(number: str) -> bool:
    """Whether a process still runs (one that nobody has collected does not)."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{number}/status").read_text()
    except OSError:
        return False


def is_gone(*numbers: str) -> bool:
    for _tenth in range(100):
        if not any(is_there(number) for number in numbers):
            return True
        time.sleep(0.1)
    return False


def test_what_dies_is_started_again_and_ends_nothing_else(supervisor: Callable[..., Supervisor]) -> None:
    ours = supervisor("web", "dies")
    assert ours.hears(r"^dies \| ended \(status 3\), is started again in (\d+) s", times=2) == ["1", "2"]
    ours.hears(r"^dies \| alas$", times=2)
    (web,) = ours.hears(r"^web  \| is (\d+)$")
    os.kill(int(web), signal.SIGKILL)
    ours.hears(r"^web  \| ended \(SIGKILL\)")
    again = ours.hears(r"^web  \| is (\d+)$", times=2)[1]
    assert ours.ends() == 0
    assert is_gone(web, again)


def test_a_log_gets_the_lines_as_they_were(supervisor: Callable[..., Supervisor]) -> None:
    """A line of JSON, or one that fail2ban looks for, begins where it began; what we say ourselves has a name."""
    ours = supervisor("web", "dies", is_named=False)
    ours.hears(r"^is \d+$")
    ours.hears(r"^alas$")
    ours.hears(r"^dies \| ended \(status 3\)")
    assert ours.ends() == 0


def test_sighup_lets_the_web_take_new_code_and_starts_the_others_anew(supervisor: Callable[..., Supervisor]) -> None:
    ours = supervisor("web", "worker")
    (web,) = ours.hears(r"^web    \| is (\d+)$")
    ours.hears(r"^worker \| is \d+$")
    ours.popen.send_signal(signal.SIGHUP)
    ours.hears(r"^web    \| took new code$")
    before, after = ours.hears(r"^worker \| is (\d+)$", times=2)
    assert is_gone(before) and is_there(after) and is_there(web)
    assert ours.ends(signal.SIGINT) == 0
    assert "ended" not in ours.said


def test_what_does_not_end_is_killed_and_the_status_says_so(supervisor: Callable[..., Supervisor]) -> None:
    ours = supervisor("deaf", "web")
    numbers = ours.hears(r"\| is (\d+)$", times=2)
    assert ours.ends() == 1
    assert "killed: deaf" in ours.said
    assert is_gone(*numbers)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent was killed")
def test_nothing_is_left_when_the_supervisor_itself_is_killed(supervisor: Callable[..., Supervisor]) -> None:
    ours = supervisor("web", "worker")
    numbers = ours.hears(r"\| is (\d+)$", times=2)
    ours.popen.kill()
    ours.popen.wait(30)
    assert is_gone(*numbers)
