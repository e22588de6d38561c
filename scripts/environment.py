"""The virtual environment: made once, filled from the locked requirements, filled again only when these change."""

import contextlib
import hashlib
import importlib.util
import itertools
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from console import note, stop

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VAR = ROOT / "var"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
PIPS = 3
"""How many of them fill a new .venv."""


@contextlib.contextmanager
def _only_one() -> Iterator[None]:
    """`make run` and `make test` started side by side take turns here."""
    VAR.mkdir(exist_ok=True)
    with (VAR / "environment.lock").open("w") as lock:
        try:
            import fcntl  # noqa: PLC0415 - not on Windows, where nobody waits
        except ImportError:
            yield
            return
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            note("waiting for another make command that installs packages")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _works() -> bool:
    """A .venv that was cut short, or whose Python is gone or too old, is made anew."""
    check = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([PYTHON, "-c", check], capture_output=True).returncode == 0
    except OSError:
        return False


def _make() -> None:
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if missing:
        stop(
            f"Python {version} at {sys.executable} lacks its module {missing[0]}: install the package python3-venv "
            f"(Debian, Ubuntu: apt-get install python3-venv, or python{version}-venv)."
        )
    note(f"making .venv with Python {version}")
    result = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
    if result.returncode:
        stop(f"Python could not make .venv: {(result.stderr or result.stdout).strip()}")


def _checksum(names: tuple[str, ...]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for name in names:
        digest.update((REQUIREMENTS / f"{name}.txt").read_bytes())
    return digest.hexdigest()


def _marker(*names: str) -> Path:
    return VENV / f".installed-{'-'.join(names)}"


def _names(marker: Path) -> tuple[str, ...]:
    return tuple(marker.name.split("-")[1:])


def _requirements(names: tuple[str, ...]) -> list[str]:
    """The locked packages, each with its checksums, as they stand in the files."""
    text = "".join((REQUIREMENTS / f"{name}.txt").read_text() for name in names)
    return list(dict.fromkeys(re.findall(r"^[\w.\[\]-]+==(?:.*\\\n)*.*\n", text, re.MULTILINE)))


def _pip(wanted: list[str], at_once: int) -> None:
    """Installs packages, and shows how far it is.

    Several pips `at_once` may fill an empty .venv: a third of pip's time is waiting for the index, another one is one
    processor's work of compiling.
    """
    begun = itertools.count(1)

    def run(part: list[str]) -> tuple[int, list[str]]:
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
            file.writelines(part)
            file.flush()
            command: list[str | Path] = [PYTHON, "-m", "pip", "install", "--require-hashes"]
            command += ["--no-deps", "--disable-pip-version-check", "--progress-bar", "off", "--no-input"]
            process = subprocess.Popen(
                [*command, "-r", file.name],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
            )
            said: list[str] = []
            assert process.stdout is not None  # noqa: S101 - for the type checker: it is a pipe
            for line in process.stdout:
                said.append(line)
                match = re.match(r"\s*(?:Collecting|Requirement already satisfied:) ([\w.-]+)", line)
                if match and (number := next(begun)) % 20 == 0:
                    note(f"{number} of {len(wanted)}: {match[1]}")
            return process.wait(), said

    with ThreadPoolExecutor(at_once) as pips:
        for status, said in pips.map(run, [wanted[number::at_once] for number in range(at_once)]):
            if status:
                reasons = [line.strip() for line in said if line.lower().startswith(("error", "warning: retrying"))]
                sys.stderr.writelines(said[-15:])
                stop(f"pip could not install the packages: {reasons[-1] if reasons else 'see above'}")


def prepare(*names: str) -> Path:
    """Makes .venv hold the named requirement sets (`run`, `production`, `test`); returns its Python.

    Does nothing, quickly, when they were installed before and have not changed. Ends the program with one
    line when Python lacks venv or a package cannot be had.
    """
    marker = _marker(*names)
    wanted = _checksum(names)
    with _only_one():
        is_new = not _works()
        if is_new:
            _make()
        if not marker.is_file() or marker.read_text() != wanted:
            note(
                f"installing requirements/{', '.join(f'{name}.txt' for name in names)} (about a minute the first time)"
            )
            # The locks agree with each other, so what was installed from today's files stays true; what was
            # installed from others may be overwritten now.
            for old in VENV.glob(".installed-*"):
                if old.read_text() != _checksum(_names(old)):
                    old.unlink()
            _pip(_requirements(names), PIPS if is_new else 1)
            marker.write_text(wanted)
            if "test" in names:  # its lock holds all of run.txt
                _marker("run").write_text(_checksum(("run",)))
    return PYTHON


def compile_messages() -> None:
    """Makes the .mo of what is new among the .po: a site without them speaks English."""
    if subprocess.run([PYTHON, ROOT / "scripts" / "messages.py", "--changed"], cwd=ROOT).returncode:
        stop("The translations could not be compiled: the reason is above.")


def variables(**more: str) -> dict[str, str]:
    """The environment for a child process: ours, with `more` where it is not set already."""
    return {**more, "PYTHONUNBUFFERED": "1", **os.environ}
