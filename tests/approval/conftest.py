"""What is spared in these tests: a scene that is built for each of them, and a search index."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def built_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Lets a module build its scene in module-scoped fixtures that ask for this one.

    A test gets it by a fixture of its own that asks for `db` too and reads everything anew: rows are rolled back after
    each test, Python objects are not.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def no_search_index(request: pytest.FixtureRequest, settings: Any) -> None:
    """As nobody searches here; a module in which somebody does, or asks what it costs, says `SEARCHES = True`."""
    if not getattr(request.module, "SEARCHES", False):
        kept = settings.WAGTAILSEARCH_BACKENDS["default"]
        settings.WAGTAILSEARCH_BACKENDS = {"default": {**kept, "AUTO_UPDATE": False}}
