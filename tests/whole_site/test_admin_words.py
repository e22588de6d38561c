"""The admin as each role sees it: in Polish no word of the interface is English, in English none is Polish.

A crawl follows the admin's own links and menus to one page of each kind that a role can reach. What is the same for all
roles is read once in each language, by whoever reaches most: the editor of every type of page, lists, reports.
What editors write is content: its titles are known.
"""

import html
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Task, Workflow
from wagtail.users.models import UserProfile

from catalog.models import ChapterChange, DocumentTemplate, Edition, GlossaryTerm
from events.models import Venue
from home.models import SiteSettings, User
from home.models.fact import FactWords
from news.models import NewsPage
from newsroom.models import PagePattern
from tests.reading import strings_in
from tests.words.messages import in_catalogues, in_code, translations

MOST = 300
"""Pages for each role: a crawl that comes to more kinds than that goes round in circles."""

ROLES = {"pl": ("admin", "koordynatorka", "tlumaczka", "autorka"), "en": ("koordynatorka", "tlumaczka")}
"""Who reads which language; the first one reaches most. A reviewer meets nothing that a coordinator does not."""
ONE_TYPE = NewsPage
"""With whatever an editor has: topics, a picture, a body, a translation."""
BY_ROLE = re.compile(r"/admin/(?:$|editorial/|pages/(?:N/(?:edit/|history/)?)?$)")
"""Kinds of pages that say something else to each role: their work and its buttons."""

NEVER = re.compile(
    r"/view_draft/|/view/$|logout|/bulk/|/jsi18n|/sprite|/preview|/choose|/password"
    r"|\.(js|css|csv|xlsx|zip|pdf)$|[?&]export="
)
"""What leads out of the admin, to no page, or to a copy of one."""

ENGLISH_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        the and of for with this that these those from are were have has you your our their its not but when where
        which who what how more other than then will would can could should must may into about over under after
        before during only also here there add edit delete remove save cancel close open show hide view search
        results page pages next previous back all none yes name title type status user users language locale
        translation translations draft live published publish unpublish settings reports help required optional
        choose select upload image images document documents collection root home site sites error please untitled
        unknown loading toggle move copy create new history comment comments task tasks workflow workflows
        """,
    )
)
"""What a text may hold that no catalogue knows."""
WORD = re.compile(r"\w+(?:['’]\w+)?")

ALLOWED = {
    "english": "languages are named in themselves",
    "polski": "languages are named in themselves",
    "wagtail": "a name",
    "to": "a Polish word too",
    "wszystkie strony": "the name of the tree's root, which staff may change",
    "start": "the name of a link in the site's menu",
}
"""Text in small letters → why it may stay."""

HARD_CODED = {
    "/admin/groups/": (
        r"can (add|change|delete|lock|publish|unlock) .+|.+ \| .+ \| .+|translation|locale|page",
        "names in the database",
    ),
    "/admin/locales/": (r"locales?", "Django makes it of the name of the model"),
    "/admin/sites/": (r"site name|root page", "Wagtail takes the field's name in the code"),
    "/admin/workflows/": (r"page|content types", "Wagtail takes the field's name in the code"),
    "/admin/redirects/": (r"rodzaj|wszystkie|stałe|tymczasowe", "Wagtail translates it once, when it starts"),
}
"""Where → what no catalogue reaches there, in forms of administrators and coordinators, and why."""

FOR_SCRIPTS = ("data-w-block-arguments-value", "data-max-file-size")
"""What the text of a page is kept in for the editor's scripts, and Python's None where there is no limit."""

IN_CODE = re.compile(r"[a-z_]+\.[a-z_]+")
"""What a report calls a type of page, beside its name."""

ATTRIBUTES = ("aria-label", "aria-description", "placeholder", "title", "alt", "label", "summary")


# --- The words of a page -------------------------------------------------------------------------


def texts_of(document: lxml.html.HtmlElement, other: str) -> Iterator[tuple[str, str]]:
    """(text, where) of all that is read, read aloud, or kept ready for scripts; what is marked as `other` left out."""
    marked = set(document.xpath("//*[not(self::html)][@lang=$other]/descendant-or-self::*", other=other))
    for element in document.iter():
        if not isinstance(element.tag, str) or element in marked or _is_hidden_counter(element):
            continue
        yield from _attributes(element)
        if element.tag == "script":
            if element.get("type") == "application/json":
                yield from ((text, "json") for text in _strings(element.text or ""))
        elif element.tag not in ("style", "textarea", "svg", "code"):
            yield element.text or "", element.tag
        if element.getparent() is not None and element.getparent().tag not in ("script", "style"):
            yield element.tail or "", element.tag


def _is_hidden_counter(element: Any) -> bool:
    """Wagtail writes Python's None where it counts nothing, and shows it to nobody."""
    return "data-side-panel-toggle-counter" in element.attrib and "hidden" in element.attrib


def _attributes(element: Any) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if name in ATTRIBUTES:
            yield value, f"@{name}"
        elif name == "value" and element.tag == "input" and element.get("type") in ("submit", "button", "reset"):
            yield value, "@value"
        elif name.startswith("data-") and name not in FOR_SCRIPTS:
            yield from ((text, f"@{name}") for text in _strings(value))


def _strings(value: str) -> Iterator[str]:
    """The strings in JSON; else the text itself."""
    try:
        found = json.loads(value)
    except ValueError:
        yield value
        return
    yield from strings_in(found)


# --- What may not be among them -------------------------------------------------------------------


def _plain(text: str) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", "", text))
    return " ".join(text.split()).lower().strip(" :*.…")


def _pattern(text: str) -> re.Pattern[str] | None:
    parts = re.split(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}", _plain(text))
    if len(parts) == 1 or len(re.findall(r"[^\W\d_]{2,}", " ".join(parts))) < 2:
        return None
    return re.compile(".{0,120}?".join(re.escape(part) for part in parts) + "$")


@cache
def interface(language: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """What the interface says in `language` and not in the other one: whole texts, and patterns with gaps."""
    said: dict[str, set[str]] = {"en": set(), "pl": set()}
    for message in {**in_code(), **in_catalogues()}:
        said["en"] |= {message.text, message.plural or message.text}
        said["pl"] |= set(translations(message))
    other = {_plain(text) for text in said["pl" if language == "en" else "en"]}
    whole = {_plain(text) for text in said[language]} - other
    patterns = tuple(found for text in sorted(said[language]) if (found := _pattern(text)))
    assert patterns, "both languages have sentences with gaps"
    return frozenset(text for text in whole if len(text) > 1), patterns


@pytest.fixture(scope="package")
def content(demo, django_db_blocker) -> frozenset[str]:
    """What people wrote or chose as names, in either language: no word of the interface."""
    with django_db_blocker.unblock():
        pages = Page.objects.filter(depth__gt=1)
        found = {text for pair in pages.values_list("title", "draft_title") for text in pair if text}
        for model, field in (
            (get_image_model(), "title"),
            (get_document_model(), "title"),
            (Group, "name"),
            (Task, "name"),
            (Workflow, "name"),
            (SiteSettings, "name"),
            (Venue, "name"),
            (PagePattern, "name"),
            (Venue, "room"),
            (GlossaryTerm, "term"),
            (DocumentTemplate, "title"),
            (FactWords, "label"),
            (FactWords, "value"),
            (GlossaryTerm, "synonyms"),
            (Edition, "licence"),
            (ChapterChange, "sentence"),
            (Redirect, "old_path"),
            (Redirect, "redirect_link"),
            (User, "username"),
            (User, "first_name"),
            (User, "last_name"),
        ):
            found |= {line for text in model.objects.values_list(field, flat=True) for line in text.splitlines()}
        found |= {name.rpartition("/")[2] for name in get_document_model().objects.values_list("file", flat=True)}
    return frozenset(_plain(text) for text in found)


@cache
def foreign(text: str, language: str, content: frozenset[str], for_scripts: bool) -> str:
    """Why `text` speaks `language`, which the reader did not choose; "" where it doesn't.

    What is kept for scripts are names of things as often as words: only what is written as a message counts.
    """
    plain = _plain(text)
    if not plain or plain in content or plain in ALLOWED or not WORD.search(plain) or IN_CODE.fullmatch(plain):
        return ""
    if for_scripts and not re.match(r"[A-ZĄĆĘŁŃÓŚŹŻ][a-ząćęłńóśźż]+$|.+ ", text.strip()):
        return ""
    whole, patterns = interface(language)
    if plain in whole:
        return "a message"
    if for_scripts:
        return ""
    if " " in plain and len(plain) < 400 and any(pattern.match(plain) for pattern in patterns):
        return "a message with gaps"
    if language == "en" and set(WORD.findall(plain)) & ENGLISH_WORDS:
        return ", ".join(sorted(set(WORD.findall(_without(plain, content))) & ENGLISH_WORDS))
    return ""


def is_hard_coded(url: str, text: str) -> bool:
    return any(
        url.startswith(where) and re.fullmatch(words, _plain(text)) for where, (words, _why) in HARD_CODED.items()
    )


def _without(plain: str, content: frozenset[str]) -> str:
    for phrase in sorted(content, key=len, reverse=True):
        if len(phrase) > 3:
            plain = plain.replace(phrase, " ")
    return plain


# --- The crawl ------------------------------------------------------------------------------------


def shape(url: str) -> str:
    """The kind of page at an address: numbers and filters left out."""
    path = re.sub(r"/\d+(?=/|$)", "/N", urlsplit(url).path)
    return re.sub(r"/[0-9a-f]{8}-[0-9a-f-]{27}(?=/|$)", "/U", path)


def seeds(every_type: bool) -> list[str]:
    """One page of each type in its editor and the lists that they stand in, or of one type; links lead to the rest."""
    pages = Page.objects.filter(depth__gt=1, locale__language_code="pl").order_by("path")
    if not every_type:
        pages = pages.type(ONE_TYPE)
    first = {page.content_type_id: page for page in reversed(pages)}.values()
    lists = {page.get_parent().pk for page in first}
    return [
        reverse("wagtailadmin_home"),
        *(reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in first),
        *(reverse("wagtailadmin_explore", args=[pk]) for pk in sorted(lists)),
    ]


def links(document: lxml.html.HtmlElement) -> Iterator[str]:
    """Where a page leads to, the menu included: that is kept for a script."""
    yield from (link.get("href") for link in document.iterfind(".//a[@href]"))
    for script in document.iterfind(".//script[@type='application/json']"):
        yield from (text for text in _strings(script.text or "") if text.startswith("/admin/"))


def crawl(login: str, language: str, read: set[str]) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    """One page of each kind in the admin, as `login` reaches them; `read` holds the kinds read before, and grows."""
    user = User.objects.get(username=login)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    browser = Client()
    browser.force_login(user)
    waiting = seeds(every_type=not read)
    met = {*map(shape, waiting), *(kind for kind in read if not BY_ROLE.match(kind))}
    for number, url in enumerate(waiting):
        assert number < MOST, "the crawl goes round in circles"
        answer = browser.get(url)
        assert answer.status_code < 500, url
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        document = lxml.html.document_fromstring(answer.content)
        read.add(shape(url))
        yield url, document
        for link in links(document):
            target = urljoin(url, link).split("#")[0]
            if target.startswith("/admin/") and not NEVER.search(target) and shape(target) not in met:
                met.add(shape(target))
                waiting.append(target)


def findings(language: str, content: frozenset[str]) -> dict[tuple[str, str, str], str]:
    other = {"pl": "en", "en": "pl"}[language]
    found: dict[tuple[str, str, str], str] = {}
    read: set[str] = set()
    for login in ROLES[language]:
        pages = 0
        for url, document in crawl(login, language, read):
            pages += 1
            for text, where in texts_of(document, other):
                why = foreign(text, other, content, where == "json" or where.startswith("@data-"))
                if why and not is_hard_coded(url, text):
                    found.setdefault((" ".join(text.split())[:120], where, why), f"{login} at {url}")
        assert pages > 3, f"the crawl of {login} came nowhere"
    assert len(read) > 50, "the crawl came nowhere"
    return found


def test_admin_in_polish_has_no_english_word(content):
    assert findings("pl", content) == {}


def test_admin_in_english_has_no_polish_word(content):
    assert findings("en", content) == {}
