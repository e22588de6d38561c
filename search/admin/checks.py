"""A system check, and the question behind it: by which rules the words in the admin's index were written down."""

from collections.abc import Collection
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.core import checks
from django.db import DatabaseError, connection
from django.db.models import Q
from wagtail.search.models import IndexEntry

from search.admin.objects import MARK


def is_outdated() -> bool:
    """Whether an entry was made by another version of the analyser, or by none."""
    is_postgresql = connection.vendor == "postgresql"
    ours = Q(body=SearchQuery(MARK, config="simple", search_type="raw")) if is_postgresql else Q(body__startswith=MARK)
    return IndexEntry.objects.exclude(ours).exists()


@checks.register("search", checks.Tags.database)
def check_index_of_the_admin(
    app_configs: Any, databases: Collection[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Words are found only by the rules by which they were written down. Asked as search.checks."""
    if not databases:
        return []
    try:
        if not is_outdated():
            return []
    except DatabaseError:  # there are no tables yet
        return []
    return [
        checks.Warning(
            "The admin's search has words that were written down by older rules: it finds less than it should.",
            hint="Run `manage.py update_index`. The site goes on meanwhile, and it may be broken off and repeated.",
            id="search.W003",
        )
    ]
