"""What is found: recall, precision and rank of the cases of search, ours beside stock Wagtail's, on both databases.

The cases are short texts and queries with the texts that each has to find (CASES=path; shared/search-cases.json). Asked
as they are written and without diacritics. Then the queries that found nothing once, with what they find in the demo.
DATABASES=sqlite asks that one alone.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import _demo
from _search_texts import CASES as USUAL_CASES

CASES = Path(os.environ.get("CASES", USUAL_CASES))
MOST = 10
NAMED = {
    "pl": (
        "Wroclaw|Podgórze|Krowodrza|sąsiad|sąsiedztwem|szkoleń|seniorzy|niepełnosprawność|granty|tłumacz migowy|"
        "bezpłatna porada|logo|prasa|6 stycznia|konsulatcje|wnioski|na galę|Wrocław|porada|rekrutacja|"
        "wniosek o utworzenie KDO|jak dołączyć|Bieżanów-Prokocim|ul. Dietla|civic dialogue commission|06.01.2027|KDO-wi"
    ),
    "en": "Wroclaw|neighborhood|trainings|press|how to join|komisja dialogu obywatelskiego",
}
Find = Callable[[str, str], Sequence[int]]


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """The address of a server with the site's tables."""
    rig = subprocess.Popen(
        [sys.executable, "tests/rig/postgres.py"],
        cwd=_demo.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert rig.stdout and rig.stdin  # noqa: S101 - for the type checker: they are pipes
    try:
        yield rig.stdout.readline().strip()
    finally:
        rig.stdin.close()
        rig.wait(60)


def our_search(texts: list[dict[str, str]]) -> Find:
    """The site's index, filled with these texts alone."""
    from search.analysed import analysed  # noqa: PLC0415 - once Django is set up
    from search.asking import Asked  # noqa: PLC0415
    from search.documents import Document, Passage  # noqa: PLC0415
    from search.index import get_index  # noqa: PLC0415
    from search.querying import query_for  # noqa: PLC0415

    get_index().remove(list(get_index().keys()))
    get_index().write(
        analysed(Document(key, text["locale"], text["title"], (text["intro"],), (Passage(text["body"]),)))
        for key, text in enumerate(texts, 1)
    )

    def find(words: str, language: str) -> Sequence[int]:
        query = query_for(words, language)
        return Asked(words, query).first[:MOST] if query else []

    return find


def stock_search(texts: list[dict[str, str]]) -> Find:
    """Wagtail's own backend for this database, with a model of these texts."""
    from django.db import connection, models  # noqa: PLC0415 - once Django is set up
    from django.utils.module_loading import import_string  # noqa: PLC0415
    from wagtail.search import index  # noqa: PLC0415
    from wagtail.search.models import IndexEntry  # noqa: PLC0415

    class Text(index.Indexed, models.Model):
        locale = models.CharField(max_length=10)
        title = models.CharField(max_length=250)
        intro = models.TextField()
        body = models.TextField()

        search_fields = [
            *(index.SearchField(name) for name in ("title", "intro", "body")),
            index.FilterField("locale"),
        ]

        class Meta:
            app_label = "search"

        def __str__(self) -> str:
            return self.title

    with connection.schema_editor() as editor:
        editor.create_model(Text)
    IndexEntry.add_generic_relations()  # as at the start of the site, for a model that wasn't there
    name = {"sqlite": "sqlite.sqlite.SQLite", "postgresql": "postgres.postgres.Postgres"}[connection.vendor]
    backend = import_string(f"modelsearch.backends.database.{name}SearchBackend")({})
    fields = ("locale", "title", "intro", "body")
    rows = [Text(pk=key, **{field: text[field] for field in fields}) for key, text in enumerate(texts, 1)]
    Text.objects.bulk_create(rows)
    backend.get_index_for_model(Text).add_items(Text, rows)

    def find(words: str, language: str) -> Sequence[int]:
        return [found.pk for found in backend.search(words, Text.objects.filter(locale=language))[:MOST]]

    return find


def measured(find: Find, cases: dict[str, Any], written: Callable[[str], str]) -> tuple[float, float, float]:
    """Recall and precision of the first ten, and the mean of one by the rank of the first that is right."""
    ids = {key: text["id"] for key, text in enumerate(cases["documents"], 1)}
    recall = precision = rank = 0.0
    for case in cases["queries"]:
        found = [ids[key] for key in find(written(case["query"]), case["locale"])]
        right = [one in case["relevant"] for one in found]
        recall += sum(right) / min(MOST, len(case["relevant"]))
        precision += sum(right) / max(1, len(found))
        rank += next((1 / place for place, is_right in enumerate(right, 1) if is_right), 0)
    count = len(cases["queries"])
    return recall / count, precision / count, rank / count


def compare() -> None:
    """Prints the rows of the database that Django is set up on."""
    from django.db import connection  # noqa: PLC0415 - once Django is set up

    from search.analysis import folded  # noqa: PLC0415

    cases = json.loads(CASES.read_text())
    for name, searched in (("stock Wagtail", stock_search), ("this site", our_search)):
        find = searched(cases["documents"])
        figures = [figure for written in (str, folded) for figure in measured(find, cases, written)]
        print(f"{connection.vendor:<12}{name:<15}" + "".join(f"{figure:>11.3f}" for figure in figures), flush=True)


def ask_the_demo() -> None:
    """Prints what the queries that once found nothing find now."""
    from django.core.management import call_command  # noqa: PLC0415 - once Django is set up
    from django.utils import translation  # noqa: PLC0415

    from search.searching import search  # noqa: PLC0415

    call_command("rebuild_search_index", verbosity=0)
    for language, queries in NAMED.items():
        print(f"\nThe demo in {language}: hits, and the first three")
        for words in queries.split("|"):
            with translation.override(language):
                found = search(words, language)
            titles = " | ".join(hit.page.title[:40] for hit in found.hits[:3])
            spelt = f" (as {found.spelling})" if found.spelling else ""
            print(f"{words + spelt:<42}{found.hits.paginator.count:>4}  {titles}")


def main() -> None:
    """Each database in a process of its own; `search.py sqlite` is one of them."""
    if sys.argv[1:]:
        return in_process(sys.argv[1])
    if not CASES.exists():
        sys.exit(f"There are no cases at {CASES}: CASES=path names them.")
    heads = [f"{figure} {how}" for how in ("", "ascii") for figure in ("recall", "prec.", "MRR")]
    print(f"{'database':<12}{'search':<15}" + "".join(f"{head.strip():>11}" for head in heads), flush=True)
    for name in [*os.environ.get("DATABASES", "sqlite postgresql").split(), "demo"]:
        subprocess.run([sys.executable, __file__, name], check=True)
    return None


def in_process(name: str) -> None:
    """One part: the name of a database, or "demo"."""
    with contextlib.ExitStack() as until_the_end:
        if name == "demo":
            _demo.set_up()
        elif name == "postgresql":
            _demo.set_up_on(until_the_end.enter_context(postgresql()))
        else:
            _demo.set_up_on(f"sqlite:///{until_the_end.enter_context(tempfile.TemporaryDirectory())}/cases.sqlite3")
        from django.core.management import call_command  # noqa: PLC0415 - once Django is set up

        call_command("migrate", verbosity=0)
        if name == "demo":
            ask_the_demo()
        else:
            compare()


if __name__ == "__main__":
    main()
