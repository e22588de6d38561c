"""What public pages cost on a site of 100, 1,000, 10,000 and 100,000 news (docs/performance.md, “Growth”).

For each page: queries, and CPU time of the process and of its database, median of warm requests and of those that
come first after a publication. The site has as many events, and every tenth news item in English too.
PAGES="100 1000" are other sizes; DATABASES=sqlite asks that one alone; ONLY=event one page; DATABASE_URL=… takes a
database with the demo, and fills it.
"""

import contextlib
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import _demo
import django

SIZES = [int(size) for size in os.environ.get("PAGES", "100 1000 10000 100000").split()]
WARM, FIRST = 5, 3
ADDRESSES = {
    "home": "/",
    "home, English": "/en/",
    "news": "/aktualnosci/",
    "news, page 4000": "/aktualnosci/?page=4000",
    "news of a kind": "/aktualnosci/?kind=report",
    "the last of a kind": "/aktualnosci/?kind=report&page=99999",
    "news of a region": "/aktualnosci/?region=krakow",
    "news of a topic": "/aktualnosci/?tag=abc-dla-ngo",
    "news of a year": "/aktualnosci/?year=2020",
    "of kind, region, year": "/aktualnosci/?kind=report&region=krakow&year=2020",
    "news, English": "/en/news/",
    "news item": "/aktualnosci/abc-dla-ngo-piec-pytan/",
    "old news item": "/aktualnosci/pomiar-7/",
    "RSS": "/aktualnosci/rss/",
    "events": "/wydarzenia/",
    "past events": "/wydarzenia/?when=archive",
    "past, page 4000": "/wydarzenia/?when=archive&page=4000",
    "events of a kind": "/wydarzenia/?kind=debate",
    "accessible events": "/wydarzenia/?when=archive&access=step_free",
    "event": "/wydarzenia/abc-dla-ngo-spotkanie-online/",
    "calendar": "/wydarzenia.ics",
    "handbook": "/katalog/",
    "chapter": "/katalog/po-co-nam-kdo/",
    "sitemap": "/sitemap.xml",
    "part of the sitemap": "",  # the last that the sitemap names
}


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """The address of a server with the demo in it."""
    with tempfile.TemporaryDirectory() as folder:
        rig = subprocess.Popen(
            [sys.executable, "tests/rig/postgres.py"],
            cwd=_demo.ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert rig.stdout and rig.stdin  # noqa: S101 - for the type checker: they are pipes
        try:
            url = rig.stdout.readline().strip()
            usual = {**os.environ, "DATABASE_URL": url, "DEBUG": "1", "MEDIA_ROOT": folder}
            for command in (["migrate"], ["setup_site"], ["load_demo", "--without-pictures"]):
                subprocess.run(
                    [sys.executable, "manage.py", *command, "--verbosity", "0"], cwd=_demo.ROOT, env=usual, check=True
                )
            os.environ["MEDIA_ROOT"] = folder
            yield url
        finally:
            rig.stdin.close()
            rig.wait(60)


def grow(count: int) -> None:
    """Up to `count` generated news and events, and a tenth of the news in English."""
    from events.models import EventIndexPage, EventKind, EventPage  # noqa: PLC0415 - once Django is set up
    from home.demo.bulk import add_children  # noqa: PLC0415
    from news.measuring import add_news  # noqa: PLC0415
    from news.models import NewsIndexPage, NewsPage  # noqa: PLC0415

    now = django.utils.timezone.now()
    add_news(count, lambda _line: None)
    index = EventIndexPage.objects.get(locale__language_code="pl")
    there = index.numchild
    for start in range(there, count, 1000):
        events = []
        for number in range(start, min(start + 1000, count)):
            # However long a site lives, about a hundred events are coming.
            begins = now + timedelta(days=number) if number < 100 else now - timedelta(days=number * 7919 % 7300 + 1)
            events.append(
                EventPage(
                    title=f"Spotkanie pomiarowe {number}",
                    slug=f"pomiar-{number}",
                    lead="Spotkanie, które istnieje tylko po to, żeby coś zmierzyć.",
                    kind=EventKind.values[number % len(EventKind.values)],
                    start=begins,
                    end=begins + timedelta(hours=2),
                    place="Dom sąsiedzki",
                    address="ul. Podwórkowa 7, Kraków",
                    district=f"krakow-{number % 18 + 1}",
                    step_free="yes" if number % 3 else "unknown",
                    last_published_at=now,
                )
            )
        add_children(index, events)
    english = NewsIndexPage.objects.get(locale__language_code="en")
    originals = NewsPage.objects.filter(locale__language_code="pl", slug__endswith="0", slug__startswith="pomiar-")
    here = NewsPage.objects.child_of(english).values("translation_key")
    for page in (missing := originals.exclude(translation_key__in=here).only(*_OF_TRANSLATIONS).iterator()):
        batch = [page, *(one for one, _number in zip(missing, range(999), strict=False))]
        add_children(english, [NewsPage(**{name: getattr(one, name) for name in _OF_TRANSLATIONS}) for one in batch])


_OF_TRANSLATIONS = ("title", "slug", "translation_key", "kind", "regions", "date", "lead", "last_published_at")


class Clock:
    """CPU time of this process and of the database's that works for it, in seconds."""

    def __init__(self) -> None:
        from django.db import connection  # noqa: PLC0415 - once Django is set up

        self.backend: Path | None = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET max_parallel_workers_per_gather = 0")  # others would work unseen
                cursor.execute("SELECT pg_backend_pid()")
                self.backend = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def now(self) -> float:
        return time.process_time() + (int(self.backend.read_text().split()[0]) / 1e9 if self.backend else 0)

    def of(self, action: Callable[[], object], times: int, before: Callable[[], object]) -> float:
        """The median of so many runs, in milliseconds."""
        figures = []
        for _time in range(times):
            before()
            began = self.now()
            action()
            figures.append((self.now() - began) * 1000)
        return statistics.median(figures)


def measure(count: int) -> None:
    from django.db import connection  # noqa: PLC0415 - once Django is set up
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from home import cache  # noqa: PLC0415

    client, clock, chosen = Client(SERVER_NAME="localhost"), Clock(), os.environ.get("ONLY", "")
    part = ""
    for page, path in ADDRESSES.items():
        address = path or part
        if (chosen and chosen not in page) or not address:
            continue

        def ask(address: str = address) -> bytes:
            answer = client.get(address)
            if answer.status_code != 200:
                sys.exit(f"{address}: {answer.status_code}")
            return answer.content

        ask()
        first = clock.of(ask, FIRST, cache.raise_now)
        warm = clock.of(ask, WARM, lambda: None)
        with CaptureQueriesContext(connection) as asked:
            content = ask()
        if page == "sitemap" and b"<sitemap>" in content:
            part = content.decode().rsplit("<loc>", 1)[1].partition("</loc>")[0].partition("localhost")[2]
            part = part[part.index("/") :]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        figures = (len(asked), round(warm), round(first), len(content) // 1000, peak)
        print(f"{page:<24}{count:>8}" + "".join(f"{figure:>9}" for figure in figures), flush=True)


def main() -> None:
    """Each database in a process of its own; `growth.py sqlite` is one of them."""
    if len(sys.argv) == 1 and "DATABASE_URL" not in os.environ:
        for name in os.environ.get("DATABASES", "postgresql sqlite").split():
            subprocess.run([sys.executable, __file__, name], check=True)
        return
    with contextlib.ExitStack() as until_the_end:
        if sys.argv[1:] == ["sqlite"]:
            _demo.set_up()
        else:
            url = os.environ.get("DATABASE_URL") or until_the_end.enter_context(postgresql())
            _demo.set_up_on(url)
        from django.conf import settings  # noqa: PLC0415 - once Django is set up
        from django.db import connection  # noqa: PLC0415

        settings.DEBUG = False  # else Django keeps every query
        heads = ("queries", "warm ms", "first ms", "kB", "RSS MB")
        print(f"\n{connection.vendor}\n{'page':<24}{'news':>8}" + "".join(f"{head:>9}" for head in heads))
        for count in SIZES:
            grow(count)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
            measure(count)


if __name__ == "__main__":
    main()
