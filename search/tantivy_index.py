"""A second index, for sites that outgrow their database: the same terms, matched by Tantivy in a folder.

Documents and words stay in the database, which publishes them. What is matched lies in `settings.SEARCH_FOLDER`, on a
disk that all processes of the site share, and follows the database once a transaction has ended. Until then an entry
counts as outdated, and a folder may know pages that are gone: so what a process that was killed, or waited too long,
has left out is brought in at night (`rebuild_search_index --missing`). Needs the package `tantivy`.
"""

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

import tantivy
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from tantivy import Occur, Query

from search import weights
from search.database import storage, terms
from search.database.storage import Storage, newest
from search.database.stored import day_of, end_of
from search.documents import AnalysedDocument
from search.index import DATE, Alternative, Found, Group
from search.index import Query as Question
from search.models import Entry

CANDIDATES = 1_000
"""So many of the best hits by their words are put into order by their freshness too."""
MEMORY = 15_000_000
"""Bytes for a write, the least that Tantivy takes."""
LOCKED, PATIENCE = "LockBusy", 20
"""One process writes at a time; seconds that the others wait."""
NONE = -1
NOT_YET = ""
"""The version of an entry that the folder doesn't have yet."""


class TantivyIndex(Storage):
    """`search.index.Index`: there it says what each method does."""

    # --- Writing ---

    def write(self, documents: Iterable[AnalysedDocument]) -> None:
        come = newest(documents)
        if come:
            with transaction.atomic():
                self.store(come)
                _entries(come).update(analyser=NOT_YET)
                transaction.on_commit(lambda: self._follow(come), robust=True)

    def remove(self, keys: Collection[int]) -> None:
        gone = list(keys)
        with transaction.atomic():
            if self.drop(gone):
                transaction.on_commit(lambda: self._commit(gone, []), robust=True)

    def tidy(self) -> None:
        with transaction.atomic():
            self.engine.sum_up_words()
        if left := self._known().difference(self.keys()):
            self._commit(sorted(left), [])

    def _known(self) -> set[int]:
        """What the folder has, whatever the database says."""
        searcher = self._searcher()
        hits = searcher.search(Query.all_query(), limit=max(searcher.num_docs, 1)).hits
        return set(_keys(searcher, [address for _score, address in hits]))

    def _follow(self, come: Sequence[AnalysedDocument]) -> None:
        self._commit([one.document.key for one in come], come)
        _entries(come).update(analyser=str(storage.VERSION))

    def _commit(self, gone: Sequence[int], come: Sequence[AnalysedDocument]) -> None:
        writer = self._writer()
        for key in gone:
            writer.delete_documents_by_term("key", key)
        for one in come:
            writer.add_document(self._document(one))
        writer.commit()
        writer.wait_merging_threads()

    def _writer(self) -> tantivy.IndexWriter:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self._index.writer(MEMORY, 1)
            except ValueError as error:
                if LOCKED not in str(error) or time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def _document(self, one: AnalysedDocument) -> tantivy.Document:
        day, ends = day_of(one.document), end_of(one.document)
        made = tantivy.Document()
        made.add_integer("key", one.document.key)
        made.add_text("terms", " ".join(terms.of_document(one)))
        made.add_text("beginnings", " ".join(terms.of_title(one)))
        for label in one.document.labels:
            made.add_text("labels", label)
        made.add_integer("day", NONE if day is None else day)
        made.add_integer("ends", NONE if ends is None else ends)
        made.add_float("weight", one.document.weight)
        made.add_integer("title_words", len(one.beginnings))
        return made

    @cached_property
    def _index(self) -> tantivy.Index:
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("key", indexed=True, fast=True)
        for name in ("terms", "beginnings"):
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
        builder.add_text_field("labels", fast=True, tokenizer_name="raw", index_option="basic")
        for name in ("day", "ends", "title_words"):
            builder.add_integer_field(name, fast=True)
        builder.add_float_field("weight", fast=True)
        folder = Path(settings.SEARCH_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        return tantivy.Index(builder.build(), str(folder))

    # --- Asking ---

    def find(self, query: Question, start: int, stop: int, counts: bool = True) -> Found:
        groups = _groups_of(query)
        if not groups:
            return Found([], 0)
        searcher, hits = self._searcher(), self._hits(query, groups)
        count, labels = self._counted(searcher, hits) if counts else (0, {})
        if query.order == DATE:
            newest = searcher.search(hits, limit=max(stop, 1), order_by_field="day").hits
            keys = _keys(searcher, [address for _day, address in newest])[start:stop]
        else:
            keys = self._best(searcher, hits, groups, stop)[start:stop]
        return Found(keys, count, labels)

    def count(self, query: Question) -> int:
        return _count(self._searcher(), self._hits(query, groups)) if (groups := _groups_of(query)) else 0

    def _hits(self, query: Question, groups: Sequence[Group]) -> Query:
        chosen = [self._term(terms.named(terms.LABEL, label)) for label in sorted(query.labels)]
        chosen.append(self._term(terms.named(terms.LANGUAGE, query.language)))
        texts = [self._field(group, terms.TEXT) for group in groups]
        least = len(groups) if query.least is None else max(1, min(query.least, len(groups)))
        return _every([Query.boolean_query([(Occur.Should, text) for text in texts], least), *chosen])

    def _counted(self, searcher: tantivy.Searcher, hits: Query) -> tuple[int, dict[str, int]]:
        counted = searcher.aggregate(hits, {"labels": {"terms": {"field": "labels", "size": 10_000}}})
        labels = {str(one["key"]): int(one["doc_count"]) for one in counted["labels"]["buckets"]}
        return _count(searcher, hits), labels

    def _best(self, searcher: tantivy.Searcher, hits: Query, groups: Sequence[Group], stop: int) -> list[int]:
        """By their words, then these by freshness, weight, and how little else stands in their titles."""
        rarity = [1.0] * len(groups)
        if len(groups) > 1:
            rarity = [weights.rarity(_count(searcher, self._field(group, terms.TEXT))) for group in groups]
        whole = weights.WHOLE_TITLE * sum(rarity) * len(groups)
        worths = [
            Query.disjunction_max_query(list(self._worths(group, rare)))
            for group, rare in zip(groups, rarity, strict=True)
        ]
        in_title = Query.const_score_query(_every([self._field(group, terms.TITLE) for group in groups]), whole)
        scored = Query.boolean_query(
            [
                (Occur.Must, Query.const_score_query(hits, 0.0)),
                *((Occur.Should, worth) for worth in worths),
                (Occur.Should, in_title),
            ]
        )
        best = searcher.search(scored, limit=max(stop, CANDIDATES), count=False).hits
        addresses = [address for _score, address in best]
        fields = ("key", "day", "ends", "weight", "title_words")
        columns = [searcher.fast_field_values(name, addresses) for name in fields]
        now = int(time.time())
        ordered = []
        for (score, _address), key, day, ends, weight, title_words in zip(best, *columns, strict=True):
            words = score - whole + whole / (title_words + 1) if score >= whole else score
            ordered.append((words * weight * _fresh(day, ends, now), key))
        return [key for _score, key in sorted(ordered, reverse=True)][:stop]

    def _worths(self, group: Group, rare: float) -> Iterator[Query]:
        for alternative in group.alternatives:
            if _is_there(alternative):
                for field, weight in terms.FIELD_WEIGHTS.items():
                    yield Query.const_score_query(
                        self._alternative(alternative, field), weight * alternative.weight * rare
                    )

    def titles_with(self, beginnings: Sequence[str], language: str, limit: int) -> Sequence[int]:
        parts = [
            Query.regex_query(self._index.schema, "beginnings", f"{terms.beginning(one)}.*")
            for one in beginnings
            if one
        ]
        if not parts:
            return []
        searcher = self._searcher()
        titles = _every([*parts, self._term(terms.named(terms.LANGUAGE, language))])
        addresses = [address for _score, address in searcher.search(titles, limit=CANDIDATES, count=False).hits]
        columns = [searcher.fast_field_values(name, addresses) for name in ("title_words", "key")]
        return [key for _words, key in sorted(zip(*columns, strict=True))][:limit]

    def _searcher(self) -> tantivy.Searcher:
        self._index.reload()  # others may have written
        return self._index.searcher()

    def _term(self, term: str) -> Query:
        return Query.term_query(self._index.schema, "terms", term, "basic")

    def _field(self, group: Group, field: str) -> Query:
        return _either([self._alternative(one, field) for one in group.alternatives if _is_there(one)])

    def _alternative(self, alternative: Alternative, field: str) -> Query:
        return _every([_either(map(self._term, terms.in_field(field, word))) for word in alternative.words])


def _groups_of(query: Question) -> list[Group]:
    """Those that can stand somewhere; [] where these are too few."""
    groups = [group for group in query.groups if any(_is_there(one) for one in group.alternatives)]
    return groups if len(groups) >= (len(query.groups) if query.least is None else query.least) else []


def _keys(searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]) -> list[int]:
    return [int(key or 0) for key in searcher.fast_field_values("key", addresses)]


def _count(searcher: tantivy.Searcher, query: Query) -> int:
    return int(searcher.search(query, limit=1).count)  # type: ignore[attr-defined]  # the package's stubs leave it out


def _entries(come: Sequence[AnalysedDocument]) -> QuerySet[Entry]:
    return Entry.objects.filter(page_id__in=[one.document.key for one in come])


def _is_there(alternative: Alternative) -> bool:
    return bool(alternative.words) and all(terms.in_field(terms.TEXT, word) for word in alternative.words)


def _every(parts: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, part) for part in parts])


def _either(parts: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, part) for part in parts])


def _fresh(day: int, ends: int, now: int) -> float:
    if ends != NONE:
        return weights.of_ended((now - ends) / 86_400)
    return 1.0 if day == NONE else weights.of_age(now // 86_400 + 719_163 - day)
