"""The screens of the staff cost the same for two texts and for twenty; desk and reports have tests of their own."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from editorial.permissions import GatedPermissionTester
from tests import factories
from tests.editorial.attacks import state_of
from tests.editorial.newsroom import draft_of, edit_url, news_index, submit

MORE = 18


def cost(client: Client, address: str) -> list[str]:
    """What a page asks that somebody has opened before."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return [query["sql"] for query in asked.captured_queries]


def test_more_texts_in_the_house_make_no_screen_dearer(client_as, koordynatorka, autorka, live_page, in_approval):
    screens = {
        "decision": reverse("editorial:decide", args=[state_of(in_approval).pk]),
        "editor of what waits": edit_url(in_approval),
        "editor of what is public": edit_url(live_page),
    }
    browser = client_as(koordynatorka)
    few = {name: cost(browser, address) for name, address in screens.items()}
    for number in range(MORE):
        submit(draft_of(autorka, f"More {number}"), autorka)
    for name, address in screens.items():
        asked = cost(browser, address)
        assert len(asked) <= len(few[name]), (name, "\n".join(asked))


def test_more_public_pages_make_the_explorer_no_dearer(client_as, koordynatorka, live_page):
    """Of a draft Wagtail itself asks twice in each row what is public below it; a screen has 50 rows at most."""
    address = reverse("wagtailadmin_explore", args=[news_index().pk])
    browser = client_as(koordynatorka)
    few = cost(browser, address)
    for _number in range(MORE):
        factories.news()
    asked = cost(browser, address)
    assert len(asked) <= len(few), "\n".join(asked)


def test_plain_pages_meet_the_gate_and_ask_the_database_nothing(koordynatorka, live_page):
    """Explorer, bulk actions, API, userbar: Wagtail asks plain `Page` objects as often as those of our own types."""
    for _number in range(MORE):
        factories.news()
    plain = list(Page.objects.filter(depth__gt=1))
    plain[0].permissions_for_user(koordynatorka)  # which kinds of content there are is asked once in a process
    with CaptureQueriesContext(connection) as asked:
        testers = [page.permissions_for_user(koordynatorka) for page in plain]
    assert all(isinstance(tester, GatedPermissionTester) for tester in testers)
    assert len(asked) <= 1, "the permissions of this person"
