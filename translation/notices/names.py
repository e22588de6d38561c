"""Names in a text and its translation: what stays as it is, apart from its ending.

Which capitalised words are names that stay, and which are translated („Unia” – “Union”), is learnt from what was
approved. Without enough of that nothing is said.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from anyascii import anyascii

from translation.notices.writing import ENGLISH

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
DAYS_OF_THE_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CALENDAR = {*DAYS_OF_THE_WEEK, *(name.split("|")[0].lower() for name in ENGLISH.months)}
"""Capitalised in English, and no names."""
BEGINS = re.compile(r"(?:^|[.!?:;…•]\s+|[„“”\"«»(]\s*|\s[–—]\s+)$")
"""Before a word: here a capital says nothing."""
CURRENCIES = {
    "pln": re.compile(r"\bzł(?:ot\w+)?\b|\bpln\b|\bzlotys?\b"),
    "eur": re.compile(r"€|\beur(?:o\w*)?\b"),
    "usd": re.compile(r"\$|\busd\b|\bdol[al]\w+"),
    "gbp": re.compile(r"£|\bgbp\b|\bfunt\w*|\bpounds?\b"),
}
"""Their signs are written like names in one language, and like words in the other."""
ENOUGH = 200
"""Approved pairs from which the learnt can be trusted."""
SELDOM = 0.15
"""Share of approved pairs without a name from which its absence means nothing."""
SHORTEST = 3


def fold(word: str) -> str:
    return anyascii(word).lower()


def words_of(text: str) -> list[str]:
    return [fold(word) for word in WORD.findall(text)]


def names_in(text: str) -> Iterator[str]:
    """Capitalised words that don't stand where any word would be."""
    for match in WORD.finditer(text):
        word = match[0]
        is_name = word[0].isupper() and len(word) >= SHORTEST and word.lower().removesuffix("s") not in CALENDAR
        if is_name and not BEGINS.search(text[: match.start()]):
            yield word


def are_same(inflected: str, name: str) -> bool:
    """Whether two folded words are one name: `inflected` may have a Polish ending."""
    common = 0
    for one, other in zip(inflected, name, strict=False):
        if one != other:
            break
        common += 1
    long = min(len(inflected), len(name)) > 4
    return (
        common >= (3 if long else 2)
        and len(name) - common <= (3 if len(name) > 7 else 2)
        and len(inflected) - common <= 4
    )


@dataclass
class Vocabulary:
    """What is learnt from approved pairs: words in small letters, and how often a name stayed or didn't."""

    pairs: int = 0
    small: tuple[Counter[str], Counter[str]] = field(default_factory=lambda: (Counter(), Counter()))
    stayed: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)

    @classmethod
    def learnt(cls, pairs: Iterable[tuple[str, str]]) -> "Vocabulary":
        """From plain words of originals and their translations."""
        found = cls()
        for pair in pairs:
            found.count(*pair)
        return found

    def count(self, original: str, said: str, times: int = 1) -> None:
        """`times`: -1 takes a pair out again."""
        self.pairs += times
        for known, text in zip(self.small, (original, said), strict=True):
            for word in {word for word in WORD.findall(text) if word.islower()}:
                known[fold(word)] += times
        lost, added = _unmatched(original, said)
        stayed = set(names_in(original)) - set(lost)
        for counter, names in ((self.stayed, stayed), (self.lost, lost), (self.added, added)):
            for name in {fold(name) for name in names}:
                counter[name] += times

    def unmatched(self, original: str, said: str) -> tuple[list[str], list[str]]:
        """Names of the original that the translation hasn't, and names that it has alone."""
        if self.pairs < ENOUGH:
            return [], []
        lost, added = _unmatched(original, said)
        lost = [name for name in lost if not self._is_word(fold(name), 0) and not self._is_translated(name)]
        added = [name for name in added if not self._is_word(fold(name), 1) and not self.added[fold(name)] > 0]
        return list(dict.fromkeys(lost)), list(dict.fromkeys(added))

    def _is_word(self, folded: str, side: int) -> bool:
        return self.small[side][folded] > 0

    def _is_translated(self, name: str) -> bool:
        """Whether a name, in any of its forms, stood in approved texts often enough with other words beside it."""
        lost = self._times(self.lost, fold(name))
        return lost > SELDOM * (lost + self._times(self.stayed, fold(name)))

    def _times(self, known: Counter[str], folded: str) -> int:
        near = (other for other in known if other[:2] == folded[:2] and are_same(folded, other))
        return sum(known[other] for other in near)


def _unmatched(original: str, said: str) -> tuple[list[str], list[str]]:
    theirs, mine = words_of(original), words_of(said)
    lost = [name for name in names_in(original) if not any(are_same(fold(name), word) for word in mine)]
    added = [name for name in names_in(said) if not any(are_same(word, fold(name)) for word in theirs)]
    return (
        [name for name in lost if not _is_currency_of(name, said)],
        [name for name in added if not _is_currency_of(name, original)],
    )


def _is_currency_of(name: str, text: str) -> bool:
    sign = CURRENCIES.get(fold(name))
    return bool(sign and sign.search(text.lower()))
