"""Private pages: who is invited gets in, and nobody else reads a word of them at any address."""

import re
from collections import deque
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from tests import factories

SECRET = "Tajnosłowny"
WAYS = {"password": {"restriction_type": "password", "password": "sasiad"}, "login": {"restriction_type": "login"}}

OURS = (None, "testserver", "localhost")

pytestmark = pytest.mark.django_db


def invite(page, kind="password"):
    return PageViewRestriction.objects.create(page=page, **WAYS[kind])


@pytest.mark.parametrize(
    ("language", "wrong"),
    [("pl", "Hasło jest nieprawidłowe."), ("en", "The password you have entered is not correct.")],
)
def test_a_page_opens_with_its_password(client, language, wrong):
    page = factories.news(language=language, title=SECRET)
    invite(page)
    form = client.get(page.url)
    assert SECRET not in form.text
    (action,) = re.findall(r'<form class="form[^>]* action="([^"]+)" method="post"', form.text)
    again = client.post(action, {"password": "wrong", "return_url": page.url})
    assert wrong in again.text
    assert f'<html lang="{language}">' in again.text
    assert 'aria-describedby="id_password_error"' in again.text
    assert client.post(action, {"password": "sasiad", "return_url": page.url}).url == page.url
    assert SECRET in client.get(page.url).text
    assert SECRET not in Client().get(page.url).text


def test_a_page_for_staff_leads_to_the_one_door(client):
    page = factories.news(title=SECRET)
    invite(page, "login")
    assert client.get(page.url).url == f"/admin/login/?next={page.url}"
    assert client.get("/_util/login/").status_code == 404


def addresses_of(answer):
    found = re.findall(r"""\b(?:href|src) *="([^"#]+)|<loc>([^<]+)|<link>([^<]+)|url="([^"]+)""", answer)
    return {next(filter(None, groups)).replace("&amp;", "&") for groups in found}


@pytest.mark.parametrize("kind", WAYS)
def test_no_word_of_a_private_page_is_at_any_address(client, kind):
    """What a program finds that follows every link, and what is guessed of a page that once was public."""
    words = {"title": f"{SECRET} tytuł", "search_description": f"{SECRET} opis"}
    document = factories.document(f"{SECRET} regulamin")
    body = [("paragraph", f"<p>{SECRET} akapit</p>"), ("documents", [document])]
    news = factories.news(slug="tajna", lead=f"{SECRET} lead", body=body, **words)
    pages = [news, factories.event(lead=f"{SECRET} lead", body=body, **words), factories.translated(news, **words)]
    open_page = factories.news(title="Otwarta")
    for page in pages:
        invite(page, kind)
    guessed = {page.url.rstrip("/") + end for page in pages for end in ("/", ".ics", "/rss/", "/atom/")}
    fixed = {
        "/aktualnosci/",
        "/en/news/",
        "/wydarzenia/",
        "/sitemap.xml",
        "/szukaj/?q=akapit",
        "/en/search/?q=akapit",
        document.url,
    }
    fixed |= {f"/bez-tlumaczenia/{page.pk}/" for page in pages} | {"/wydarzenia.ics"}
    waiting, seen = deque(sorted(guessed | fixed)), set()
    while waiting:
        address = waiting.popleft()
        parts = urlsplit(address)
        if address in seen or parts.path.startswith(("/static/", "/media/", "/admin/")):
            continue
        seen.add(address)
        answer = client.get(address)
        content = answer.getvalue().decode(errors="replace")
        assert SECRET not in content, address
        links = {urlsplit(urljoin(address, link)) for link in addresses_of(content)}
        waiting.extend(sorted({f"{link.path}?{link.query}".rstrip("?") for link in links if link.hostname in OURS}))
    assert open_page.url in seen, "the walk comes to public pages"
