"""Both trees, page by page: what stands under a language is in it, and what leads out of it says so."""

import json
import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from lxml import etree

from coalition.districts import DISTRICTS
from coalition.models import MemberPage
from home.models import SiteImage
from tests.reading import document, words
from tests.whole_site.test_head import graph

# Names begin with a capital and keep their Polish form; what begins with a small letter is no name.
POLISH_LETTERS = re.compile(r"\b[a-ząćęłńóśźż]*[ąćęłńóśźż][a-ząćęłńóśźż]*\b")
POLISH_WORDS = re.compile(
    r"\b(?:aby|albo|ale|czyli|dla|gdy|gdzie|jak|jest|kiedy|nie|nasza|nasze|oraz|przez|przy|strona|szukaj|tylko|"
    r"Aby|Dla|Gdzie|Jak|Kiedy|Nie|Aktualności|Wiadomość|Wydarzenia|Szukaj|Strona|Czytaj|Zobacz|Pobierz|Dalej|Wstecz)\b"
)
ENGLISH_WORDS = re.compile(r"\b(?:the|and|of|with|this|that|which|from|were|have|your)\b", re.IGNORECASE)
# Addresses, and what is written on a picture: they stand in attributes and fields that hold no marks.
UNMARKABLE = re.compile(r"\S+@\S+|https?://\S+|\b(?:ul|al|os|pl)\. [^,]+|the text “[^”]+”")
# A table has plain cells: the page for the press says in one how to write our name.
ACCEPTED = {"in Polish „Koalicja na rzecz sąsiedztw”, not „sąsiedztwa”"}
SAID = ("alt", "title", "aria-label", "content", "placeholder", "label")
SKIPPED = {"script", "style", "svg"}


def language_of(element) -> str:
    """The language that a browser takes the words of an element for."""
    return next(iter(element.xpath("ancestor-or-self::*[@lang][1]/@lang")), "")


def own_words(page):
    """(language, words) of each text and each read attribute of a document."""
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag in SKIPPED:
            continue
        language = language_of(element)
        for name in SAID:
            if element.get(name):
                yield language, element.get(name)
        if element.text:
            yield language, element.text
        for child in element:
            if child.tail:
                yield language, child.tail


@pytest.fixture(scope="module")
def names(demo, django_db_blocker) -> re.Pattern[str]:
    with django_db_blocker.unblock():
        members = list(MemberPage.objects.values_list("title", flat=True))
        credits = [credit for credit in SiteImage.objects.values_list("credit", flat=True) if credit]
    known = sorted({*members, *credits, *(district.name for district in DISTRICTS.values())}, key=len, reverse=True)
    return re.compile("|".join(re.escape(name) for name in known))


def polish_in(page, names) -> list[str]:
    """What is Polish though it stands under English."""
    found = []
    for language, text in own_words(page):
        plain = names.sub("", UNMARKABLE.sub("", " ".join(text.split())))
        if language == "en" and plain not in ACCEPTED and (POLISH_LETTERS.search(plain) or POLISH_WORDS.search(plain)):
            found.append(plain)
    return found


def test_no_polish_under_english(shown, names):
    found = {text: one.url for one in shown for text in polish_in(one.document, names)}
    assert found == {}


def test_no_english_under_polish(shown):
    found = {}
    for one in shown:
        english = [
            text
            for language, text in own_words(one.document)
            if language == "pl" and len(ENGLISH_WORDS.findall(text)) > 1
        ]
        if english:
            found[one.url] = english
    assert found == {}


OTHERS = [
    "/en/search/?q=neighbourhood",
    "/en/search/?q=xyzzy",
    "/en/no-such-page/",
    "/en/news/?kind=training&region=krakow",
    "/en/events/?when=archive",
    "/en/coalition/?district=krakow-13&field=culture",
    "/en/news/?page=2",
]


@pytest.mark.parametrize("address", OTHERS)
def test_no_polish_under_english_where_there_is_no_page_of_its_own(address, names):
    page = document(Client().get(address))
    assert page.get("lang") == "en"
    assert polish_in(page, names) == []
    assert unmarked_links(page, "en") == []


def language_of_path(path: str) -> str:
    return "en" if path.startswith("/en/") else "pl"


def unmarked_links(page, language: str) -> list[str]:
    """Links into another language of this site that don't say so, in their code and in words."""
    found = []
    for link in page.xpath("//body//a[@href]"):
        parts = urlsplit(link.get("href"))
        if parts.netloc not in ("", "localhost:8000") or not parts.path or parts.scheme in ("mailto", "tel"):
            continue
        if parts.path.startswith(("/static/", "/media/", "/documents/", "/admin/")):
            continue
        other = language_of_path(parts.path)
        if other == language:
            continue
        # The switcher, and the lines between the languages, speak the other language anyway.
        switches = bool(link.xpath("self::*[@lang] | ancestor::*[contains(@class, 'language-line')]"))
        in_its_language = switches and language_of(link) == other and not link.get("aria-label")
        said = (
            words(link)
            + (link.get("data-note") or "")
            + " ".join(link.xpath(".//@aria-label") + link.xpath("./@aria-label"))
        )
        note = {"pl": "(in Polish)", "en": "(język: angielski)"}[other]
        # SVG 1.1 knows no hreflang: a window says it in its name.
        in_a_drawing = bool(link.xpath("ancestor::*[local-name()='svg']"))
        if not (link.get("hreflang") == other or in_a_drawing) or not (in_its_language or note in said):
            found.append(etree.tostring(link, encoding="unicode")[:200])
    return found


def test_no_link_into_the_other_language_without_its_mark(shown):
    found = {one.url: links for one in shown if (links := unmarked_links(one.document, one.language))}
    assert found == {}


def test_structured_data_is_of_the_language_of_its_page(shown):
    for one in shown:
        for thing in graph(one):
            assert thing.get("inLanguage", one.language) == one.language, one.url
            if thing["@type"] == "BreadcrumbList":
                steps = [urlsplit(step["item"]).path for step in thing["itemListElement"]]
                assert {language_of_path(step) for step in steps} == {one.language}, one.url


def test_feeds_hold_only_their_language(shown):
    live = {one.url: one.language for one in shown}
    for address, language in (("/aktualnosci/", "pl"), ("/en/news/", "en")):
        for kind in ("rss", "atom"):
            feed = etree.fromstring(Client().get(f"{address}{kind}/").content)
            said = feed.xpath("string(//*[local-name()='language'])") or feed.get(
                "{http://www.w3.org/XML/1998/namespace}lang"
            )
            assert said == language
            links = [
                *feed.xpath("//item/link/text()"),
                *feed.xpath("//*[local-name()='entry']/*[local-name()='link'][not(@rel='enclosure')]/@href"),
            ]
            assert links
            assert {live[urlsplit(link).path] for link in links} == {language}


def test_pages_announce_only_feeds_of_their_language(shown):
    for one in shown:
        feeds = one.document.xpath("//link[@rel='alternate'][contains(@type, 'xml')]/@href")
        assert {language_of_path(feed) for feed in feeds} == {one.language}


def test_search_finds_only_its_language():
    for address, language in (("/szukaj/?q=dzielnica", "pl"), ("/en/search/?q=neighbourhood", "en")):
        links = document(Client().get(address)).xpath("//main//h2/a/@href")
        assert links
        assert {language_of_path(link) for link in links} == {language}


def test_menus_breadcrumbs_and_related_items_stay_in_their_language(shown):
    places = "//nav[contains(@class, 'breadcrumbs')] | //div[@id='menu'] | //section[contains(@class, 'no-print')]"
    for one in shown:
        links = one.document.xpath(f"({places})//a[not(@hreflang)]/@href")
        assert {language_of_path(link) for link in links if link.startswith("/")} <= {one.language}, one.url


def test_calendars_hold_only_their_language(shown):
    live = {one.url: one.language for one in shown}
    for address, language in (("/wydarzenia.ics", "pl"), ("/en/events.ics", "en")):
        lines = Client().get(address).content.decode().replace("\r\n ", "").splitlines()
        links = [urlsplit(line.split(":", 1)[1]).path for line in lines if line.startswith("URL")]
        assert {live[link] for link in links} <= {language}


def test_every_alternate_is_a_live_page_of_the_language_that_it_names(shown):
    live = {one.url: one.language for one in shown}
    for one in shown:
        for link in one.document.xpath("//link[@hreflang]"):
            named = live[urlsplit(link.get("href")).path]
            assert named == ("pl" if link.get("hreflang") == "x-default" else link.get("hreflang")), one.url


def test_manifest_and_data_parse(shown):
    assert json.loads(Client().get("/site.webmanifest").content)["lang"] == "pl"
