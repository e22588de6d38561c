"""Whatever anybody sends to the search of the demo, by every address that takes a query: an answer, never a 500 page.

SEARCH_QUERIES=10000 before pytest sends more of them; with -s it says how long they took.
"""

import time
from collections import defaultdict
from collections.abc import Iterator
from statistics import median
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.search import queries

QUERIES = queries.MANY or 100
ADDRESSES = ("/szukaj/", "/en/search/", "/szukaj/podpowiedzi/", "/szukaj/rss/", "/en/search/atom/")
FILTERS = ("kind", "place", "year", "language", "order", "page")
BYTES = st.binary(max_size=60).map(quote)
"""What is no UTF-8 among them."""
ASKED = st.one_of(queries.ODD.map(lambda words: urlencode({"q": words})), BYTES.map("q={}".format))


@pytest.fixture(scope="module")
def took() -> Iterator[dict[str, list[float]]]:
    """Seconds of each answer by address, said at the end."""
    seconds: dict[str, list[float]] = defaultdict(list)
    yield seconds
    for address, each in seconds.items():
        took = f"median {1000 * median(each):.0f} ms, slowest {1000 * max(each):.0f} ms"
        print(f"\n{address}: {len(each)} answers, {took}")  # noqa: T201 - figures, which nobody judges here


@settings(max_examples=QUERIES, suppress_health_check=list(HealthCheck))
@example("q=" + "a" * 10_000, "")
@example("q=" + "rada+" * 2_000, "")
@example("q=" + "%00" * 200, "")
@example("q=rada&q=%ff&page=-1", "rada")
@given(asked=ASKED, more=queries.ODD)
def test_any_string_is_answered(took, asked, more):
    filters = urlencode(dict.fromkeys(FILTERS, more))
    for address in ADDRESSES:
        with transaction.atomic():  # a statement that failed would leave the transaction broken
            began = time.perf_counter()
            answer = Client().get(address, query_string=asked if len(more) % 2 else f"{asked}&{filters}")
            took[address].append(time.perf_counter() - began)
        assert answer.status_code == 200, (address, answer.status_code)
