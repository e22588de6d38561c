"""The order of the best hits, the same for every index.

An index knows in which field a word stands. Which of the pages that have all of the words in their titles is meant,
the titles themselves tell: the one that is nothing but the query, then those in which little else stands, with the
words in their order and side by side.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from search import weights
from search.analysis import folded, words_in
from search.analysis.stopwords import STOP_WORDS
from search.documents import Document
from search.index import Group, Query

ALONE, SIDE_BY_SIDE, AS_TYPED = 8.0, 2.0, 6.0
"""For a text that is nothing but the query, less for each other word; for the words of the query in their order; for a
title that begins with them as they were typed."""
WORD = re.compile(r"[^\W_]+")
SUBJECTS_LOOKED_AT, LONGEST_SUBJECT = 12, 80
"""Of a page; and the letters of one: longer ones are no names of anything."""
FIRST = 30
"""So many pages are looked at by their subjects as well."""
OF_PLACE = 0.5
"""What the place counts for that the index gave: rare words, and how often."""


@dataclass(frozen=True)
class Score:
    """Why a page stands where it stands; `is_exact` comes before everything, then the product of the others."""

    is_exact: bool
    words: float
    """By where the words stand."""
    order: float = 1.0
    """By the place that the index gave."""
    fresh: float = 1.0
    weight: float = 1.0

    @property
    def key(self) -> tuple[bool, float]:
        return self.is_exact, self.words * self.order * self.fresh * self.weight


@dataclass(frozen=True)
class Ranking:
    """Of the hits of one query. `typed`: its words, as somebody wrote them."""

    query: Query
    typed: str
    now: datetime.datetime

    def ranked(self, keys: Sequence[int], documents: Mapping[int, Document]) -> list[int]:
        """`keys` (the best ones, as an index gave them) in the order in which they are shown."""
        scores = {key: self._by_title(documents[key], place / len(keys)) for place, key in enumerate(keys)}
        first = sorted(scores, key=lambda key: scores[key].key, reverse=True)  # equals stay as they were
        for key in first[:FIRST]:
            scores[key] = self._by_subjects(documents[key], scores[key])
        return sorted(first, key=lambda key: scores[key].key, reverse=True)

    def score(self, document: Document, place: float = 0.0) -> Score:
        """Of one page. `place`: 0 for what the index gave first, up to 1."""
        return self._by_subjects(document, self._by_title(document, place))

    def _by_title(self, document: Document, place: float) -> Score:
        words = _words(document.title, document.language)
        hits = [_best(group, words) for group in self.query.groups]
        value = sum(max(hit * weights.TITLE, weights.TEXT) for hit in hits) / max(len(hits), 1)
        together = _together(self.query, words) * min(hits) if hits and all(hits) else 0.0
        return Score(
            is_exact=together >= ALONE + SIDE_BY_SIDE,
            words=value + together + AS_TYPED * _is_begun_by(document.title, self.typed),
            order=1 - OF_PLACE * place,
            fresh=_fresh(document, self.now),
            weight=document.weight,
        )

    def _by_subjects(self, document: Document, by_title: Score) -> Score:
        """As well by what it says in few words of itself: the name of its field, a heading."""
        best = 0.0
        for subject in document.subjects[:SUBJECTS_LOOKED_AT]:
            if len(subject) <= LONGEST_SUBJECT:
                words = _words(subject, document.language)
                if words and all(_best(group, words) for group in self.query.groups):
                    best = max(best, weights.SUBJECT + _together(self.query, words) / 2)
        return replace(by_title, words=max(by_title.words, best))


def _is_begun_by(title: str, typed: str) -> bool:
    """Whether the title begins with these words, in this very form."""
    words = " ".join(WORD.findall(folded(typed)))
    return bool(words) and f"{' '.join(WORD.findall(folded(title)))} ".startswith(f"{words} ")


def _together(query: Query, words: Sequence[frozenset[str]]) -> float:
    """How much a text that has all of the words is about nothing else."""
    places = [_place(group, words) for group in query.groups]
    used = sum(any(terms & _all_terms(group) for group in query.groups) for terms in words)
    side_by_side = all(b - a == 1 for a, b in pairwise(places))
    return ALONE * used / max(len(words), 1) + SIDE_BY_SIDE * side_by_side


def _best(group: Group, words: Sequence[frozenset[str]]) -> float:
    """The weight of the best alternative whose words all are among these."""
    there = frozenset().union(*words)
    return max((one.weight for one in group.alternatives if all(word & there for word in one.words)), default=0.0)


def _place(group: Group, words: Sequence[frozenset[str]]) -> int:
    wanted = _all_terms(group)
    return next((place for place, terms in enumerate(words) if terms & wanted), -1)


def _all_terms(group: Group) -> frozenset[str]:
    return frozenset(term for one in group.alternatives for word in one.words for term in word)


@lru_cache(maxsize=5_000)
def _words(text: str, language: str) -> tuple[frozenset[str], ...]:
    """The terms of each word that says something."""
    words = list(words_in(text[:300], language))
    saying = [word for word in words if folded(text[word.start : word.end]) not in STOP_WORDS]
    return tuple(word.terms for word in saying or words)


def _fresh(document: Document, now: datetime.datetime) -> float:
    """Of what is over or old a part is left; what has no date stays as it is."""
    if document.ends:
        return weights.of_ended((now - document.ends).total_seconds() / 86_400)
    return weights.of_age((now.date() - document.date).days) if document.date else 1.0
