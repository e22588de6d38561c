"""What a word was meant to be that stands nowhere on the site.

Compared without diacritics with the words of the site, so that a key missed, doubled, swapped or beside the right one
is found again, and the answer is written as the site writes it: „konsulatcje” becomes „konsultacje”.
"""

import time
from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from threading import Lock

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis import folded, tokens, words_in
from search.analysis.stopwords import STOP_WORDS
from search.analysis.words import Terms
from search.index import get_index

SHORTEST, LONGEST = 4, 40
"""Letters: shorter words are too near to too many others, longer ones are none."""
LONG = 8
"""Letters from which on two mistakes are forgiven; one in shorter words."""
AN_END = 3
"""Letters of a word's beginning or end that are right, mostly."""
INFLECTED = 4
"""Letters in which the forms of a word differ, at most."""
AT_MOST_EVERY = 60.0
"""Seconds between two readings of the words."""
NEAREST = 40
"""So many of the nearest words are weighed by how often they stand on the site."""


def spelling(language: str, version: Hashable) -> "Spelling":
    """Of the words that the index knows; they are read again, once a minute at most, when `version` is another one.

    Of 200,000 words that takes a second: meanwhile others get what there was.
    """
    kept = _kept.get(language)
    if kept and (kept.version == version or time.monotonic() < kept.made + AT_MOST_EVERY):
        return kept.made_of
    if not _making.acquire(blocking=kept is None):
        return _kept[language].made_of
    try:
        now = _kept.get(language)
        if now is not kept and now:  # somebody made it while we waited
            return now.made_of
        made = _Kept(version, Spelling(get_index().words(language), language), time.monotonic())
        _kept[language] = made
        return made.made_of
    finally:
        _making.release()


def forget() -> None:
    """The words are read again when somebody asks next."""
    _kept.clear()


@dataclass(frozen=True)
class _Kept:
    version: Hashable
    made_of: "Spelling"
    made: float


_kept: dict[str, _Kept] = {}
_making = Lock()


class Spelling:
    """Knows the words of one language. Nothing of it changes: several threads may ask it at once."""

    def __init__(self, words: Mapping[str, int], language: str) -> None:
        """`words`: as written, in small letters, with the number of pages that have each."""
        self._language = language
        self._counts: dict[str, int] = defaultdict(int)
        self._written: dict[str, tuple[int, str]] = {}
        for word, count in words.items():
            key = folded(word)
            self._counts[key] += count
            self._written[key] = max(self._written.get(key, (0, "")), (count, word))
        self._shelves: dict[str, list[str]] = defaultdict(list)
        for key in self._counts:
            for shelf in _shelves(key):
                self._shelves[shelf].append(key)

    def mended(self, text: str) -> str:
        """`text` with the words that stand nowhere as they were meant; "" if there is nothing to mend."""
        pieces, end = [], 0
        for token in tokens(text, self._language):
            if meant := self._meant(text[token.start : token.end], token.readings[0][0]):
                pieces += [text[end : token.start], meant]
                end = token.end
        return "".join([*pieces, text[end:]]) if pieces else ""

    def nearest(self, word: str, limit: int) -> list[str]:
        """Words of the site that `word` may be meant for or begin, the likeliest first, as they are written."""
        key = folded(word)
        if not AN_END <= len(key) <= LONGEST:
            return []
        begun = (one for one in self._shelves.get(_shelves(key)[0], ()) if one.startswith(key) and one != key)
        found = dict.fromkeys([*self._alike(key), *sorted(begun, key=lambda one: (-self._counts[one], one))])
        return [self._written[one][1] for one in found][:limit]

    def _meant(self, typed: str, terms: Terms) -> str:
        key = folded(typed)
        if not key.isalpha() or not SHORTEST <= len(key) <= LONGEST or key in STOP_WORDS or self._stands(key, terms):
            return ""
        nearest = self._alike(key)
        return self._written[nearest[0]][1] if nearest else ""

    def _stands(self, key: str, terms: Terms) -> bool:
        """Whether a form of the word stands somewhere."""
        beginning = key[: max(AN_END, len(key) - INFLECTED)]
        forms = (one for one in self._shelves.get(_shelves(key)[0], ()) if one.startswith(beginning))
        return any(terms & word.terms for form in forms for word in words_in(form, self._language))

    def _alike(self, key: str) -> list[str]:
        """The folded words of the site that are nearest to `key`, the likeliest first."""
        if len(key) < SHORTEST:
            return []
        most = 2 if len(key) >= LONG else 1
        beginning, end, letter = _shelves(key)
        hits = self._hits(key, most, beginning, end) or self._hits(key, most, letter, key[1])
        return sorted(hits, key=lambda word: (hits[word], word[0] != key[0], -self._counts[word], word))

    def _hits(self, key: str, most: int, *shelves: str) -> dict[str, int]:
        """How many mistakes apart the words on these shelves are, if they are at most so many."""
        choices = {
            word for shelf in shelves for word in self._shelves.get(shelf, ()) if abs(len(word) - len(key)) <= most
        }
        found = process.extract(key, choices - {key}, scorer=OSA.distance, score_cutoff=most, limit=NEAREST)
        return {word: distance for word, distance, _ in found}


def _shelves(key: str) -> tuple[str, str, str]:
    """By its beginning, its end and its first letter."""
    return f"^{key[:AN_END]}", f"{key[-AN_END:]}$", key[:1]
