"""All rows, in terms, ready to be compared with what somebody typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search.analysis import folded, terms, tokens
from search.analysis.stopwords import STOP_WORDS
from search.analysis.words import LANGUAGES
from search.synonyms.rows import Row, built_in

Provider = Callable[[], tuple[Row, ...]]
Words = tuple[frozenset[str], ...]
MOST_WORDS = 6
"""Of a phrase."""

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Ask `provider` for rows too. It is asked at every search: it keeps its answer until that changes."""
    if provider not in _providers:
        _providers.append(provider)


def thesaurus(language: str) -> "Thesaurus":
    """Of the built-in rows and those of all providers, for searches in `language`."""
    return _made(language, tuple(provider() for provider in _providers))


@dataclass(frozen=True)
class Phrase:
    words: Words
    """In the terms of its own language, marked by it: as it is recognised."""
    others: tuple[Words, ...]
    """In the terms of the language that is searched: what is found besides."""


class Thesaurus:
    """Knows phrases, and what they find besides."""

    def __init__(self, rows: Sequence[Row], language: str) -> None:
        self._language = language
        self._by_term: dict[str, list[Phrase]] = {}
        for row in rows:
            self._add(row)

    def at(self, asked: Sequence[str]) -> tuple[int, tuple[Words, ...]]:
        """The longest phrase that `asked` begins with: how many of these words it takes, and what it finds besides.

        `asked`: words as they were typed, without stop words. (0, ()): no phrase begins here.
        """
        recognised = [known_by(word) for word in asked[:MOST_WORDS]]
        phrases = {phrase: None for term in recognised[0] for phrase in self._by_term.get(term, ())}
        fitting = [phrase for phrase in phrases if _begins(recognised, phrase.words)]
        longest = max((len(phrase.words) for phrase in fitting), default=0)
        found = {words: None for one in fitting if len(one.words) == longest for words in one.others}
        return longest, tuple(found)

    def _add(self, row: Row) -> None:
        found = {
            phrase: _words(phrase[0], self._language) for phrase in row.phrases if phrase[1] in ("", self._language)
        }
        for text, code in (*row.phrases, *row.only_asked):
            words = tuple(known_by(word, code) for word in significant(text))[:MOST_WORDS]
            others = tuple(words for other, words in found.items() if other != (text, code))
            if not words or not others:
                continue
            phrase = Phrase(words, others)
            for term in words[0]:
                self._by_term.setdefault(term, []).append(phrase)


def significant(text: str) -> list[str]:
    """The words of `text` without stop words, unless there are no others."""
    words = [text[token.start : token.end] for token in tokens(text)]
    return [word for word in words if folded(word) not in STOP_WORDS] or words


def known_by(word: str, language: str = "") -> frozenset[str]:
    """The terms of `word` in each language, or in one, marked by it."""
    return frozenset(f"{code}:{term}" for code in LANGUAGES if language in ("", code) for term in terms(word, code))


def _words(text: str, language: str) -> Words:
    """In terms, of compounds their parts."""
    found = (token.readings[-1] for word in significant(text) for token in tokens(word, language))
    return tuple(terms for reading in found for terms in reading)[:MOST_WORDS]


def _begins(asked: Sequence[frozenset[str]], words: Words) -> bool:
    return len(words) <= len(asked) and all(one & other for one, other in zip(asked, words, strict=False))


@lru_cache(maxsize=4)
def _made(language: str, provided: tuple[tuple[Row, ...], ...]) -> Thesaurus:
    return Thesaurus([*built_in(), *(row for rows in provided for row in rows)], language)
