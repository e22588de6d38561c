"""What readers of ready answers get when a process is killed, rolled back, replaced, or races (docs/performance.md).

Real processes: PostgreSQL, gunicorn with two processes, publishers that are killed. Each line says what was read, how
soon it was right, and how soon the page was kept again. A page that is wrong ends the program with status 1.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

import _site
import psycopg2

TITLE = re.compile(r"<h1[^>]*>\s*(.*?)\s*</h1>", re.DOTALL)
PATIENCE = 30  # seconds


class Site:
    """A copy of the code, which a test may change, and what runs it."""

    def __init__(self, folder: Path, address: str) -> None:
        self.code, self.port, self.address = folder / "code", _site.free_port(), address
        self.settings = _site.environment(folder, f"localhost:{self.port}", address)
        left_out = shutil.ignore_patterns(".git", ".venv", "var", "tests", "__pycache__", ".*_cache")
        shutil.copytree(_site.ROOT, self.code, ignore=left_out)
        (self.code / "var").mkdir()
        (self.code / "var" / "static").symlink_to(_site.ROOT / "var" / "static")
        self.wrong = 0

    def get(self, path: str) -> tuple[str, str]:
        """Title and Cache-Status."""
        asked = urllib.request.Request(f"http://localhost:{self.port}{path}")
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 - ours
            found = TITLE.search(answer.read().decode())
            return " ".join(found[1].split()) if found else "", answer.headers.get("Cache-Status", "")

    def publisher(self, page: int, titles: str, ending: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "bench/_publisher.py", str(page), titles, ending],
            cwd=self.code,
            env={**os.environ, **self.settings},
            stdout=subprocess.PIPE,
            text=True,
        )

    def report(self, what: str, path: str, expected: str, since: float) -> None:
        """Say when `expected` was read, and when it was kept; never anything else once it was read."""
        right = kept = None
        while kept is None and time.monotonic() - since < PATIENCE:
            title, cache = self.get(path)
            now = time.monotonic() - since
            if title == expected and right is None:
                right = now
            if title != expected and right is not None:
                break
            if title == expected and cache.endswith("hit"):
                kept = now
            time.sleep(0.02)
        if kept is None:
            self.wrong += 1
        found = "WRONG" if kept is None or right is None else f"right after {right:5.2f} s   kept after {kept:5.2f} s"
        print(f"{what:<60}{found}", flush=True)


def kills(site: Site, page: int, path: str) -> None:
    first, _cache = site.get(path)
    for ending, what, expected in (
        ("before", "killed before its commit", first),
        ("rollback", "rolled back, and its process ended", first),
        ("after", "killed after its commit, before the number rose", "Zabity po zatwierdzeniu"),
        ("commit", "published", "Opublikowany"),
    ):
        site.get(path)
        publisher = site.publisher(page, "Zabity po zatwierdzeniu" if ending == "after" else "Opublikowany", ending)
        publisher.wait()
        site.report(what, path, expected, time.monotonic())


def unannounced(site: Site, page: int, path: str) -> None:
    site.get(path)
    with contextlib.closing(psycopg2.connect(site.address)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET title = 'Przez SQL' WHERE id = %s", [page])
        cursor.execute("UPDATE home_contentgeneration SET number = number + 1")
    site.report("changed by SQL, with the number", path, "Przez SQL", time.monotonic())


def two_at_once(site: Site, pages: dict[int, str]) -> None:
    """Each reader knows what its publisher said was done before it asked."""
    done = dict.fromkeys(pages, -1)
    ended = threading.Event()
    old, read = [], []

    def reader(page: int, path: str) -> None:
        while not ended.is_set():
            least = done[page]
            number = re.fullmatch(r"Numer (\d+)", site.get(path)[0])
            read.append(path)
            if least >= 0 and (number is None or int(number[1]) < least):
                old.append((path, least, number))

    def follow(page: int) -> None:
        publisher = site.publisher(page, "|".join(f"Numer {number}" for number in range(15)), "commit")
        assert publisher.stdout  # noqa: S101 - for the type checker
        for line in publisher.stdout:
            done[page] = int(line.split()[-1])
        publisher.wait()

    readers = [threading.Thread(target=reader, args=pair) for pair in pages.items() for _each in range(2)]
    publishers = [threading.Thread(target=follow, args=(page,)) for page in pages]
    for thread in (*readers, *publishers):
        thread.start()
    for thread in publishers:
        thread.join()
    ended.set()
    for thread in readers:
        thread.join()
    site.wrong += len(old)
    print(f"{'two processes publish 15 times each':<60}{len(read)} pages read, {len(old)} older than published")
    for path in pages.values():
        site.report("  and then", path, "Numer 14", time.monotonic())


def stampede(site: Site, path: str) -> None:
    with contextlib.closing(psycopg2.connect(site.address)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("UPDATE home_contentgeneration SET number = number + 1")
    time.sleep(4)  # the keepers look every three
    found: list[str] = []
    readers = [threading.Thread(target=lambda: found.append(site.get(path)[1])) for _number in range(40)]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join()
    made = sum("miss" in cache for cache in found)
    site.wrong += made != 1
    print(f"{'40 readers at once of a page that nobody has read':<60}made {made} time, {len(found) - made} waited")


def other_code(site: Site, master: int, path: str) -> None:
    """A template says something else after HUP: old and new processes run side by side for a while."""
    template = site.code / "templates" / "base.html"
    template.write_text(template.read_text().replace("</head>", '<meta name="code" content="new"></head>'))
    address = f"http://localhost:{site.port}{path}"
    os.kill(master, signal.SIGHUP)
    seen: list[tuple[bool, bool]] = []
    end = time.monotonic() + 2 * PATIENCE  # gunicorn gives the old processes 30 seconds
    while time.monotonic() < end and seen[-50:] != [(True, True)] * 50:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=60) as answer:
            words, cache = answer.read().decode(), answer.headers.get("Cache-Status", "")
            seen.append(('content="new"' in words, cache.endswith("hit")))
        time.sleep(0.02)
    first = next((number for number, (is_new, _hit) in enumerate(seen) if is_new), len(seen))
    kept = next((number for number, (is_new, hit) in enumerate(seen) if is_new and hit), len(seen))
    mixed = sum(not is_new for is_new, _hit in seen[kept:])
    site.wrong += mixed + (kept == len(seen))
    print(
        f"{'other code after HUP':<60}{first} answers of the old, then {len(seen) - first}; {mixed} old ones once kept"
    )


def main() -> None:
    with contextlib.ExitStack() as until_the_end:
        folder = Path(until_the_end.enter_context(tempfile.TemporaryDirectory()))
        site = Site(folder, until_the_end.enter_context(_site.database()))
        print("Making the demo…", flush=True)
        _site.prepare(site.settings)
        server = until_the_end.enter_context(
            _site.process(_site.gunicorn(site.port), folder=site.code, **site.settings)
        )
        _site.wait_for(f"http://localhost:{site.port}/health/ready", f"localhost:{site.port}")
        with contextlib.closing(psycopg2.connect(site.address)) as connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, url_path FROM news_newspage JOIN wagtailcore_page ON id = page_ptr_id "
                "WHERE live AND alias_of_id IS NULL AND url_path LIKE '%%/aktualnosci/%%' ORDER BY id LIMIT 2"
            )
            pages = {page: path[path.index("/aktualnosci/") :] for page, path in cursor.fetchall()}
        page, path = next(iter(pages.items()))
        kills(site, page, path)
        unannounced(site, page, path)
        two_at_once(site, pages)
        stampede(site, "/katalog/")
        other_code(site, server.pid, "/koalicja/")
    sys.exit(1 if site.wrong else 0)


if __name__ == "__main__":
    main()
