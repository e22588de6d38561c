"""The few words of a page that show why it is found, with the words that were asked for marked in them."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search.analysis import terms
from search.analysis.marking import spans
from search.documents import Document, Passage
from search.index import Query
from search.results import Piece

LONGEST = 240
"""Letters that are shown."""
BEFORE = 60
"""Letters that may stand before the first word that was asked for, if the sentence begins there."""
MOST_READ = 200_000
"""Letters of a page in which words are looked for: about 80 pages of print."""
A_SUBJECT = 30
"""Letters: with fewer, it says too little to be shown as a passage."""
WORD = re.compile(r"[^\W_]+")
SENTENCE = re.compile(r"[.!?…:]\s+|\n+")


@dataclass(frozen=True)
class _Window:
    groups: int
    hits: int
    start: int
    end: int

    @property
    def key(self) -> tuple[int, int]:
        return self.groups, self.hits


def title(query: Query, document: Document) -> list[Piece]:
    """The whole title."""
    return _marked(document.title, document.language, _asked(query))


def passage(query: Query, document: Document) -> tuple[list[Piece], str]:
    """The best piece, and the name of the file in which it stands; without any, how the page begins."""
    groups = [frozenset(_terms([one.words for one in group.alternatives])) for group in query.groups]
    best, where = None, None
    for candidate in _texts(document):
        window = _best_window(candidate.text, document.language, groups)
        if window and (best is None or window.key > best.key):
            best, where = window, candidate
    if best is None or where is None:
        where = next(_texts(document), Passage(""))
        best = _Window(0, 0, 0, 0)
    return _shown(where.text, best, document.language, _asked(query)), where.source


def _texts(document: Document) -> Iterator[Passage]:
    """What may be shown: its lead and other longer subjects, then its texts."""
    yield from (Passage(subject) for subject in document.subjects if len(subject) >= A_SUBJECT)
    left = MOST_READ
    for one in document.passages:
        if left <= 0:
            return
        yield Passage(one.text[:left], one.source)
        left -= len(one.text)


def _best_window(text: str, language: str, groups: Sequence[frozenset[str]]) -> _Window | None:
    """The first stretch with most of the groups, and of these with most words."""
    hits = []
    for word in WORD.finditer(text):
        stands_for = _groups_of(word[0], language, tuple(groups))
        if stands_for:
            hits.append((word.start(), word.end(), stands_for))
    best = None
    for number, (start, _end, _groups) in enumerate(hits):
        inside = [hit for hit in hits[number : number + 12] if hit[1] <= start + LONGEST - BEFORE]
        if inside:
            window = _Window(len(frozenset().union(*(hit[2] for hit in inside))), len(inside), start, inside[-1][1])
            best = window if best is None or window.key > best.key else best
    return best


@lru_cache(maxsize=20_000)
def _groups_of(word: str, language: str, groups: tuple[frozenset[str], ...]) -> frozenset[int]:
    found = terms(word, language)
    return frozenset(number for number, wanted in enumerate(groups) if not wanted.isdisjoint(found))


def _shown(text: str, window: _Window, language: str, asked: Collection[frozenset[str]]) -> list[Piece]:
    """Whole words around the window; "…" at an end where the text goes on."""
    start = _start(text, window)
    end = len(text)
    if end - start > LONGEST:
        end = start + LONGEST
        end = max(text.rfind(" ", window.end, end), window.end) if " " in text[window.end : end] else end
    part = text[start:end].rstrip()
    pieces = _marked(" ".join(part.split()), language, asked)
    before = [Piece("… ")] if start else []
    after = [Piece(" …")] if text[end:].strip() else []
    return [*before, *pieces, *after]


def _start(text: str, window: _Window) -> int:
    """The beginning of the sentence, or of a word."""
    earliest = max(0, window.start - BEFORE)
    if not earliest:
        return 0
    sentences = [hit.end() for hit in SENTENCE.finditer(text, earliest, window.start)]
    if sentences:
        return sentences[0]
    space = text.find(" ", earliest, window.start)
    return space + 1 if space >= 0 else window.start


def _marked(text: str, language: str, asked: Collection[frozenset[str]]) -> list[Piece]:
    pieces, done = [], 0
    for start, end in spans(text, language, asked):
        pieces += [Piece(text[done:start]), Piece(text[start:end], is_hit=True)]
        done = end
    return [piece for piece in [*pieces, Piece(text[done:])] if piece.text]


def _asked(query: Query) -> list[frozenset[str]]:
    return [word for group in query.groups for one in group.alternatives for word in one.words]


def _terms(alternatives: Sequence[Sequence[frozenset[str]]]) -> Iterator[str]:
    return (term for words in alternatives for word in words for term in word)
