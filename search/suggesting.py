"""What somebody may mean who has begun to type."""

import re

from django.conf import settings
from wagtail.models import Page

from search.analysis import folded
from search.index import get_index
from search.public import public_pages, there_in_too
from search.querying import MOST_LETTERS
from search.results import Suggestion

LEAST = 2
"""Letters that are typed: fewer say nothing."""
MOST_WORDS = 8
WORD = re.compile(r"[^\W_]+")
SPARE = 3
"""So many times the limit are asked for, as some are no longer public, or named the same."""


def suggest(beginning: str, language: str, limit: int = 8) -> list[Suggestion]:
    """Titles with words that begin as these, first of pages in `language`: any string."""
    words = WORD.findall(folded(beginning[:MOST_LETTERS]))[:MOST_WORDS]
    if sum(map(len, words)) < LEAST:
        return []
    found: dict[str, Suggestion] = {}
    others = [code for code, _name in settings.LANGUAGES if code != language]
    for code in (language, *others):
        if len(found) < limit:
            pages = _pages(words, code, limit)
            known = there_in_too(pages, language) if code != language else set()
            lang = "" if code == language else code
            for page in pages:
                url = page.get_url() if page.pk not in known else ""
                if url:
                    found.setdefault(page.title, Suggestion(page.title, url, lang))
    return list(found.values())[:limit]


def _pages(words: list[str], language: str, limit: int) -> list[Page]:
    """Those whose titles begin with the words come first."""
    keys = get_index().titles_with(words, language, limit * SPARE)
    pages = public_pages(keys, specific=False)
    typed = " ".join(words)
    there = [pages[key] for key in keys if key in pages]
    return sorted(there, key=lambda page: not " ".join(WORD.findall(folded(page.title))).startswith(typed))
