"""Asking the search index."""

import re

from django.core.paginator import Page as ResultsPage
from django.core.paginator import Paginator
from wagtail.models import Locale, Page

RESULTS_ON_A_PAGE = 10
NOT_A_WORD = re.compile(r"[^\w\s-]+")  # a stray quotation mark breaks SQLite's full-text query


def search_pages(words: str, language: str, number: str | None) -> ResultsPage:
    """Public pages in `language` for `words`, best first; none for words without letters."""
    words = NOT_A_WORD.sub(" ", words).strip(" -_")
    locale = Locale.objects.filter(language_code=language).first()
    pages = Page.objects.live().public().filter(locale=locale, depth__gt=2).specific()
    found = pages.search(words) if words else pages.none()
    return Paginator(found, RESULTS_ON_A_PAGE).get_page(number)
