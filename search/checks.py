"""System checks: whether the index of the search is there, and was made by this version of the analyser."""

from collections.abc import Collection
from typing import Any

from django.core import checks
from django.db import DatabaseError

from search import sources
from search.index import get_index

HINT = "Run: manage.py rebuild_search_index. The site goes on serving meanwhile."


@checks.register("search", checks.Tags.database)
def check_index_is_there(
    app_configs: Any, databases: Collection[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """An index that is empty finds nothing; one that older rules took apart finds less than it could.

    Asked with `migrate`, and `check --database default`: other commands leave the database alone.
    """
    if not databases:
        return []
    try:
        is_empty = get_index().is_empty()
        if is_empty and sources.registered().count():
            return [checks.Warning("The index of the search is empty.", hint=HINT, id="search.W001")]
        outdated = 0 if is_empty else get_index().outdated()
    except (DatabaseError, LookupError):  # before the first migration there is nothing to say
        return []
    if not outdated:
        return []
    words = f"Another version of the analyser took {outdated} pages of the search index apart."
    return [checks.Warning(words, hint=HINT, id="search.W002")]
