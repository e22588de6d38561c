"""The agreed words for the project's terms: found in a text of the first language, whatever their ending."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TERMS = Path(__file__).with_name("glossary.toml")


@dataclass(frozen=True)
class Found:
    """Some words of a text; `term` is what they are to be called, "" for words between terms."""

    words: str
    term: str = ""


def split(text: str, language: str) -> Iterator[Found]:
    """`text` in one segment after another, with the agreed word in `language` for each term; nothing is lost."""
    pattern, agreed = _terms(language)
    end = 0
    for match in pattern.finditer(text) if pattern else ():
        if match.start() > end:
            yield Found(text[end : match.start()])
        yield Found(match[0], agreed[int(str(match.lastgroup)[1:])])
        end = match.end()
    if end < len(text):
        yield Found(text[end:])


def unused_in(text: str, said: str, language: str) -> list[Found]:
    """The terms of `text`, each once, for which `said` has neither the agreed word nor another that is accepted."""
    found = {one.term: one for one in split(text, language) if one.term}
    return [one for term, one in found.items() if not _accepted(language)[term].search(said)]


@cache
def _accepted(language: str) -> dict[str, re.Pattern[str]]:
    """What may stand in a translation for each agreed word, by that word."""
    found: dict[str, set[str]] = {}
    for term in tomllib.loads(TERMS.read_text(encoding="utf-8"))["term"]:
        if language in term:
            words = [*re.split(r"[()]", term[language].partition(": ")[0]), *term.get("also", {}).get(language, [])]
            words += [term["pl"]] if term["pl"].isupper() else []  # an abbreviation that is known here stays
            found.setdefault(term[language], set()).update(word.strip() for word in words if word.strip())
    return {
        agreed: re.compile("|".join(rf"\b{_with_any_ending(words)}" for words in sorted(phrases)), re.IGNORECASE)
        for agreed, phrases in found.items()
    }


def _with_any_ending(words: str) -> str:
    """„city official” also in “City officials'”, “agency” also in “agencies”."""
    return r"[\s-]+".join(rf"{re.escape(word[:-1] if len(word) > 3 else word)}\w*" for word in words.split())


@cache
def _terms(language: str) -> tuple[re.Pattern[str] | None, list[str]]:
    """One pattern with a group for every form, longer forms first, and the agreed word of each group."""
    terms = tomllib.loads(TERMS.read_text(encoding="utf-8"))["term"]
    forms = [(form, term[language]) for term in terms if language in term for form in term["forms"]]
    forms.sort(key=lambda pair: (-pair[0].count(" "), -len(pair[0])))
    if not forms:
        return None, []
    groups = "|".join(f"(?P<t{index}>{_pattern(form)})" for index, (form, _word) in enumerate(forms))
    return re.compile(rf"\b(?:{groups})\b"), [word for _form, word in forms]


def _pattern(form: str) -> str:
    words = r"\s+".join(word.replace("(", "(?:").replace("*", r"\w*") for word in form.split())
    return words if form.isupper() else f"(?i:{words})"
