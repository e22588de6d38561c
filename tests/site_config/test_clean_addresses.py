"""What comes with an address is cleaned: U+0000 would be a 500 of PostgreSQL, and a search misses other forms."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories

pytestmark = pytest.mark.django_db


def asked(client, address: str) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as queries:
        status = client.get(address).status_code
    return status, "\n".join(query["sql"] for query in queries)


@pytest.mark.parametrize("address", ["/%00/", "/aktualnosci/a%00b/", "/en/news/%00", "/wydarzenia/a%00b.ics"])
def test_an_address_with_it_is_none(client, address):
    status, questions = asked(client, address)
    assert status == 404
    assert "\x00" not in questions


@pytest.mark.parametrize(
    "address",
    [
        "/szukaj/?q=s%C4%85siad%00",
        "/aktualnosci/?tag=a%00b&kind=%00&page=%00",
        "/wydarzenia/?when=%00",
        "/koalicja/?district=%00&%00=1",
        "/admin/pages/?q=a%00b",
        "/admin/images/?q=a%00b&tag=a%00b",
        "/admin/tag-autocomplete/?term=a%00b",
    ],
)
def test_a_parameter_goes_without_it(client, address):
    client.force_login(factories.person(None))
    status, questions = asked(client, address)
    assert status == 200
    assert "\x00" not in questions


def test_a_search_finds_letters_in_another_unicode_form(client):
    composed, decomposed = (client.get("/szukaj/", {"q": words}) for words in ("łąka", "ła\u0328ka"))
    assert composed.context["query"] == decomposed.context["query"] == "łąka"
