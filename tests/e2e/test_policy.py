"""The admin under its Content-Security-Policy: what it refuses fails each test by itself (conftest.py).

Public pages are visited one by one in test_looks.py, with all that they need.
"""

from django.urls import reverse
from wagtail.models import Page

from approval.models import GatedMixin
from home.models import SiteDocument, SiteImage


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


def test_nothing_that_a_screen_needs_is_refused(page, log_in):
    log_in("admin", at="")
    for address in screens():
        page.said.clear()
        assert page.goto(address).status == 200, address
        assert [line for line in page.said if line.startswith("error")] == [], address
