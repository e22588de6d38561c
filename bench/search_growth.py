"""What the search costs on a site of 100,000 pages, beside stock Wagtail's, on SQLite and PostgreSQL (docs/search.md).

The texts are of real words, as often as they are written (bench/_search_texts.py). PAGES=10000 is another size,
DATABASES=sqlite one database, SEARCHES=200 fewer queries. STOCK_SECONDS (60) is how long all queries of stock Wagtail's
may take together: on SQLite one may need minutes, and is broken off.
"""

import contextlib
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from datetime import time as clock
from itertools import islice
from pathlib import Path
from typing import Any

import _demo
import _search_texts
import _site

PAGES = int(os.environ.get("PAGES", "100000"))
SEARCHES = int(os.environ.get("SEARCHES", "500"))
STOCK_SECONDS = float(os.environ.get("STOCK_SECONDS", "60"))
AT_A_TIME = 500


@contextlib.contextmanager
def address(database: str) -> Iterator[str]:
    if database == "postgresql":
        with _site.database() as url:
            yield url
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/site.sqlite3"


def main() -> None:
    if len(sys.argv) > 1:
        measure()
        return
    for database in os.environ.get("DATABASES", "sqlite postgresql").split():
        with address(database) as url:
            usual = {**os.environ, "DATABASE_URL": url, "DEBUG": "1"}
            print(f"\n{database}, {PAGES} pages", flush=True)
            for command in (["manage.py", "migrate", "-v0"], ["manage.py", "setup_site", "-v0"]):
                subprocess.run([sys.executable, *command], cwd=_demo.ROOT, env=usual, check=True)
            subprocess.run([sys.executable, __file__, "inside"], cwd=_demo.ROOT, env=usual, check=True)


def measure() -> None:
    """In a process of its own, so that its memory is that of one worker."""
    _demo.set_up_on(os.environ["DATABASE_URL"])
    from django.conf import settings  # noqa: PLC0415 - once Django is set up

    settings.DEBUG = False  # or it remembers every statement
    before = memory()
    print(f"{'pages written':34}{seconds(make_pages)}")
    from search.index import get_index  # noqa: PLC0415

    index = get_index()
    print(f"{'full index':34}{seconds(fill)}   size {megabytes('search_')} MB")
    settle()
    queries = _search_texts.queries(SEARCHES)
    from search.searching import search, suggest  # noqa: PLC0415

    row("search, first round", (lambda words=words: search(words, "pl") for words in queries))
    row("search, warm", (lambda words=words: search(words, "pl") for words in queries))
    row("of these, the index alone", (lambda words=words: ask(index, words) for words in queries))
    row("search, by date, filtered", (lambda words=words: filtered(words) for words in queries[:100]))
    row("suggestion, 3 letters", (lambda words=words: suggest(words[:3], "pl") for words in queries))
    row("one page written", (lambda document=document: write(document) for document in changed(100)))
    print(f"{'memory of the worker':34}{memory() - before:.0f} MB more than at its start ({memory():.0f} MB)")
    stock(queries)


# --- Ours ---


def make_pages() -> None:
    """Standard pages straight in their tables, with the texts in title, lead and body."""
    from home.demo.bulk import add_children  # noqa: PLC0415 - once Django is set up
    from home.models import HomePage, StandardPage  # noqa: PLC0415

    homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    for part in parts(enumerate(_search_texts.texts(PAGES))):
        for language, home in homes.items():
            pages = [
                StandardPage(
                    title=text.title,
                    slug=f"pomiar-{number}",
                    lead=text.lead,
                    body=[("text", "".join(f"<p>{paragraph}</p>" for paragraph in text.paragraphs))],
                )
                for number, text in part
                if text.language == language
            ]
            add_children(home, pages)


def documents() -> Iterator[Any]:
    """Of the pages, in the order of the texts in each language."""
    from home.models import StandardPage  # noqa: PLC0415

    ours = StandardPage.objects.filter(slug__startswith="pomiar-").values_list("slug", "pk")
    keys = {int(slug.removeprefix("pomiar-")): key for slug, key in ours.iterator()}
    for number, text in enumerate(_search_texts.texts(PAGES)):
        yield document(keys[number], text)


def document(key: int, text: _search_texts.Text) -> Any:
    from search.documents import Document, Passage  # noqa: PLC0415

    end = datetime.combine(text.date.replace(year=2096) if text.coming else text.date, clock(18), UTC)
    return Document(
        key=key,
        language=text.language,
        title=text.title,
        subjects=(text.lead, *text.subjects),
        passages=tuple(map(Passage, text.paragraphs)),
        labels=frozenset({f"kind:{text.kind}", f"place:{text.place}", f"year:{text.date.year}"}),
        date=text.date if text.kind in ("news", "event") else None,
        ends=end if text.kind == "event" else None,
    )


def fill() -> None:
    from search.analysed import analysed  # noqa: PLC0415
    from search.index import get_index  # noqa: PLC0415

    for part in parts(documents()):
        get_index().write([analysed(one) for one in part])


def ask(index: Any, words: str) -> None:
    from search.querying import query_for  # noqa: PLC0415

    if query := query_for(words, "pl"):
        index.find(query, 0, 100)


def filtered(words: str) -> None:
    from search.searching import search  # noqa: PLC0415

    search(words, "pl", filters={"kind": "news", "place": "miejsce-7"}, order="date", number=3)


def changed(count: int) -> Iterator[Any]:
    """Pages that get the text of another one."""
    others = _search_texts.texts(count, seed=9)
    return (document(one.key, text) for one, text in zip(documents(), others, strict=False))


def write(changed: Any) -> None:
    from search.analysed import analysed  # noqa: PLC0415
    from search.index import get_index  # noqa: PLC0415

    get_index().write([analysed(changed)])


# --- Stock Wagtail's ---


def stock(queries: list[str]) -> None:
    """The same pages and queries, by the backend that Wagtail brings along."""
    from wagtail.models import Locale, Page  # noqa: PLC0415
    from wagtail.search.backends.database import SearchBackend  # noqa: PLC0415

    from home.models import StandardPage  # noqa: PLC0415

    backend = SearchBackend({})

    def fill() -> None:
        index = backend.get_index_for_model(StandardPage)
        for part in parts(StandardPage.objects.iterator(chunk_size=AT_A_TIME)):
            index.add_items(StandardPage, part)

    def ask(words: str) -> None:
        pages = Page.objects.live().public().filter(locale=polish).specific()
        found = backend.search(words, pages)
        list(found[:10])
        found.count()

    polish = Locale.objects.get(language_code="pl")
    print(f"{'stock Wagtail: full index':34}{seconds(fill)}   size {megabytes('wagtailsearch_', 'modelsearch_')} MB")
    settle()
    until = time.monotonic() + STOCK_SECONDS
    with broken_off(until):
        row("stock Wagtail: search", (lambda words=words: ask(words) for words in queries), until)
    with broken_off(time.monotonic() + STOCK_SECONDS):
        index = backend.get_index_for_model(StandardPage)
        some = list(StandardPage.objects.filter(slug__startswith="pomiar-")[:100])
        row("stock Wagtail: one page written", (lambda one=one: index.add_items(StandardPage, [one]) for one in some))


@contextlib.contextmanager
def broken_off(until: float) -> Iterator[None]:
    """SQLite ends what takes longer, PostgreSQL too."""
    from django.db import OperationalError, connection  # noqa: PLC0415

    try:
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(lambda: time.monotonic() > until, 100_000)
        else:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, false)", [f"{STOCK_SECONDS * 1000:.0f}"])
        yield
    except OperationalError:
        print(f"    … and one more, broken off after {STOCK_SECONDS:.0f} seconds for all")
    finally:
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(None, 0)


# --- Figures ---


def parts(items: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while part := list(islice(rest, AT_A_TIME)):
        yield part


def seconds(action: Callable[[], object]) -> str:
    began = time.monotonic()
    action()
    return f"{time.monotonic() - began:.0f} s"


def row(name: str, actions: Iterable[Callable[[], object]], until: float = float("inf")) -> None:
    """Median and 99th percentile in milliseconds; what is done when the time is over is counted."""
    figures: list[float] = []
    try:
        for action in actions:
            began = time.perf_counter()
            action()
            figures.append((time.perf_counter() - began) * 1000)
            if time.monotonic() > until:
                break
    finally:
        figures.sort()
        if figures:
            last = figures[min(int(len(figures) * 0.99), len(figures) - 1)]
            median = statistics.median(figures)
            print(f"{name:34}median {median:8.1f} ms   99th {last:8.1f} ms   ({len(figures)})", flush=True)


def memory() -> float:
    """The most that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def megabytes(*tables: str) -> str:
    """What tables of these beginnings take, with their indexes."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sizes = "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r'"
            cursor.execute(sizes)
            found = [size for name, size in cursor.fetchall() if name.startswith(tables)]
            return f"{sum(found) / 1e6:.0f}"
        with contextlib.suppress(Exception):
            cursor.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name")
            return f"{sum(size for name, size in cursor.fetchall() if name.startswith(tables)) / 1e6:.0f}"
        return f"{Path(connection.settings_dict['NAME']).stat().st_size / 1e6:.0f} (the whole file)"


def settle() -> None:
    """What PostgreSQL does by itself within minutes."""
    from django.db import connection  # noqa: PLC0415

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    main()
