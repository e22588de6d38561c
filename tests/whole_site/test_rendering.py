"""Every public page, in both languages, is whole: headings, funder, links, pictures."""

import re
from itertools import pairwise
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.test import Client

from home.models import HomePage
from home.models.site_settings import DISCLAIMERS

SPACES = re.compile(r"\s+")


def words(element) -> str:
    """The text of an element as it is read, no-break spaces as spaces."""
    return SPACES.sub(" ", element.text_content()).strip()


def test_every_page_type_is_there_in_both_languages(shown):
    types = {(type(one.page).__name__, one.language) for one in shown}
    names = {name for name, _language in types}
    assert len(names) == 16
    assert types == {(name, language) for name in names for language in ("pl", "en")}


def test_every_page_answers(shown):
    assert [one.url for one in shown if one.response.status_code != 200] == []


def test_every_page_names_its_language(shown):
    assert [one.url for one in shown if one.document.get("lang") != one.language] == []
    assert [one.url for one in shown if one.response.headers["Content-Language"] != one.language] == []


def test_every_page_has_one_heading_of_the_first_level_with_its_title(shown):
    for one in shown:
        headings = [words(heading) for heading in one.document.iter("h1")]
        title = one.page.headline if isinstance(one.page, HomePage) else one.page.title
        assert headings == [SPACES.sub(" ", title)], one.url


def test_no_heading_level_is_left_out(shown):
    for one in shown:
        levels = [int(heading.tag[1]) for heading in one.document.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        jumps = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
        assert not jumps, (one.url, levels)


def test_the_tab_says_page_and_site(shown):
    for one in shown:
        title = one.document.findtext("head/title")
        assert (one.page.seo_title or one.page.title) in title, one.url
        name = {"pl": "Koalicja na rzecz sąsiedztw", "en": "Coalition for Neighbourhoods"}[one.language]
        assert name in title or len(f"{title} – {name}") > 65, one.url


def test_every_page_has_the_funder_to_the_letter(shown):
    for one in shown:
        assert DISCLAIMERS[one.language] in one.text, one.url
        emblems = [image.get("src") for image in one.document.iter("img") if "eu-emblem" in image.get("src")]
        assert len(emblems) == 2, one.url  # beside the name and beside the disclaimer


def test_every_picture_has_a_text_and_a_size(shown):
    for one in shown:
        for image in one.document.iter("img"):
            assert image.get("alt") is not None, (one.url, image.get("src"))
            assert image.get("width") and image.get("height"), (one.url, image.get("src"))


def addresses(one) -> set[str]:
    """All that the page links to or loads."""
    found = {link for _element, _attribute, link, _place in one.document.iterlinks()}
    sets = [element.get("srcset") for element in one.document.iter("source", "img") if element.get("srcset")]
    return found | {candidate.split()[0] for value in sets for candidate in value.split(",")}


def test_every_file_that_a_page_loads_is_there(shown):
    missing = set()
    for address in set().union(*(addresses(one) for one in shown)):
        path = urlsplit(address).path
        if path.startswith("/static/") and not finders.find(path.removeprefix("/static/")):
            missing.add(address)
        if path.startswith("/media/") and not default_storage.exists(path.removeprefix("/media/")):
            missing.add(address)
    assert missing == set()


def test_no_link_inside_the_site_is_dead(shown):
    visitor, checked = Client(), {one.url for one in shown}
    dead = []
    for one in shown:
        for address in addresses(one):
            parts = urlsplit(address)
            path = parts.path
            if parts.netloc not in ("", "localhost:8000") or not path or path.startswith(("/static/", "/media/")):
                continue
            if parts.scheme in ("mailto", "tel") or path in checked:
                continue
            checked.add(path)
            if visitor.get(path, follow=True).status_code != 200:
                dead.append((one.url, address))
    assert dead == []


def test_every_fragment_leads_to_a_place(shown):
    for one in shown:
        ids = one.document.xpath("//@id")
        assert len(ids) == len(set(ids)), one.url
        fragments = {href[1:] for href in one.document.xpath("//a/@href") if href.startswith("#")}
        assert fragments <= set(ids), one.url


def test_a_page_without_translation_says_so_in_the_language_switcher(shown):
    for one in shown:
        others = [page.url for page in one.page.published_translations if page.pk != one.page.pk]
        links = one.document.xpath("//nav[contains(@class, 'languages')]//a")
        assert len(links) == 1, one.url
        if others:
            assert links[0].get("href") == others[0], one.url
        else:
            shown_gap = one.document.xpath("//*[contains(@class, 'language-gap')]")
            assert [gap.get("lang") for gap in shown_gap] == [links[0].get("hreflang")], one.url
            assert shown_gap[0].xpath(".//a/@href") == [links[0].get("href")], one.url
        assert links[0].get("hreflang") != one.language
