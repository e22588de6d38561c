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
