"""Which answers are the same for everybody, and until when: site_config/page_cache.py keeps them."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from home import cache
from home.page_store import Generation

log = logging.getLogger(__name__)

MARK = "Surrogate-Control"
"""A header for us alone: the answer is the same for all who have no session, until something public changes."""
WANTED = "pages.wanted"
"""Stands in the environment of a request whose answer would be kept."""

Response = TypeVar("Response", bound=HttpResponseBase)

moments: list[Callable[[], datetime | None]] = []
"""Each says when pages change next although nobody changes them; an app adds what it knows."""


def keep(request: HttpRequest, response: Response) -> Response:
    """Mark an answer as one for everybody, where a `PageCache` asked for it."""
    if request.META.get(WANTED):
        response.headers[MARK] = "content"
    return response


def kept(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """`view`, whose answers are for everybody."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return keep(request, view(request, *args, **kwargs))

    return wrapped


def remembered_part(name: str, build: Callable[[], str], *, is_of_many: bool = False) -> SafeString:
    """HTML of a page in the language at hand, made once for all readers, by the same rules as a page that is kept.

    `is_of_many`: see `cache.remembered`. While something changes it is made anew, as pages are; so it is for
    developers, who change templates.
    """
    if settings.DEBUG or cache.is_changing():
        return mark_safe(build())
    key = f"{name}:{get_language()}:{next_moment()}"
    return mark_safe(cache.remembered(key, lambda: str(build()), is_of_many=is_of_many))


def next_moment() -> int:
    """The second at which what is public changes next although nobody changes it; 0 for never.

    It is part of the key of what is remembered until then.
    """
    known = cache.remembered("next-moment", _next_moment)
    return known if time.time() < known or not known else _next_moment()


def content_generation() -> Generation:
    """The generation that the database knows, made new where time alone has changed what is public."""
    for _try in range(2):
        generation = Generation(cache.generation(), cache.remembered("next-moment", _next_moment))
        if not generation.is_over:
            break
        cache.raise_now()
    return generation


def _next_moment() -> int:
    known = [second for ask in moments if (second := _second(ask))]
    return min(known) + 1 if known else 0


def _second(ask: Callable[[], datetime | None]) -> int:
    """0 where it knows of none, or fails: one day that nobody can reckon with must not keep readers from all pages."""
    try:
        moment = ask()
        return int(moment.timestamp()) if moment else 0
    except Exception:
        log.exception("%s.%s can't say when pages change next.", ask.__module__, ask.__qualname__)
        return 0
