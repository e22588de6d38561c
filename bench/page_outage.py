"""What visitors see behind nginx while the database is stopped, and then Python (docs/performance.md).

PostgreSQL, gunicorn with two processes, nginx by deploy/nginx/, the demo; eight times a second somebody asks for each
kind of address. SECONDS=20 says how long each is away. Needs nginx.
"""

import contextlib
import http.client
import os
import re
import signal
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import _site
import psycopg2

SECONDS = int(os.environ.get("SECONDS", "20"))
KEPT = ("/", "/en/", "/aktualnosci/", "/en/news/", "/koalicja/", "/wydarzenia/")
FILES = ("/sitemap.xml", "/aktualnosci/rss/", "/aktualnosci/atom/", "/wydarzenia.ics")
ADDRESSES = {
    "pages that somebody has read": KEPT,
    "sitemap, feeds, a calendar file": FILES,
    "pages that nobody has read": ("/katalog/", "/en/coalition/"),
    "search in Polish": ("/szukaj/?q=podworko",),
    "search in English": ("/en/search/?q=yard",),
    "the form to log in": ("/admin/login/",),
}
HEADLINE = re.compile(r"<h1[^>]*>\s*(.*?)\s*</h1>", re.DOTALL)


class Visitors:
    """Ask all the time, and note what they get."""

    def __init__(self, port: int, host: str) -> None:
        self.port, self.host, self.phase = port, host, ""
        self.seen: dict[tuple[str, str], Counter[tuple[str, str, str]]] = {}
        self.slowest: dict[tuple[str, str], float] = {}
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self._visit, args=pair) for pair in ADDRESSES.items()]

    def _visit(self, kind: str, addresses: tuple[str, ...]) -> None:
        number = 0
        while not self.ended.wait(0.125):
            number += 1
            phase, path = self.phase, addresses[number % len(addresses)]
            if not phase:
                continue
            if kind == "pages that nobody has read" and phase == "all is well":
                continue
            begun = time.monotonic()
            got = self._get(path)
            self.seen.setdefault((phase, kind), Counter())[got] += 1
            took = time.monotonic() - begun
            self.slowest[phase, kind] = max(self.slowest.get((phase, kind), 0), took)

    def _get(self, path: str) -> tuple[str, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers={"Host": self.host})
            answer = connection.getresponse()
            words = answer.read().decode()
        except OSError as error:
            return type(error).__name__, "", ""
        finally:
            connection.close()
        found = HEADLINE.search(words)
        said = found[1] if found else words.partition("\n")[0][:70]
        return str(answer.status), answer.headers.get("Cache-Status", ""), said if answer.status != 200 else ""

    def table(self) -> None:
        for (phase, kind), seen in self.seen.items():
            for (status, cache, words), times in seen.most_common():
                slowest = f"{self.slowest[phase, kind]:.1f} s"
                print(f"{phase:<22}{kind:<32}{times:>5} × {status}  {cache or '–':<42}{slowest:>7}  {words}")


class Database:
    """The server's process, to stop and to start again."""

    def __init__(self, address: str) -> None:
        with contextlib.closing(psycopg2.connect(address)) as connection, connection.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            self.data = Path(cursor.fetchone()[0])
        self.pid = int((self.data / "postmaster.pid").read_text().split()[0])
        self.command = Path(f"/proc/{self.pid}/cmdline").read_bytes().decode().split("\0")[:-1]
        self.owner = self.data.stat()

    def stop(self) -> None:
        os.kill(self.pid, signal.SIGINT)

    def start(self) -> "subprocess.Popen[Any]":
        log = (self.data / "log").open("a")
        kept = {"user": self.owner.st_uid, "group": self.owner.st_gid} if os.geteuid() == 0 else {}
        return subprocess.Popen(self.command, cwd=self.data, stdout=log, stderr=log, **kept)


def main() -> None:
    with _site.behind_nginx() as site, contextlib.ExitStack() as until_the_end:
        port, host = site.port, f"localhost:{site.port}"
        for path in (*KEPT, *FILES):
            _site.wait_for(f"http://localhost:{port}{path}", host)
        visitors = Visitors(port, host)
        for thread in visitors.threads:
            thread.start()
        visitors.phase = "all is well"
        time.sleep(5)
        database = Database(site.address)
        visitors.phase = "no database"
        database.stop()
        time.sleep(SECONDS)
        again = database.start()
        until_the_end.callback(again.wait, 60)
        until_the_end.callback(again.terminate)
        visitors.phase = "database back"
        time.sleep(8)
        visitors.phase = "no Python"
        site.server.terminate()
        site.server.wait(90)
        time.sleep(SECONDS)
        until_the_end.enter_context(_site.process(_site.gunicorn(site.python), **site.settings))
        visitors.phase = "Python starts"
        _site.wait_for(f"http://localhost:{site.python}/health/ready", host)
        visitors.phase = "Python back"
        time.sleep(8)
        visitors.ended.set()
        for thread in visitors.threads:
            thread.join()
        visitors.table()


if __name__ == "__main__":
    main()
