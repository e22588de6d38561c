"""What every index of this site keeps in its database: documents, their words, and what hits are ordered by."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from functools import cached_property

from django.db import connection

from search.analysis import VERSION
from search.database import stored, vocabulary
from search.database.engine import Engine
from search.database.postgresql import PostgreSQL
from search.database.sqlite import SQLite
from search.documents import AnalysedDocument, Document
from search.models import Entry, StoredDocument

ENGINES: Mapping[str, type[Engine]] = {"sqlite": SQLite, "postgresql": PostgreSQL}


def newest(documents: Iterable[AnalysedDocument]) -> list[AnalysedDocument]:
    """Each page once, as it was said last; in the order of keys, so that nobody waits for each other crosswise."""
    found = {one.document.key: one for one in documents}
    return [found[key] for key in sorted(found)]


class Storage:
    """The part of `search.index.Index` that matches nothing."""

    @cached_property
    def engine(self) -> Engine:
        return ENGINES[connection.vendor]()

    def store(self, come: Sequence[AnalysedDocument]) -> None:
        """Keep these, in the caller's transaction."""
        keys = [one.document.key for one in come]
        gone = _words_of(keys)
        _keep(Entry, [_entry(one) for one in come])
        _keep(StoredDocument, [_stored(one) for one in come])
        self._change_words(gone, [(one.document.language, one.words) for one in come])

    def drop(self, keys: Collection[int]) -> bool:
        """Forget these, in the caller's transaction; whether one of them was known."""
        gone = _words_of(keys)
        if gone:
            Entry.objects.filter(page_id__in=keys).delete()
            StoredDocument.objects.filter(page_id__in=keys).delete()
            self._change_words(gone, [])
        return bool(gone)

    def _change_words(self, gone: list[tuple[str, str]], come: list[tuple[str, Iterable[str]]]) -> None:
        vocabulary.change(self.engine, [(language, words.split()) for language, words in gone], come)

    def keys(self) -> Iterable[int]:
        return Entry.objects.order_by("page_id").values_list("page_id", flat=True)

    def is_empty(self) -> bool:
        return not Entry.objects.exists()

    def stored(self, keys: Collection[int], passages: bool = True) -> Mapping[int, Document]:
        columns = ("document", "passages") if passages else ("document",)
        rows = StoredDocument.objects.filter(page_id__in=keys).values_list("page_id", *columns)
        return {key: stored.read(head, *rest) for key, head, *rest in rows}

    def words(self, language: str) -> Mapping[str, int]:
        return vocabulary.words(language)

    def version(self) -> Hashable:
        return vocabulary.last()

    def outdated(self) -> int:
        # Two looks into an index: what has this version isn't read.
        return sum(Entry.objects.filter(**{f"analyser__{than}": str(VERSION)}).count() for than in ("lt", "gt"))

    def current(self, keys: Collection[int]) -> Collection[int]:
        return set(Entry.objects.filter(page_id__in=keys, analyser=str(VERSION)).values_list("page_id", flat=True))


def _words_of(keys: Collection[int]) -> list[tuple[str, str]]:
    """Language and words of each that is known. Who comes second waits: the same words would be subtracted twice."""
    rows = StoredDocument.objects.select_for_update().filter(page_id__in=keys).order_by("page_id")
    return list(rows.values_list("language", "words"))


def _entry(analysed: AnalysedDocument) -> Entry:
    document = analysed.document
    return Entry(
        page_id=document.key,
        language=document.language,
        title_words=min(len(analysed.beginnings), 1000),
        day=stored.day_of(document),
        ends=stored.end_of(document),
        weight=document.weight,
        labels="\n".join(sorted(document.labels)),
        analyser=str(VERSION),
    )


def _stored(analysed: AnalysedDocument) -> StoredDocument:
    document = analysed.document
    head, passages = stored.written(document)
    return StoredDocument(
        page_id=document.key,
        language=document.language,
        document=head,
        passages=passages,
        words=" ".join(sorted(analysed.words)),
    )


def _keep(model: type[Entry] | type[StoredDocument], rows: list) -> None:
    names = [one.name for one in model._meta.concrete_fields if not one.primary_key]
    model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=["page_id"], update_fields=names)
