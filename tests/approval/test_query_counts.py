"""What the screens of the staff cost, however many texts there are; desk and reports have tests of their own."""

import re

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, PagePermissionTester

from approval.permissions import GatedPermissionTester
from newsroom.admin_api import with_states
from tests import factories
from tests.approval.attacks import state_of
from tests.approval.scene import rich_body, rich_page
from tests.workflow import draft_of, edit_url, fresh, news_index, submit

MAKES_ITS_OWN_PAGES = True
SEARCHES = True

MORE = 6


def cost(client: Client, address: str) -> list[str]:
    """What a page asks that somebody has opened before."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return [query["sql"] for query in asked.captured_queries]


EDITOR = 57
"""The editor of a public page.

8 for who is there and Wagtail's frame (session, account, profile, permissions 2, languages, collections, root of the
tree); 27 for Wagtail's editor (the page 3, its parent and those above 2, its versions 5 and who made the newest, its
workflow 5, permissions, subscription, language, translations, restrictions, topics, remarks and their people 2, files,
who else is here 2, where it is used).
Ours: 1 for an emergency that nobody has answered; 2 for the question what a change means to translations; 1 for the
workflow; 2 for where translations stand; 1 for what goes live together with it; 9 for who could take each step, with
that of a small correction (who had a hand in it 4, steps 3, people 2); 5 for its way so far, and the day it is needed.
"""


def test_more_texts_in_the_house_make_no_screen_dearer(client_as, koordynatorka, autorka, live_page, in_approval):
    screens = {
        "decision": reverse("newsroom:decide", args=[state_of(in_approval).pk]),
        "editor of what waits": edit_url(in_approval),
        "editor of what is public": edit_url(live_page),
    }
    browser = client_as(koordynatorka)
    few = {name: cost(browser, address) for name, address in screens.items()}
    assert len(few["editor of what is public"]) <= EDITOR, "\n".join(few["editor of what is public"])
    for number in range(MORE):
        submit(draft_of(autorka, f"More {number}"), autorka)
    for name, address in screens.items():
        asked = cost(browser, address)
        assert len(asked) <= len(few[name]), (name, "\n".join(asked))


MOST = {
    "explorer": 41,
    "explorer of translations, half of them drafts": 43,
    "list of a section": 31,
    "search": 26,
    "new news": 30,
    "dashboard": 44,
    "publications": 16,
    "texts under way": 32,  # one for each kind of text with a title of its own
    "archive": 12,
    "translations": 23,
    "translations by state": 23,
    "editor": EDITOR,
}
"""With sixty pages, of which a screen shows fifty rows at most: a query for a row would show.

One of each asks what is kept from whoever reads (approval/visibility.py).
Four of each list of pages are ours (emergencies that nobody has answered, languages, where translations stand, and
what of the drafts is approved and waits), and six of a new page (its workflow, patterns, who could take each step 4);
all else there is Wagtail's. The dashboard is a translator's; four of its, and three of the two reports, ask for
outdated settings and places.
"""

MOST_FOR_ALL_ROWS = 3
"""Of the page above, of all rows together, and of the languages to choose from."""


def public_pages(count: int) -> None:
    """So many news in both languages, every other one of the translations a draft."""
    news = factories.news(title="Of many")
    english = factories.translated(news, slug=f"many-{news.pk}")
    translations = factories.copies(english, count, translating=factories.copies(news, count))
    Page.objects.filter(pk__in=[page.pk for page in translations[::2]]).update(live=False, has_unpublished_changes=True)
    factories.copies(news, count)  # without a translation


def test_sixty_public_pages_cost_what_is_said_here(client_as, koordynatorka, tlumaczka, live_page):
    news = news_index()
    screens = {
        "explorer": reverse("wagtailadmin_explore", args=[news.pk]),
        "explorer of translations, half of them drafts": reverse(
            "wagtailadmin_explore", args=[factories.section("news", "en").pk]
        ),
        "list of a section": reverse("news:index"),
        "search": reverse("wagtailadmin_pages:search") + "?q=many",
        "publications": reverse("approval:ledger"),
        "texts under way": reverse("newsroom:under_way"),
        "archive": reverse("newsroom:archive"),
        "translations": reverse("translation:report"),
        "translations by state": reverse("translation:report") + "?state=none&state=draft",
        "editor": edit_url(live_page),
        "new news": reverse("wagtailadmin_pages:add", args=["news", "newspage", news.pk]),
    }
    desk = {"dashboard": reverse("wagtailadmin_home")}
    public_pages(60)
    for browser, those in ((client_as(koordynatorka), screens), (client_as(tlumaczka), desk)):
        for name, address in those.items():
            asked = cost(browser, address)
            assert len(asked) <= MOST[name], (name, "\n".join(asked))
    for name, address in {
        "choosing a page": reverse("wagtailadmin_choose_page_child", args=[news.pk]),
        "menu of the explorer": reverse("wagtailadmin_api:pages:listing") + f"?child_of={news.pk}&for_explorer=1",
    }.items():
        now = cost(client_as(koordynatorka), address)
        for table in ("revision", "workflowstate", "locale"):
            there = [sql for sql in now if f'FROM "wagtailcore_{table}"' in sql]
            assert len(there) <= MOST_FOR_ALL_ROWS, (name, "\n".join(there))


def test_rows_to_choose_from_know_together_where_each_page_stands(in_approval, live_page):
    for pages in (Page.objects.filter(pk__in=[in_approval.pk, live_page.pk]), news_index().get_children().specific()):
        standing = {page.pk: (page.status_string, page.workflow_in_progress) for page in pages}
        assert {True, False} == {is_under_way for _words, is_under_way in standing.values()}
        found = with_states(pages)
        assert {page.pk: (page.status_string, page.workflow_in_progress) for page in found} == standing


def test_more_links_in_a_body_make_its_editor_no_dearer(client_as, koordynatorka):
    pages = factories.copies(factories.news(), 6)
    asked = []
    for count in (1, 6):
        links = [("text", f'<p><a linktype="page" id="{page.pk}">there</a></p>') for page in pages[:count]]
        asked.append(cost(client_as(koordynatorka), edit_url(factories.news(body=links))))
    assert len(asked[1]) <= len(asked[0]), "\n".join(asked[1])


def test_plain_pages_meet_the_gate_and_ask_the_database_nothing(koordynatorka, live_page):
    """Explorer, bulk actions, API, userbar: Wagtail asks plain `Page` objects as often as those of our own types."""
    factories.copies(factories.news(), MORE)
    plain = list(Page.objects.filter(depth__gt=1))
    plain[0].permissions_for_user(koordynatorka)  # which kinds of content there are is asked once in a process
    with CaptureQueriesContext(connection) as asked:
        testers = [page.permissions_for_user(koordynatorka) for page in plain]
    assert all(isinstance(tester, GatedPermissionTester) for tester in testers)
    assert len(asked) <= 1, "the permissions of this person"


def test_what_may_be_deleted_is_known_of_a_leaf_without_asking_what_is_below(
    autorka, autor2, redaktorka, koordynatorka, live_page
):
    """Said twice in each row of the explorer; Wagtail asks, and says the same."""
    for page in (draft_of(autorka), factories.news(live=False, owner=koordynatorka), live_page):
        for person in (autorka, autor2, redaktorka, koordynatorka, factories.person(None)):
            tester = page.permissions_for_user(person)
            for ignore_bulk in (False, True):
                with CaptureQueriesContext(connection) as asked:
                    found = tester.can_delete(ignore_bulk)
                assert len(asked) <= 1, "versions that wait for their time"
                assert found == (not page.live and PagePermissionTester.can_delete(tester, ignore_bulk))


# --- One decision ----------------------------------------------------------------------------------

SHOWN = 40
"""The page to decide on, of a text with pictures, links, topics and remarks that is public and changed.

9 for who is there and Wagtail's frame (session, account, profile, permissions 2, languages, explorer, collections,
root of the tree); 1 for the version that this person saw before; 3 for the step, whether the person is of its group,
and the text with its version; 6 for the version as a page (topics, files and the picture at its head, each twice at
most, its parent, its remarks); 5 for who had a hand in it and who took an earlier step; 3 for what has become wrong
(address, pictures, linked pages); 5 for who can take it, "shown to", whether it is the last step, and the day by
which it is needed; 4 for the pictures of two kinds of blocks, before and after; 2 for the open remarks with their
replies; 3 for the way of the text.
"""

SHOWN_AGAIN = 44
"""The same after a return: the version that this person saw last is read too (its picture, topics, remarks), and of the
pictures in its blocks those of before."""

DECIDED = 106
"""The yes that publishes it, without what only marks a place to go back to (SAVEPOINT).

Ours are about 40: who is there, the step and its group (7), the rows that are locked (4) and the version (5), who had a
hand in it and who took an earlier step (5), what has become wrong (2), the steps and names for the record (2), its
entry and the people in it (2), the gate (1), mails (3), the day and the claim that are over (2), the index of
references, which says at once what may not be deleted any more (9). Wagtail's are the rest: it validates what it saves
of the workflow and of its log (19), saves the page, its topics (one each) and remarks (three each, at two places), and
its words for the admin's search (8).
15 are what makes visitors find it with the same commit: whether it is closed to them, languages (2), its entry and its
words (12).
"""


@pytest.fixture
def in_use(autorka, autor2, tlumaczka, redaktorka, koordynatorka):
    """Whoever wrote, reviews and approved before."""
    return [autorka, autor2, tlumaczka], redaktorka, koordynatorka


@pytest.mark.parametrize("is_public", [True, False])
def test_a_decision_asks_everything_once(is_public, in_use, client_as, redaktorka, koordynator2):
    page = rich_page(*in_use, is_public=is_public)
    ContentType.objects.get_for_models(*apps.get_models())  # a process remembers them, and where the site begins
    page.get_url()
    for reader in (redaktorka, koordynator2):
        browser, address = client_as(reader), reverse("newsroom:decide", args=[state_of(page).pk])
        asked = cost(browser, address)
        assert len(asked) <= SHOWN, "\n".join(asked)
        shown = re.search(r'name="shown" value="(\d+)"', browser.get(address).content.decode()).group(1)
        with CaptureQueriesContext(connection) as captured:
            answered = {"despite_comments": "1", "with_words": "1"}
            answer = browser.post(address, {"action": "approve", "shown": shown, "comment": "Good.", **answered})
        assert answer.status_code == 302
        asked = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
        assert len(asked) <= DECIDED, "\n".join(asked)
    assert fresh(page).live
    assert not fresh(page).has_unpublished_changes


def test_a_second_look_costs_one_version_more(in_use, client_as, redaktorka, autorka):
    page = rich_page(*in_use, is_public=True)
    ContentType.objects.get_for_models(*apps.get_models())
    page.get_url()
    browser, address = client_as(redaktorka), reverse("newsroom:decide", args=[state_of(page).pk])
    browser.get(address)
    text = page.get_latest_revision_as_object()
    text.lead, text.body = "Corrected", rich_body("Corrected words", [text.lead_image] * 3)
    text.save_revision(user=autorka, log_action=True)
    asked = cost(browser, address)
    assert "since=look" in browser.get(address).content.decode()
    assert len(asked) <= SHOWN_AGAIN, "\n".join(asked)
