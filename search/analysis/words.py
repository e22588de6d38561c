"""A text taken apart into words, with the terms by which each is found."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from search.analysis import dates, english, polish, polish_verbs
from search.analysis.folding import folded

LANGUAGES = ("pl", "en")
_LETTERS = r"[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]+[^\W_]*)*"
PART = re.compile(_LETTERS)
WORD = re.compile(rf"{_LETTERS}(?:[-‐‑–'’ʼ`.&/]{_LETTERS})*")
_ENDINGS = "a ach ami e ego em i ie iem om ow owi owie s sa sach sami som sow sy u wi y"
ENDINGS = frozenset(_ENDINGS.split())
"""What follows an abbreviation or a foreign name behind a sign, folded: „KDO-wi”, „NGO-sów”, „Kennedy'ego”."""
_NUMERALS = "ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi"
NUMERALS = {str(number): numeral for number, numeral in enumerate(_NUMERALS.split(), 2)}
"""Who asks for district 8 finds „Dzielnica VIII”. Not so for 1: "i" is a word."""
NOT_OF_A_TERM = re.compile(r"[^a-z0-9]")
LONGEST = 40
"""Letters of a word that count: longer ones are addresses, or somebody tries."""

Terms = frozenset[str]
Readings = tuple[tuple[Terms, ...], ...]


class Word(NamedTuple):
    """One of a text. `terms`: it is found by each of them."""

    start: int
    end: int
    terms: Terms


@dataclass(frozen=True)
class Token:
    """What stands between spaces: a word, a compound of some, or a moment that has words and numbers of its own."""

    words: tuple[Word, ...]
    """By which a text that holds it is found; they may overlap."""
    readings: Readings
    """What it may mean where somebody asks for it, the likeliest first: of each word of a reading one term."""

    @property
    def start(self) -> int:
        return min(word.start for word in self.words)

    @property
    def end(self) -> int:
        return max(word.end for word in self.words)


def tokens(text: str, language: str = "") -> Iterator[Token]:
    """The tokens of `text`, in its order; without a language, as of all languages."""
    return _tokens(text, language, _readings)


def words_in(text: str, language: str = "") -> Iterator[Word]:
    """The words of `text`, in its order; of compounds and moments, their parts as well."""
    for token in _tokens(text, language, lambda written, language: ()):
        yield from token.words


def terms(text: str, language: str = "") -> set[str]:
    """All terms of `text`."""
    return {term for word in words_in(text, language) for term in word.terms}


def _tokens(text: str, language: str, read: Callable[[list[str], str], Readings]) -> Iterator[Token]:
    moments = dates.found_in(text)
    moment = next(moments, None)
    inside: list[Token] = []
    for hit in WORD.finditer(text):
        while moment and moment.end <= hit.start():
            yield _of_moment(moment, inside)
            moment, inside = next(moments, None), []
        token = _of_word(hit, language, read)
        if moment and hit.start() < moment.end and moment.start < hit.end():
            inside.append(token)
        else:
            yield token
    if moment:
        yield _of_moment(moment, inside)


def _of_moment(moment: dates.Moment, inside: list[Token]) -> Token:
    own = Word(moment.start, moment.end, moment.terms | moment.exact | moment.months)
    readings = [(moment.exact,), (moment.terms, frozenset({moment.year}))] if moment.year else [(moment.terms,)]
    if not moment.is_sure:
        readings += [reading for token in inside for reading in token.readings]
    year = (Word(moment.start, moment.end, frozenset({moment.year})),) if moment.year else ()
    return Token((own, *year, *(word for token in inside for word in token.words)), tuple(readings))


def _of_word(hit: re.Match[str], language: str, read: Callable[[list[str], str], Readings]) -> Token:
    written = [hit[0]] if hit[0].isalnum() else PART.findall(hit[0])
    return Token(tuple(words_of(hit, language)), read(written, language))


def words_of(hit: re.Match[str], language: str) -> list[Word]:
    """The word that WORD found in a text; of a compound, the whole and its parts."""
    start, end = hit.span()
    if hit[0].isalnum():
        return [Word(start, end, found_by(hit[0], language))]
    parts = list(PART.finditer(hit[0]))
    words = [Word(start + part.start(), start + part.end(), found_by(part[0], language)) for part in parts]
    if len(parts) > 1:
        words.insert(0, Word(start, end, found_by("".join(part[0] for part in parts), language)))
    return words


def _readings(written: list[str], language: str) -> Readings:
    """What a compound of these parts may mean where somebody asks for it."""
    parts = tuple(_asked_by(part, language) for part in written)
    if len(parts) == 1:
        return (parts,)
    joined = "".join(written)
    whole = (_asked_by(joined, language),)
    if all(folded(part) in ENDINGS for part in written[1:]):
        return (parts[:1], whole)
    if len(joined) == len(written):  # "K.D.O."
        return (whole,)
    return (whole, parts)


@lru_cache(maxsize=20_000)
def found_by(word: str, language: str) -> Terms:
    """The terms of a word that stands in a text."""
    return _terms(word, language, polish_verbs.roots)


def _asked_by(word: str, language: str) -> Terms:
    """The terms of a word that somebody asks for."""
    numeral = NUMERALS.get(word)
    found = _terms(word, language, polish_verbs.asked)
    return found | {numeral} if numeral else found


def _terms(word: str, language: str, verbs: Callable[[str], set[str]]) -> Terms:
    letters = folded(word)[:LONGEST]
    found: set[str] = set()
    if language != "en":
        found |= polish.stems(letters) | verbs(letters)
    if language != "pl":
        found |= english.stems(letters)
    if month := dates.month(letters, is_capital=word[:1].isupper()):
        found.add(month)
    return frozenset(NOT_OF_A_TERM.sub(lambda letter: f"u{ord(letter[0]):x}", one) for one in found)
