"""Nobody is led to another site by a form, a parameter, or where they say that they come from."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from approval.refusals import RefusedError
from approval.views.subjects import address
from tests.approval.attacks import state_of
from tests.workflow import PASSWORD

pytestmark = pytest.mark.usefixtures("shared_pages")

ELSEWHERE = (
    "//evil.example",
    "///evil.example",
    "https://evil.example/",
    "https:evil.example",
    "https:///evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "http://testserver@evil.example/",
    "http://localhost@evil.example/",
    "http://evil.example\\@testserver/",
    "http://evil.example\\@localhost/",
    "javascript:alert(1)",
    "http://[",
    "%2F%2Fevil.example",
    "//3627734734/",
    "-1",
)
"""As browsers read them: a backslash is a slash, tabs are nothing, a number is an address. The last one is none."""


def is_here(answer: Any) -> bool:
    """Whether a browser stays on this site."""
    location = answer.headers.get("Location", "/")
    return answer.status_code < 500 and url_has_allowed_host_and_scheme(location, {"testserver", "localhost"})


def tried(browser: Client, url: str, name: str = "next", **data: Any) -> list[str]:
    """Which of ELSEWHERE lead there, by a field of the form, a parameter, or a header."""
    found = []
    for there in ELSEWHERE:
        asked = f"{url}{'&' if '?' in url else '?'}{urlencode({name: there})}"
        for target, sent in ((url, {**data, name: there}), (asked, data)):
            with transaction.atomic():
                answer = browser.post(target, sent, headers={"referer": there})
                transaction.set_rollback(True)
            if not is_here(answer):
                found.append(f"{there} -> {answer.status_code} {answer.headers.get('Location')}")
    return found


def test_a_step_that_is_taken_or_given_back_leads_back_here(in_review, redaktorka, client_as):
    browser, step = client_as(redaktorka), [state_of(in_review).pk]
    assert not tried(browser, reverse("approval:take_step", args=step))
    browser.post(reverse("approval:take_step", args=step))
    assert not tried(browser, reverse("approval:give_back_step", args=step))


def test_a_day_for_a_text(in_review, autorka, client_as):
    assert not tried(client_as(autorka), address("approval:needed_by", in_review), day="2031-05-05")


@pytest.mark.parametrize("name", ["lock", "delete", "unpublish", "copy", "confirm_workflow_cancellation"])
def test_what_wagtail_does_with_a_page(in_review, live_page, koordynatorka, admin, client_as, name):
    page, user = (live_page, koordynatorka) if name == "unpublish" else (in_review, admin)
    url = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
    assert not tried(client_as(user), url, reason="Bo tak trzeba.", new_title="Kopia", new_slug="kopia")


def test_what_is_done_with_many(draft, admin, client_as):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    assert not tried(client_as(admin), f"{url}?id={draft.pk}")


def test_a_password_for_a_page_or_a_document(live_page):
    restriction = PageViewRestriction.objects.create(page=live_page, restriction_type="password", password="sąsiad")
    url = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, live_page.pk])
    assert not tried(Client(), url, "return_url", password="sąsiad")
    root = Collection.get_first_root_node()
    closed = CollectionViewRestriction.objects.create(collection=root, restriction_type="password", password="sąsiad")
    url = reverse("wagtaildocs_authenticate_with_password", args=[closed.pk])
    assert not tried(Client(), url, "return_url", password="sąsiad")


def test_the_door_and_what_belongs_to_an_account(autorka, client_as, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    assert not tried(Client(), reverse("account_login"), login="autorka", password=PASSWORD)
    assert not tried(client_as(autorka), reverse("account_reauthenticate"), password=PASSWORD)
    assert not tried(client_as(autorka), reverse("usersessions_list"))
    assert not tried(client_as(autorka), reverse("wagtailadmin_logout"))


def test_a_form_of_an_ended_session_whose_address_is_a_host_elsewhere(client):
    """3627734734 is 216.58.209.14: browsers read a number as an address."""
    answer = Client(enforce_csrf_checks=True).post("/x/", {"a": "b"}, PATH_INFO="//3627734734/x.ics")
    assert answer.status_code == 302
    assert is_here(answer)


def test_a_refusal_leads_back_to_no_host_that_stands_in_an_address(draft, koordynatorka, client_as):
    url = reverse("newsroom:restore", args=["wagtailcore", "page", draft.pk])
    for referer in ("http://testserver//evil.example/", "http://[", "http://testserver\\@evil.example/"):
        answer = client_as(koordynatorka).post(url, headers={"referer": referer})
        assert answer.status_code == 302 and is_here(answer), referer


def test_a_redirect_that_browsers_read_otherwise_than_programs(koordynatorka, client_as):
    browser, url = client_as(koordynatorka), reverse("wagtailredirects:add")
    for number, there in enumerate(one for one in ELSEWHERE if one[0] not in "%-"):  # paths here
        form = {"old_path": f"/stary-{number}", "site": "", "redirect_page": "", "redirect_link": there}
        browser.post(url, form)
        with pytest.raises(RefusedError), transaction.atomic():
            Redirect.objects.create(old_path=f"/dawny-{number}", redirect_link=there)
    assert not Redirect.objects.exists()
