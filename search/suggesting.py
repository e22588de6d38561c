"""What somebody may mean who has begun to type."""

import re

from django.conf import settings
from django.http import HttpRequest

from search.analysis import folded
from search.index import get_index
from search.public import public_pages
from search.results import Suggestion

LEAST, MOST = 2, 100
"""Letters that are typed: fewer say nothing, more nobody types."""
MOST_WORDS = 8
WORD = re.compile(r"[^\W_]+")
SPARE = 3
"""So many times the limit are asked for, as some are no longer public, or named the same."""


def suggest(beginning: str, language: str, limit: int = 8, request: HttpRequest | None = None) -> list[Suggestion]:
    """Titles with words that begin as these, first of pages in `language`: any string."""
    words = WORD.findall(folded(beginning[:MOST]))[:MOST_WORDS]
    if sum(map(len, words)) < LEAST:
        return []
    found: dict[str, Suggestion] = {}
    others = [code for code, _name in settings.LANGUAGES if code != language]
    for code in (language, *others):
        if len(found) < limit:
            for one in _titles(words, code, limit, request, "" if code == language else code):
                found.setdefault(one.text, one)
    return list(found.values())[:limit]


def _titles(words: list[str], language: str, limit: int, request: HttpRequest | None, lang: str) -> list[Suggestion]:
    keys = get_index().titles_with(words, language, limit * SPARE)
    pages = public_pages(keys, specific=False)
    typed = " ".join(words)
    there = [pages[key] for key in keys if key in pages]
    there.sort(key=lambda page: not " ".join(WORD.findall(folded(page.title))).startswith(typed))
    return [Suggestion(page.title, page.get_url(request) or "", lang) for page in there]
