"""Queries and processor time of every screen of the admin, beside stock Wagtail's (docs/performance.md, “Admin”).

The demo and 10,000 generated news (PAGES=…) in a copy of its database, as each of four people; and as many pages in a
project of `wagtail start`, asked in turns. Processor time and not time: a busy machine disturbs it less. Names of
screens as arguments measure these alone. DATABASE=postgresql measures both there, DATABASE_URL=postgres://… this one in
a database that has the news already. BEFORE=folder measures another checkout of this project besides, with the same
database; SHOW="a screen" prints its queries; SAMPLES=2 says how often each is timed, PEOPLE="autorka" by whom.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import _site
import psycopg2
from stock_wagtail_tasks import made

ROOT = Path(__file__).resolve().parent.parent
PAGES = os.environ.get("PAGES", "10000")
PEOPLE = os.environ.get("PEOPLE", "autorka redaktorka koordynatorka tlumaczka").split()
WIDTH = 12


class Site:
    """A process that measures one site."""

    def __init__(self, kind: str, folder: Path, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, ROOT / "bench" / "_screens" / "worker.py", kind],
            cwd=folder,
            env={**os.environ, "PYTHONWARNINGS": "ignore", "PAGES": PAGES, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.screens: list[str] = self._answer()

    def _answer(self) -> Any:
        assert self.process.stdout  # noqa: S101 - for the type checker: it is a pipe
        line = self.process.stdout.readline()
        return json.loads(line) if line else sys.exit("A site fell silent: its reason is above.")

    def figures(self, screen: str, person: str) -> str:
        """“queries · milliseconds”; the status where there is no such screen for this person."""
        assert self.process.stdin  # noqa: S101 - likewise
        print(json.dumps([screen, person]), file=self.process.stdin, flush=True)
        found = self._answer()
        if found is None:
            return ""
        status, queries, milliseconds = found
        return f"{queries} · {milliseconds}" if status == 200 else f"({status})"

    def end(self) -> None:
        self.process.terminate()
        self.process.wait()


def fill(address: str) -> str:
    """The address of that database, with the demo and the news in it, and in the search."""
    environment = {**os.environ, "DATABASE_URL": address, "DEBUG": "1"}
    load = ["load_demo", "--pages", PAGES, "--without-pictures"]
    for words in (["migrate"], load, ["update_index"]):
        command = [sys.executable, "manage.py", *words, "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return address


@contextlib.contextmanager
def databases(folder: Path) -> Iterator[tuple[str, str]]:
    """The addresses of a database with the demo and the news, and of an empty one, or "" where files will do."""
    if given := os.environ.get("DATABASE_URL"):
        yield given, ""
    elif os.environ.get("DATABASE") == "postgresql":
        with _site.database() as server:
            connection = psycopg2.connect(server)
            connection.autocommit = True
            for name in ("site", "stock"):
                connection.cursor().execute(f"CREATE DATABASE {name}")
            connection.close()
            site, stock = (server.replace("/postgres?", f"/{name}?") for name in ("site", "stock"))
            yield fill(site), stock
    else:
        yield fill(f"sqlite:///{folder / 'copy.sqlite3'}"), ""


def main() -> None:
    with contextlib.ExitStack() as until_the_end:
        folder = Path(until_the_end.enter_context(tempfile.TemporaryDirectory()))
        print(f"Making {PAGES} pages…", flush=True)
        here, empty = until_the_end.enter_context(databases(folder))
        ours = {"DATABASE_URL": here, "PAGES_ROOT": ""}
        ours |= {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "site_config.settings"}
        stock = made(folder, empty)
        its_own = empty or str(stock / "var" / "db.sqlite3")
        there = {"DJANGO_SETTINGS_MODULE": "stock.settings.dev", "SITE_DATABASE": its_own}
        sites = {"now": Site("ours", ROOT, **ours), "stock": Site("stock", stock, **there)}
        if before := os.environ.get("BEFORE"):
            sites = {"before": Site("ours", Path(before), **ours), **sites}
        for site in sites.values():
            until_the_end.callback(site.end)
        columns = [(person, name) for person in PEOPLE for name in sites]
        print("Queries · milliseconds of processor time\n")
        print(f"{'':<32}" + "".join(f"{person:<{WIDTH * len(sites)}}" for person in PEOPLE))
        print(f"{'screen':<32}" + "".join(f"{name:<{WIDTH}}" for _person, name in columns), flush=True)
        for screen in sys.argv[1:] or sites["now"].screens:
            print(f"{screen:<32}", end="", flush=True)
            for person, name in columns:
                print(f"{sites[name].figures(screen, person):<{WIDTH}}", end="", flush=True)
            print()


if __name__ == "__main__":
    main()
