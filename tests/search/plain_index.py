"""An index that looks at every document: slow, and short enough to see that it is right. What others are held to."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from search.documents import AnalysedDocument, Document
from search.index import DATE, Alternative, Found, Group, Query

FIELDS = (("title", 8), ("subject", 3), ("text", 1))


class PlainIndex:
    """search.index.Index, in memory."""

    def __init__(self) -> None:
        self._documents: dict[int, AnalysedDocument] = {}

    def write(self, documents: Iterable[AnalysedDocument]) -> None:
        self._documents |= {one.document.key: one for one in documents}

    def remove(self, keys: Collection[int]) -> None:
        for key in keys:
            self._documents.pop(key, None)

    def keys(self) -> Iterable[int]:
        return sorted(self._documents)

    def is_empty(self) -> bool:
        return not any(self.keys())

    def find(self, query: Query, start: int, stop: int, counts: bool = True) -> Found:
        in_language = [one for one in self._documents.values() if one.document.language == query.language]
        hits = [one for one in in_language if query.labels <= one.document.labels and _matches(one, query)]
        rarity = {group: _rarity(group, in_language) for group in query.groups}

        def first(one: AnalysedDocument) -> tuple[object, ...]:
            document = one.document
            score = sum(rarity[group] * _score(one, group) for group in query.groups) * document.weight
            day = document.date.toordinal() if document.date else 0
            return (-day, document.key) if query.order == DATE else (-round(score, 6), document.key)

        return Found(
            keys=[one.document.key for one in sorted(hits, key=first)[start:stop]],
            count=len(hits),
            labels=Counter(label for one in hits for label in one.document.labels),
        )

    def stored(self, keys: Collection[int], passages: bool = True) -> Mapping[int, Document]:
        documents = {key: self._documents[key].document for key in keys if key in self._documents}
        return documents if passages else {key: replace(one, passages=()) for key, one in documents.items()}

    def titles_with(self, beginnings: Sequence[str], language: str, limit: int) -> Sequence[int]:
        hits = [
            one.document
            for one in self._documents.values()
            if one.document.language == language
            and all(any(word.startswith(beginning) for word in one.beginnings) for beginning in beginnings)
        ]
        return [one.key for one in sorted(hits, key=lambda one: (len(one.title), one.key))[:limit]]

    def words(self, language: str) -> Mapping[str, int]:
        return Counter(
            word for one in self._documents.values() if one.document.language == language for word in one.words
        )

    def outdated(self) -> int:
        return 0

    def current(self, keys: Collection[int]) -> Collection[int]:
        return self._documents.keys() & set(keys)


def _matches(document: AnalysedDocument, query: Query) -> bool:
    found = sum(_score(document, group) > 0 for group in query.groups)
    return found >= (len(query.groups) if query.least is None else query.least)


def _score(document: AnalysedDocument, group: Group) -> float:
    return max(one.weight * _says(document, one) for one in group.alternatives)


def _says(document: AnalysedDocument, alternative: Alternative) -> float:
    """The weight of the best field in which each word stands, on the average of the words; 0 if one is missing."""
    best = [max((w for name, w in FIELDS if terms & getattr(document, name)), default=0) for terms in alternative.words]
    return sum(best) / len(best) if all(best) else 0.0


def _rarity(group: Group, documents: Sequence[AnalysedDocument]) -> float:
    count = sum(_score(one, group) > 0 for one in documents)
    return math.log(1 + len(documents) / (count + 0.5))
