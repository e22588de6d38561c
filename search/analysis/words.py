"""A text taken apart into words, with the terms by which each is found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

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
LONGEST = 40
"""Letters of a word that count: longer ones are addresses, or somebody tries."""

Terms = frozenset[str]


@dataclass(frozen=True)
class Word:
    """One of a text. `terms`: it is found by each of them."""

    start: int
    end: int
    terms: Terms


@dataclass(frozen=True)
class Token:
    """What stands between spaces: a word, a compound of some, or a moment that has words and numbers of its own."""

    words: tuple[Word, ...]
    """By which a text that holds it is found; they may overlap."""
    readings: tuple[tuple[Terms, ...], ...]
    """What it may mean where somebody asks for it, the likeliest first: of each word of a reading one term."""

    @property
    def start(self) -> int:
        return min(word.start for word in self.words)

    @property
    def end(self) -> int:
        return max(word.end for word in self.words)


def tokens(text: str, language: str = "") -> Iterator[Token]:
    """The tokens of `text`, in its order; without a language, as of all languages."""
    moments = dates.found_in(text)
    moment = next(moments, None)
    inside: list[Token] = []
    for hit in WORD.finditer(text):
        while moment and moment.end <= hit.start():
            yield _of_moment(moment, inside)
            moment, inside = next(moments, None), []
        token = _of_word(hit, language)
        if moment and hit.start() < moment.end and moment.start < hit.end():
            inside.append(token)
        else:
            yield token
    if moment:
        yield _of_moment(moment, inside)


def words_in(text: str, language: str = "") -> Iterator[Word]:
    """The words of `text`, in its order; of compounds and moments, their parts as well."""
    for token in tokens(text, language):
        yield from token.words


def terms(text: str, language: str = "") -> set[str]:
    """All terms of `text`."""
    return {term for word in words_in(text, language) for term in word.terms}


def _of_moment(moment: dates.Moment, inside: list[Token]) -> Token:
    own = Word(moment.start, moment.end, moment.terms | moment.exact | moment.months)
    readings = [(moment.exact,), (moment.terms, frozenset({moment.year}))] if moment.year else [(moment.terms,)]
    if not moment.is_sure:
        readings += [reading for token in inside for reading in token.readings]
    year = (Word(moment.start, moment.end, frozenset({moment.year})),) if moment.year else ()
    return Token((own, *year, *(word for token in inside for word in token.words)), tuple(readings))


def _of_word(hit: re.Match[str], language: str) -> Token:
    found = list(PART.finditer(hit[0]))
    written = [part[0] for part in found]
    words = [Word(hit.start() + part.start(), hit.start() + part.end(), _terms_of(part[0], language)) for part in found]
    parts = tuple(_terms_of(part, language, is_asked=True) for part in written)
    if len(words) == 1:
        return Token((words[0],), (parts,))
    joined = "".join(written)
    whole = (_terms_of(joined, language, is_asked=True),)
    if all(folded(part) in ENDINGS for part in written[1:]):
        readings = (parts[:1], whole)
    elif len(joined) == len(written):  # "K.D.O."
        readings = (whole,)
    else:
        readings = (whole, parts)
    return Token((Word(*hit.span(), _terms_of(joined, language)), *words), readings)


def _terms_of(word: str, language: str, *, is_asked: bool = False) -> Terms:
    found = _terms(folded(word)[:LONGEST], language, is_asked)
    if month := dates.month(word):
        return found | {month}
    if is_asked and word in NUMERALS:
        return found | {NUMERALS[word]}
    return found


@lru_cache(maxsize=50_000)
def _terms(word: str, language: str, is_asked: bool) -> Terms:
    stems: set[str] = set()
    if language != "en":
        stems |= polish.stems(word) | (polish_verbs.asked(word) if is_asked else polish_verbs.roots(word))
    if language != "pl":
        stems |= english.stems(word)
    return frozenset(re.sub(r"[^a-z0-9]", lambda letter: f"u{ord(letter[0]):x}", stem) for stem in stems)
