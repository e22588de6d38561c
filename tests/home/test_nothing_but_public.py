"""Nobody reads, at any address, a word of a page that is private, a draft, taken down or over, or of a draft of it."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from approval import publish_guard
from tests import factories
from tests.home.test_search_documents import all_tables

SECRET = "Tajnosłowny"
OURS = (None, "testserver", "localhost")
SEARCHED = ("/szukaj/", "/en/search/")

pytestmark = pytest.mark.django_db
SEARCHES = True


def with_password(page: Any) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="sasiad")


def for_staff(page: Any) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def taken_down(page: Any) -> None:
    with publish_guard.trusted_command("tests"):
        page.unpublish()


def over(page: Any) -> None:
    with publish_guard.trusted_command("tests"):
        page.unpublish(set_expired=True)


def taken_down_and_written_anew(page: Any) -> None:
    """As the editor saves what isn't public: the row has the words of its newest draft."""
    taken_down(page)
    page.slug, page.title = f"tajnoslowny-{page.pk}", f"{SECRET} nowy tytuł"
    page.save()
    page.save_revision()


def words() -> dict[str, Any]:
    """Of every text that all kinds of page have."""
    body = [
        ("paragraph", f"<p>{SECRET} akapit</p>"),
        ("documents", [factories.document(f"{SECRET} regulamin")]),
        ("image", {"image": factories.image(f"{SECRET} obraz", description=f"{SECRET} mural"), "caption": SECRET}),
    ]
    lead = f"{SECRET} lead"
    return {"title": f"{SECRET} tytuł", "search_description": f"{SECRET} opis", "lead": lead, "body": body}


def every_kind(**fields: Any) -> Iterator[Any]:
    """A page of each kind that visitors find in lists, and an English one."""
    news = factories.news(**fields)
    yield from (news, factories.translated(news, **({"title": f"{SECRET} title"} if "title" in fields else {})))
    yield factories.event(place=f"{SECRET} dom", **fields) if fields else factories.event()
    yield from (factories.chapter(**fields), factories.member(**fields), factories.standard_page(**fields))


@pytest.fixture
def not_public() -> list[Any]:
    """Pages of every kind in every state in which visitors don't have them."""
    pages = []
    ways: list[Callable[[Any], None]] = [with_password, for_staff, taken_down, over, taken_down_and_written_anew]
    for way in ways:
        for page in every_kind(**words()):
            way(page)
            pages.append(page)
    pages += [factories.news(live=False, **words()), factories.event(live=False, **words())]
    factories.venue(live=False, name=f"{SECRET} świetlica")
    for page in every_kind():
        for name, value in words().items():
            setattr(page, name, value)
        page.slug = f"tajnoslowny-{page.pk}"
        page.save_revision()  # of a page that is public as it was
    return pages


def addresses_in(answer: str) -> set[str]:
    found = re.findall(r"""\b(?:href|src|action) *="([^"#]+)|<loc>([^<]+)|<link>([^<]+)|url="([^"]+)""", answer)
    return {next(filter(None, groups)).replace("&amp;", "&") for groups in found}


def to_begin_with(pages: list[Any]) -> set[str]:
    """Where every visitor begins, and what can be guessed of pages that once were public."""
    guessed = {page.url.rstrip("/") + end for page in pages for end in ("/", ".ics", "/rss/", "/atom/")}
    guessed |= {f"/bez-tlumaczenia/{page.pk}/" for page in pages}
    searches = {f"{path}?q={word}" for path in SEARCHED for word in ("akapit", "tytuł", SECRET[:6])}
    return guessed | searches | {"/", "/en/", "/sitemap.xml", "/wydarzenia.ics"}


def test_no_word_of_it_is_at_any_address(client: Client, not_public: list[Any]) -> None:
    """What a program finds that follows every link."""
    again = factories.news(title="Znów publiczna")
    taken_down(again)
    factories.publish(Page.objects.get(pk=again.pk).specific)
    waiting, seen = deque(sorted(to_begin_with(not_public))), set()
    while waiting:
        address = waiting.popleft()
        parts = urlsplit(address)
        if parts.path in SEARCHED and parts.query.count("&") > 1:
            continue  # one filter at a time
        if address in seen or parts.path.startswith(("/static/", "/media/", "/admin/")):
            continue
        seen.add(address)
        answer = client.get(address)
        told = f"{answer.getvalue().decode(errors='replace')} {answer.headers}"
        if "tajnoslowny" not in address.lower():
            assert "tajnoslowny" not in told.lower(), address
        assert SECRET.lower() not in told.lower(), address
        links = {urlsplit(urljoin(address, link)) for link in addresses_in(told)}
        waiting.extend(sorted({f"{link.path}?{link.query}".rstrip("?") for link in links if link.hostname in OURS}))
    assert again.url in seen, "the walk comes to public pages"
    assert SECRET.lower() not in all_tables(), "nor is it in what the search is made of"
