"""The shortest way through everything: does the site open, in both languages, and may its people in?

Each of these also fails on any JavaScript error and on any request to another host (see conftest.py).
"""

import pytest


@pytest.mark.parametrize(("address", "language"), [("/", "pl"), ("/en/", "en")])
def test_home_page_opens_in_its_language(page, address, language):
    answer = page.goto(address)
    assert answer.status == 200
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1


def test_demo_author_reaches_the_admin_in_polish_through_the_form(page):
    page.goto("/admin/login/")
    page.fill("input[name=username]", "autorka")
    page.fill("input[name=password]", "demo")
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "/login/" not in url)
    assert page.url.endswith("/admin/")
    assert page.locator("html").get_attribute("lang") == "pl"


def test_a_visitor_is_sent_to_the_login(page):
    page.goto("/admin/")
    assert "/admin/login/" in page.url
