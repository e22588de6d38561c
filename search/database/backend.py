"""The index that a database keeps: written in the transaction that publishes, asked in a bounded time."""

import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction

from search import weights
from search.database.engine import Row, TooSlow
from search.database.plan import Plan, planned
from search.database.storage import Storage, newest
from search.database.terms import LANGUAGE, beginning, named, of_document, of_title
from search.documents import AnalysedDocument
from search.index import DATE, Found, Query

SECONDS, SECONDS_MORE = 2.0, 0.5
"""That one statement of a search may take, and one that looks at titles only, once that was too long."""
# How much of its worth a page keeps by its age: `weights.of_ended` and `of_age`, as SQL.
# PostgreSQL takes 1.5 for a decimal, and reckons ten times longer with those.
YEAR = f"CAST({weights.YEAR * 86_400:.0f} AS double precision)"
TWO_YEARS = f"CAST({weights.TWO_YEARS:.0f} AS double precision)"
FRESH = (
    "e.weight * CASE WHEN e.ends >= %(now)s THEN 1.0"
    f" WHEN e.ends IS NOT NULL THEN {weights.OVER} + {weights.JUST_OVER} / (1.0 + (%(now)s - e.ends) / {YEAR})"
    " WHEN e.day IS NOT NULL AND e.day < %(day)s"
    f" THEN {weights.OLD} + {weights.NEW} / (1.0 + (%(day)s - e.day) / {TWO_YEARS}) ELSE 1.0 END"
)


class DatabaseIndex(Storage):
    """`search.index.Index` (there it says what each method does), in the database of the site."""

    # --- Writing ---

    def write(self, documents: Iterable[AnalysedDocument]) -> None:
        come = newest(documents)
        if not come:
            return
        with transaction.atomic():
            self.store(come)
            self.engine.write(
                [Row(one.document.key, " ".join(of_document(one)), " ".join(of_title(one))) for one in come]
            )

    def remove(self, keys: Collection[int]) -> None:
        with transaction.atomic():
            if self.drop(keys):
                self.engine.remove(keys)

    def tidy(self) -> None:
        with transaction.atomic():
            self.engine.sum_up_words()
            self.engine.tidy()

    # --- Asking ---

    def find(self, query: Query, start: int, stop: int, counts: bool = True) -> Found:
        plan = planned(query, self.engine)
        if plan is None:
            return Found([], 0)
        try:
            with self.engine.bounded(SECONDS):
                keys = self._newest(plan, stop) if query.order == DATE else self._best(plan, stop)
                labels, count = self._counted(plan) if counts else ({}, len(keys))
        except TooSlow:
            return self._found_in_titles(plan, start, stop)
        return Found(keys[start:], count, labels)

    def count(self, query: Query) -> int:
        plan = planned(query, self.engine)
        if plan is None:
            return 0
        try:
            with self.engine.bounded(SECONDS_MORE), connection.cursor() as cursor:
                cursor.execute(f"SELECT COUNT(*) FROM {self.engine.pages}", [plan.hits])
                return int(cursor.fetchone()[0])
        except TooSlow:
            return 0

    def _found_in_titles(self, plan: Plan, start: int, stop: int) -> Found:
        """What can be said when there is no time left."""
        entries = f"SELECT e.page_id FROM {self.engine.entries} LIMIT %s"
        try:
            with self.engine.bounded(SECONDS_MORE):
                keys = _keys(entries, [plan.in_title, stop])
        except TooSlow:
            keys = []
        return Found(keys[start:], len(keys), is_cut=True)

    def _best(self, plan: Plan, stop: int) -> list[int]:
        """First what stands above other hits by any step, then the others by their freshness alone."""
        if stop <= 0:
            return []
        rarity = self._rarity(plan)
        steps = [(step.expression, step.worth * rarity[step.of], 0) for step in plan.steps]
        steps.append((plan.in_title, 0.0, 1))
        selects = " UNION ALL ".join(
            f"SELECT {self.engine.key} AS id, {_whole(worth)} AS worth, {whole} AS whole FROM {self.engine.pages}"
            for _expression, worth, whole in steps
        )
        base = sum(worth * rare for worth, rare in zip(plan.base, rarity, strict=True))
        whole = weights.WHOLE_TITLE * sum(rarity) * len(plan.groups)
        keys = _keys(
            "SELECT e.page_id FROM (SELECT id, SUM(worth) AS worth, MAX(whole) AS whole"
            f" FROM ({selects}) AS steps GROUP BY id) AS hits JOIN search_entry e ON e.page_id = hits.id"
            f" ORDER BY ({_whole(base)} + hits.worth + hits.whole * {_whole(whole)} / (e.title_words + 1))"
            f" * {_fresh()} DESC, e.page_id DESC LIMIT %s",
            [*(self._also(plan, expression) for expression, _worth, _whole in steps), stop],
        )
        if len(keys) < stop and any(plan.base):
            others = f"AND e.page_id NOT IN ({', '.join(map(str, keys))})" if keys else ""
            keys += _keys(
                f"SELECT e.page_id FROM {self.engine.entries} {others}"
                f" ORDER BY {_fresh()} DESC, e.page_id DESC LIMIT %s",
                [plan.hits, stop - len(keys)],
            )
        return keys

    def _also(self, plan: Plan, expression: str) -> str:
        return self.engine.every([plan.hits, expression])

    def _newest(self, plan: Plan, stop: int) -> list[int]:
        return _keys(
            f"SELECT e.page_id FROM {self.engine.entries} ORDER BY COALESCE(e.day, 0) DESC, e.page_id DESC LIMIT %s",
            [plan.hits, stop],
        )

    def _counted(self, plan: Plan) -> tuple[Mapping[str, int], int]:
        """How many hits have each label, and how many there are."""
        labels: Counter[str] = Counter()
        count = 0
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT e.labels, COUNT(*) FROM {self.engine.entries} GROUP BY e.labels", [plan.hits])
            for together, pages in cursor.fetchall():
                count += pages
                for label in together.splitlines():
                    labels[label] += pages
        return dict(labels), count

    def _rarity(self, plan: Plan) -> list[float]:
        """How much more a group says than a common word; of a single one nobody needs to know."""
        if len(plan.groups) == 1:
            return [1.0]
        pages = f"(SELECT COUNT(*) FROM (SELECT 1 FROM {self.engine.pages} LIMIT {weights.COMMON}) AS few)"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join([pages] * len(plan.groups))}", list(plan.groups))
            return [weights.rarity(count) for count in cursor.fetchone()]

    def titles_with(self, beginnings: Sequence[str], language: str, limit: int) -> Sequence[int]:
        parts = [self.engine.beginning(beginning(one)) for one in beginnings if one]
        if not parts:
            return []
        title = self.engine.every([*parts, self.engine.term(named(LANGUAGE, language))])
        try:
            with self.engine.bounded(SECONDS_MORE):
                return _keys(
                    f"SELECT e.page_id FROM {self.engine.title_entries}"
                    f" ORDER BY {_fresh()} / (e.title_words + 3.0) DESC, e.page_id DESC LIMIT %s",
                    [title, limit],
                )
        except TooSlow:
            return []


def _whole(worth: float) -> int:
    """In thousandths: whole numbers give the same sum in any order, and equals stay equal."""
    return round(worth * 1000)


def _fresh() -> str:
    now = int(time.time())
    return FRESH % {"now": now, "day": now // 86_400 + 719_163}  # the ordinal of 1 January 1970


def _keys(statement: str, parameters: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [key for (key,) in cursor.fetchall()]
