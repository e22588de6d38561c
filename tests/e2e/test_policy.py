"""Every kind of page under its Content-Security-Policy: what it refuses fails each test by itself (conftest.py)."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from approval.models import GatedMixin
from home.models import BasePage, SiteDocument, SiteImage

SEARCHES = ("/szukaj/?q=dzielnica", "/en/search/?q=xyzzy")
LOST = ("/nie-ma/", "/en/no-such-page/")


def one_of_each_kind() -> list[str]:
    """Addresses of public pages: one for each type and language."""
    pages = Page.objects.live().public().filter(depth__gt=1).order_by("path").specific()
    kinds = {(type(page), page.locale_id): page.url for page in pages if isinstance(page, BasePage)}
    assert len(kinds) > 15
    return list(kinds.values())


def screens() -> list[str]:
    """The main screens of the admin, with something on each."""
    page = Page.objects.live().filter(depth__gt=3).order_by("path").specific().first()
    assert isinstance(page, GatedMixin)
    number = [page.pk]
    named = {
        "wagtailadmin_home": [],
        "wagtailadmin_explore": [page.get_parent().pk],
        "wagtailadmin_pages:edit": number,
        "wagtailadmin_pages:history": number,
        "wagtailadmin_pages:usage": number,
        "wagtailadmin_pages:search": [],
        "wagtailadmin_account": [],
        "wagtailadmin_workflows:index": [],
        "wagtailimages:index": [],
        "wagtailimages:add_multiple": [],
        "wagtailimages:edit": [SiteImage.objects.first().pk],
        "wagtaildocs:index": [],
        "wagtaildocs:edit": [SiteDocument.objects.first().pk],
        "wagtailusers_users:index": [],
        "wagtailusers_users:add": [],
        "wagtailredirects:index": [],
        "approval:ledger": [],
        "mfa_index": [],
        "usersessions_list": [],
    }
    return [reverse(name, args=args) for name, args in named.items()]


@pytest.mark.parametrize("who", ["visitor", "admin"])
def test_nothing_that_a_page_needs_is_refused(page, log_in, who):
    if who == "admin":
        log_in("admin")
    for address in [*one_of_each_kind(), *SEARCHES, *LOST] if who == "visitor" else screens():
        page.said.clear()
        assert page.goto(address).status == (404 if address in LOST else 200), address
        errors = [line for line in page.said if line.startswith("error")]
        assert [line for line in errors if not ("404" in line and address in LOST)] == [], address
