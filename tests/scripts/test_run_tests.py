"""`make test` leaves nothing running, however it ends."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import BOTH_DATABASES, LONG

PYTEST = """#!/bin/sh
trap '' INT
sleep 600 &
sleep 1
echo started
wait
wait
"""
"""Stands for a pytest with a process of its own, neither of which listens; by then it is known to who started it."""

MAKE_TEST = """
import signal, sys
sys.path.insert(0, "scripts")
import run_tests
run_tests.PATIENCE = 0.1
signal.signal(signal.SIGTERM, run_tests.interrupted)
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever tests in the background hands down an ignored one
run_tests.Suite({python!r}, []).run("Test")
"""


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_whoever_ends_make_test_ends_what_it_started(project_root: Path, tmp_path: Path, sign: int) -> None:
    python = tmp_path / "python"
    python.write_text(PYTEST)
    python.chmod(0o755)
    program = [sys.executable, "-c", MAKE_TEST.format(python=str(python))]
    running = subprocess.Popen(program, cwd=project_root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603
    assert running.stdout is not None
    assert running.stdout.readline() == b"started\n"
    running.send_signal(sign)  # to it alone, not to its group as a terminal does
    running.communicate(timeout=60)  # ends when nobody is left who could write
    assert running.returncode != 0


def test_every_name_in_the_lists_of_tests_leads_somewhere(project_root: Path) -> None:
    for name in (*LONG, *BOTH_DATABASES):
        path, _, test = name.partition("::")
        assert (project_root / path).exists(), name
        source = (project_root / path).read_text() if test else ""
        assert all(re.search(rf"^ *(def|class) {part}", source, re.MULTILINE) for part in test.split("::") if part), (
            name
        )
