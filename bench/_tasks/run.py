"""Serves a copy of a site, and does tasks in it."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from _tasks.person import Person
from _tasks.steps import DESK, WORDS, Step, Task

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.rig import browser as rig  # noqa: E402 - the path to it comes first


class Site:
    """A copy of the site in `root`, served on a free port."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = root
        self.kept, self.database = folder / "kept.sqlite3", folder / "site.sqlite3"
        with sqlite3.connect(root / "var" / "db.sqlite3") as source, sqlite3.connect(self.kept) as copy:
            source.backup(copy)
        shutil.copytree(root / "var" / "media", folder / "media")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "DEBUG": "1",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "SITE_DATABASE": str(self.database),  # what stock_wagtail_tasks.py reads
            "MEDIA_ROOT": str(folder / "media"),
            "EMAIL_URL": "dummymail://",
            "SITE_URL": self.base,
            "PYTHONWARNINGS": "ignore",
        }
        self.put_back()
        self._manage("migrate", "--verbosity=0", "--skip-checks")
        with sqlite3.connect(self.database) as source, sqlite3.connect(self.kept) as copy:
            source.backup(copy)

    def _manage(self, *words: str) -> None:
        subprocess.run([sys.executable, "manage.py", *words], cwd=self.root, env=self.environment, check=True)

    def put_back(self) -> None:
        """The database as it was; SQLite waits for who is still at it."""
        with sqlite3.connect(self.kept) as source, sqlite3.connect(self.database, timeout=30) as site:
            source.backup(site)

    def ask(self, query: str) -> Any:
        """The first value of the first row, None for no row."""
        with sqlite3.connect(self.database) as database:
            row = database.execute(query).fetchone()
        return row and row[0]

    @contextmanager
    def served(self) -> Iterator[None]:
        command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{self.port}", "--noreload"]
        log = (self.database.parent / "server.log").open("w")
        server = subprocess.Popen(command, cwd=self.root, env=self.environment, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + 120
            while time.monotonic() < deadline and server.poll() is None:
                with suppress(OSError, urllib.error.URLError), urllib.request.urlopen(self.base):  # noqa: S310 - our own
                    break
                time.sleep(0.3)
            yield
        finally:
            server.terminate()
            server.wait()


def counted(task: Task, site: Site, new_page: Callable[..., Page]) -> tuple[int, int]:
    """Screens and clicks of `task`, which must end with its proof."""
    try:
        return done(task, task.steps, site, new_page)
    except LookupError:
        if not task.other_way:
            raise
        return done(task, task.other_way, site, new_page)


def done(task: Task, steps: tuple[Step, ...], site: Site, new_page: Callable[..., Page]) -> tuple[int, int]:
    site.put_back()
    for username, others in task.before:
        helper = Person(new_page(DESK), f"{task.name}-before-{username}")
        helper.log_in(site.base, username)
        helper.do_all(others)
        helper.page.context.close()
    person = Person(new_page(task.screen), task.name)
    person.log_in(site.base, task.person)
    try:
        person.do_all(steps)
        found = person.arrived(lambda: site.ask(task.proof), task.expected)
        if found != task.expected:
            raise LookupError(f"after all steps {found!r} instead of {task.expected!r}")
    except LookupError:
        if folder := os.environ.get("SHOTS"):
            person.page.screenshot(path=Path(folder) / f"{task.name}-failed.png")
        raise
    finally:
        person.page.context.close()
    return person.screens, person.clicks


def main(tasks: tuple[Task, ...], root: Path, language: str) -> int:
    """Does the tasks that the command line names (all by default) with the site in `root`; the exit status."""
    wanted = sys.argv[1:] or [task.name for task in tasks]
    if unknown := set(wanted) - {task.name for task in tasks}:
        print(f"No such task: {', '.join(sorted(unknown))}. There are: {', '.join(task.name for task in tasks)}.")
        return 2
    if not (root / "var" / "db.sqlite3").exists():
        print("There is no demo yet: start `make run` once.")
        return 2
    failed = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Site(root, Path(folder))
        browser = playwright.chromium.launch(executable_path=rig.installed(), args=list(rig.FLAGS))

        def new_page(screen: dict[str, int]) -> Page:
            return browser.new_context(viewport=screen, locale=language).new_page()

        with site.served():
            for task in tasks:
                if task.name not in wanted:
                    continue
                try:
                    screens, clicks = counted(task, site, new_page)
                    line = f"{screens} / {clicks}"
                except LookupError as error:
                    failed, line = 1, f"not done: {error}"
                print(f"{task.name:10} {line:10} {WORDS[task.name]}", flush=True)
        browser.close()
    return failed
