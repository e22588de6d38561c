"""What is spared in these tests: a search index."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def no_search_index(request: pytest.FixtureRequest, settings: Any) -> None:
    """As nobody searches here; a module in which somebody does, or asks what it costs, says `SEARCHES = True`."""
    if not getattr(request.module, "SEARCHES", False):
        kept = settings.WAGTAILSEARCH_BACKENDS["default"]
        settings.WAGTAILSEARCH_BACKENDS = {"default": {**kept, "AUTO_UPDATE": False}}
