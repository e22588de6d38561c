"""Help stands inside the admin: one file for each language, found from every screen, and nothing of Wagtail's site."""

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from newsroom import guide
from tests.workflow import edit_url

HELP = reverse("newsroom:help")
SCREENS = ["wagtailadmin_home", "newsroom:help", "translation:report", "wagtailadmin_account"]


def tasks(code: str) -> list[int]:
    return [heading.level for heading in guide.in_language(code).headings]


@pytest.mark.parametrize(
    ("code", "words"), [("pl", "Poprawić tekst, który wrócił"), ("en", "Correct a text that was returned")]
)
def test_each_reads_the_guide_of_their_language(client_as, autorka, code, words):
    profile = UserProfile.get_for_user(autorka)
    profile.preferred_language = code
    profile.save()
    page = client_as(autorka).get(HELP).content.decode()
    assert page.count(words) == 2, "in the list of tasks, and over the task"


def test_both_guides_have_the_same_tasks_in_the_same_order():
    assert tasks("pl") == tasks("en")


def test_every_task_has_an_address_of_its_own():
    for code in ("pl", "en"):
        ids = [heading.id for heading in guide.in_language(code).headings]
        assert len(set(ids)) == len(ids)
        assert all(f'id="{one}"' in guide.in_language(code).html for one in ids)


def test_every_screen_leads_to_help_and_none_to_wagtails_site(client_as, autorka, live_page):
    browser = client_as(autorka)
    for address in [*map(reverse, SCREENS), edit_url(live_page)]:
        page = browser.get(address).content.decode()
        assert HELP in page, address
        assert "wagtail.org" not in page, address
        assert "releases/" not in page, address


def test_help_is_for_the_newsroom(client):
    assert client.get(HELP).status_code == 302
