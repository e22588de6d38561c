"""Pages that somebody names instead of describing them: by a number, the end of an address, or all of it."""

import re
from urllib.parse import unquote, urlsplit

from django.db.models import Q, QuerySet
from wagtail.models import Page, Site

NUMBER = re.compile(r"\d{1,9}")
SLUG = re.compile(r"[a-z0-9_]*[-_][a-z0-9_-]*", re.ASCII)
"""Of some words. One of a single word is in the index like a title: no word that is typed costs a question more."""
WITHOUT_SCHEME = re.compile(r"[\w-]+(?:[.:][\w-]+)+/")
IN_THE_ADMIN = re.compile(r"(?:^|/)pages/(\d{1,9})(?:/|$)")
MOST = 20


def pages_named(text: str, pages: QuerySet) -> list[int]:
    """The keys of those among `pages` that `text` names: most often none, or one."""
    text = text.strip()
    if not issubclass(pages.model, Page) or not text or " " in text or pages.query.is_sliced:
        return []
    by = Q()
    if NUMBER.fullmatch(text):
        by |= Q(pk=int(text))
    if SLUG.fullmatch(text.lower()):
        by |= Q(slug=text.lower()[:255])
    elif "/" in text:
        by |= _by_address(text)
    return list(pages.filter(by).order_by("pk").values_list("pk", flat=True)[:MOST]) if by else []


def _by_address(text: str) -> Q:
    try:
        path = unquote(urlsplit(f"//{text}" if WITHOUT_SCHEME.match(text) else text).path)
    except ValueError:  # "http://[": no address
        return Q()
    if found := IN_THE_ADMIN.search(path):
        return Q(pk=int(found[1]))
    if "\0" in path:
        return Q()
    return Q(url_path__in=_paths([step for step in path.split("/") if step]))


def _paths(steps: list[str]) -> set[str]:
    """Where such a page stands in the tree, in each language, with or without the language before it."""
    found = set()
    for root in Site.get_site_root_paths():
        found.add("/".join([root.root_path.rstrip("/"), *steps, ""]))
        if steps[:1] == [root.language_code]:
            found.add("/".join([root.root_path.rstrip("/"), *steps[1:], ""]))
    return found
