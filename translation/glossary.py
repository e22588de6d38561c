"""The agreed words for the project's terms: found in a text of the first language, whatever their ending.

Some are built in (glossary.toml), with their forms; upper layers add theirs by `register`, which are recognised by
the search's knowledge of forms.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings

from search.analysis import terms, words_in

TERMS = Path(__file__).with_name("glossary.toml")


@dataclass(frozen=True)
class Found:
    """Some words of a text; `term` is what they are to be called, "" for words between terms."""

    words: str
    term: str = ""


@dataclass(frozen=True)
class Agreed:
    """Any of `names`, in the first language, is called `term` in `language`; `also` is as good there."""

    names: tuple[str, ...]
    language: str
    term: str
    also: tuple[str, ...] = ()


Provider = Callable[[], tuple[Agreed, ...]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Ask `provider` too. It is asked for each text: it keeps its answer until that changes."""
    if provider not in _providers:
        _providers.append(provider)


def split(text: str, language: str) -> Iterator[Found]:
    """`text` in one segment after another, with the agreed word in `language` for each term; nothing is lost."""
    end = 0
    for start, stop, term in _glossary(language).hits(text):
        if start > end:
            yield Found(text[end:start])
        yield Found(text[start:stop], term)
        end = stop
    if end < len(text):
        yield Found(text[end:])


def unused_in(text: str, said: str, language: str) -> list[Found]:
    """The terms of `text`, each once, for which `said` has neither the agreed word nor another that is accepted."""
    found = {one.term: one for one in split(text, language) if one.term}
    accepted = _glossary(language).accepted
    return [one for term, one in found.items() if not accepted[term].search(said)]


def _glossary(language: str) -> "_Glossary":
    return _made(language, tuple(one for provider in _providers for one in provider() if one.language == language))


@lru_cache(maxsize=8)
def _made(language: str, provided: tuple[Agreed, ...]) -> "_Glossary":
    return _Glossary(language, provided)


@dataclass
class _Phrase:
    """A name by what its words are found by, one of them the first word."""

    words: list[set[str]]
    term: str


@dataclass
class _Glossary:
    """All agreed words of one language. What staff have approved goes before what is built in."""

    language: str
    provided: tuple[Agreed, ...]
    accepted: dict[str, re.Pattern[str]] = field(init=False)
    """What may stand in a translation for each agreed word, by that word."""

    def __post_init__(self) -> None:
        built_in = [term for term in _built_in() if self.language in term]
        approved = {name.casefold(): one for one in self.provided for name in one.names}
        words: dict[str, set[str]] = {}
        forms = []
        for term in built_in:
            one = approved.get(term["pl"].casefold())
            agreed = one.term if one else term[self.language]
            words.setdefault(agreed, set()).update(_accepted(term, self.language))
            forms += [(form, agreed) for form in term["forms"]]
        for one in self.provided:
            abbreviations = [name for name in one.names if name.isupper()]  # one that is known here stays
            words.setdefault(one.term, set()).update((one.term, *one.also, *abbreviations))
        self.accepted = {
            agreed: re.compile("|".join(rf"\b{_with_any_ending(one)}" for one in sorted(phrases)), re.IGNORECASE)
            for agreed, phrases in words.items()
        }
        # One pattern with a group for every form, longer forms first, and the agreed word of each group.
        forms.sort(key=lambda pair: (-pair[0].count(" "), -len(pair[0])))
        groups = "|".join(f"(?P<t{index}>{_pattern(form)})" for index, (form, _word) in enumerate(forms))
        self._forms, self._agreed = re.compile(rf"\b(?:{groups})\b") if forms else None, [word for _form, word in forms]
        self._phrases: dict[str, list[_Phrase]] = {}
        for one in self.provided:
            for name in one.names:
                self._add(name, one.term)

    def _add(self, name: str, term: str) -> None:
        source = settings.LANGUAGE_CODE
        phrase = _Phrase([terms(word, source) for word in name.split() if terms(word, source)], term)
        for first in phrase.words[0] if phrase.words else ():
            self._phrases.setdefault(first, []).append(phrase)

    def hits(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, agreed word) of each term, in their order; of two that overlap the longer one."""
        found = list(self._by_phrases(text))
        for match in self._forms.finditer(text) if self._forms else ():
            found.append((match.start(), match.end(), self._agreed[int(str(match.lastgroup)[1:])]))
        found.sort(key=lambda hit: (hit[0], -hit[1]))
        kept: list[tuple[int, int, str]] = []
        for hit in found:
            if not kept or hit[0] >= kept[-1][1]:
                kept.append(hit)
            elif hit[1] - hit[0] > kept[-1][1] - kept[-1][0]:
                kept[-1] = hit
        return kept

    def _by_phrases(self, text: str) -> Iterator[tuple[int, int, str]]:
        if not self._phrases:
            return
        words = list(words_in(text, settings.LANGUAGE_CODE))
        for index, word in enumerate(words):
            for phrase in {id(one): one for term in word.terms for one in self._phrases.get(term, ())}.values():
                there = words[index : index + len(phrase.words)]
                fits = len(there) == len(phrase.words) and all(
                    one & other.terms for one, other in zip(phrase.words, there, strict=True)
                )
                if fits and all(_is_space(text[one.end : other.start]) for one, other in pairwise(there)):
                    yield word.start, there[-1].end, phrase.term


def _is_space(between: str) -> bool:
    return bool(between) and not between.strip()


@lru_cache(maxsize=1)
def _built_in() -> list[dict[str, Any]]:
    return tomllib.loads(TERMS.read_text(encoding="utf-8"))["term"]


def _accepted(term: dict[str, Any], language: str) -> Iterator[str]:
    words = [*re.split(r"[()]", term[language].partition(": ")[0]), *term.get("also", {}).get(language, [])]
    words += [term["pl"]] if term["pl"].isupper() else []  # an abbreviation that is known here stays
    return (word.strip() for word in words if word.strip())


def _with_any_ending(words: str) -> str:
    """„city official” also in “City officials'”, “agency” also in “agencies”."""
    return r"[\s-]+".join(rf"{re.escape(word[:-1] if len(word) > 3 else word)}[\w'’]*" for word in words.split())


def _pattern(form: str) -> str:
    words = r"\s+".join(word.replace("(", "(?:").replace("*", r"\w*") for word in form.split())
    return words if form.isupper() else f"(?i:{words})"
