"""The few words of a page that show why it is found, with the words that were asked for marked in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from search.analysis import marking
from search.documents import Document, Passage
from search.index import Query
from search.results import Piece

LONGEST = 240
"""Letters that are shown."""
BEFORE = 60
"""Letters that may stand before the first word that was asked for, if the sentence begins there."""
MOST_READ = 400_000
"""Letters in which words are looked for, of all results on a page together: about 160 pages of print."""
A_SUBJECT = 30
"""Letters: with fewer, it says too little to be shown as a passage."""
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
    return _marked(document.title, query)


def passage(query: Query, document: Document, letters: int = MOST_READ) -> tuple[list[Piece], str]:
    """The best piece, and the name of the file in which it stands; without any, how the page begins.

    `letters`: so many of its texts are read.
    """
    groups = [frozenset(_terms([one.words for one in group.alternatives])) for group in query.groups]
    best, where = None, None
    for candidate in _texts(document, letters):
        window = _best_window(candidate.text, document.language, groups)
        if window and (best is None or window.key > best.key):
            best, where = window, candidate
        if best and best.groups == len(groups):
            break
    if best is None or where is None:
        where = next(_texts(document, letters), Passage(""))
        best = _Window(0, 0, 0, 0)
    return _shown(where.text, best, query), where.source


def _texts(document: Document, left: int) -> Iterator[Passage]:
    """What may be shown: its lead and other longer subjects, then its texts."""
    yield from (Passage(subject) for subject in document.subjects if len(subject) >= A_SUBJECT)
    for one in document.passages:
        if left <= 0:
            return
        yield Passage(one.text[:left], one.source)
        left -= len(one.text)


def _best_window(text: str, language: str, groups: Sequence[frozenset[str]]) -> _Window | None:
    """The first stretch with most of the groups, and of these with most words."""
    hits = list(marking.hits(text, language, groups))
    best = None
    for number, (start, _end, _groups) in enumerate(hits):
        inside = [
            hit for hit in hits[number : number + 12] if start <= hit.start and hit.end <= start + LONGEST - BEFORE
        ]
        if inside:
            window = _Window(
                len(frozenset().union(*(hit.groups for hit in inside))), len(inside), start, inside[-1].end
            )
            best = window if best is None or window.key > best.key else best
    return best


def _shown(text: str, window: _Window, query: Query) -> list[Piece]:
    """Whole words around the window; "…" at an end where the text goes on."""
    start = _start(text, window)
    end = len(text)
    if end - start > LONGEST:
        end = start + LONGEST
        end = max(text.rfind(" ", window.end, end), window.end) if " " in text[window.end : end] else end
    part = text[start:end].rstrip()
    pieces = _marked(" ".join(part.split()), query)
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


def _marked(text: str, query: Query) -> list[Piece]:
    pieces, done = [], 0
    for start, end in marking.spans(text, query.language, _asked(text, query)):
        pieces += [Piece(text[done:start]), Piece(text[start:end], is_hit=True)]
        done = end
    return [piece for piece in [*pieces, Piece(text[done:])] if piece.text]


def _asked(text: str, query: Query) -> list[frozenset[str]]:
    """What was asked for; of what means the same, only phrases of which every word stands in `text`."""
    alternatives = [one for group in query.groups for one in group.alternatives]
    words = [word for one in alternatives for word in one.words]
    there = frozenset().union(*(hit.groups for hit in marking.hits(text, query.language, words)))
    ends = list(accumulate(len(one.words) for one in alternatives))
    places = [range(end - len(one.words), end) for one, end in zip(alternatives, ends, strict=True)]
    return [
        word
        for one, own in zip(alternatives, places, strict=True)
        if one.weight == 1 or there.issuperset(own)
        for word in one.words
    ]


def _terms(alternatives: Sequence[Sequence[frozenset[str]]]) -> Iterator[str]:
    return (term for words in alternatives for word in words for term in word)
