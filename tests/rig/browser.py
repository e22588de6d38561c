"""A Chromium for the browser tests: one that is there, else Playwright's own, else Debian's package."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# No page needs the world outside, so the browser is told not to call home, and to find no host but this one.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
WHERE_IS_PLAYWRIGHTS = (
    "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
)


def starts(path: str) -> bool:
    """Whether it is a browser that runs here: one whose system libraries are missing is as good as none."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def installed() -> str | None:
    """Path of a browser on this machine: $CHROMIUM, a known name on the PATH, or a Mac application."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else [*map(shutil.which, NAMES), *MAC]
    return next((path for path in candidates if path and starts(path)), None)


def from_playwright(python: Path) -> str | None:
    """Path of the browser that Playwright downloads for itself (at once when it did so before)."""
    try:
        subprocess.run([python, "-m", "playwright", "install", "chromium"], capture_output=True, timeout=300)
        where = subprocess.run([python, "-c", WHERE_IS_PLAYWRIGHTS], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    path = where.stdout.strip()
    return path if path and starts(path) else None


def from_debian() -> str | None:
    """Path of the browser of Debian's package, where we may install it."""
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        return None
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"],
    ):
        try:
            subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=600, env=environment)
        except (OSError, subprocess.TimeoutExpired):
            return None
    return installed()


def obtain(python: Path, tell: Callable[[str], None]) -> str | None:
    """Path of a browser that runs, installed if need be; None where no way works. `tell` hears what it tries."""
    if path := installed():
        return path
    if os.environ.get("CHROMIUM"):
        tell(f"CHROMIUM={os.environ['CHROMIUM']} does not start")
        return None
    tell("no Chromium or Chrome on this machine: Playwright is asked for one")
    if path := from_playwright(python):
        return path
    tell("that did not work: Debian's package is tried")
    return from_debian()
