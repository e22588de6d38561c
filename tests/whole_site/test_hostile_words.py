"""Words that would like to be a program, in every text of the site, stay words in every place that shows them.

Every field and block of every model that takes text holds some (tests/hostile_words.py). Then every kind of public
page, feed, calendar, mail and screen of the admin is read as a browser, a feed reader or a calendar reads it. What
scripts make of them on the screen, a browser shows (tests/e2e/test_hostile_words.py).

HOSTILE_SCREENS=1000 reads every kind of screen in the admin.
"""

import dataclasses
import html
import json
import os
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import lxml.html
import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from icalendar import Calendar
from lxml import etree
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from approval.roles import COORDINATORS
from events.models import EventPage
from home.cache import NEAR
from home.models import User
from notifications import letters
from notifications.kinds import KINDS
from notifications.models import OutgoingMail
from tests import factories
from tests.addresses import addresses
from tests.hostile_words import Attack, attacks, models_with_words, place_of, text_fields
from tests.reading import strings_in
from tests.whole_site.test_admin_words import shape

HOSTILE = attacks(4711)[0]

TAKES_NONE = {"catalog.Edition.files", "catalog.Edition.number", "home.User.username"}
"""Text fields whose validators let no such words in."""

MOST = int(os.environ.get("HOSTILE_SCREENS", "25"))
"""Screens of the admin that are read."""

# --- What came alive ---------------------------------------------------------------------------

RUNS = re.compile(r"alert\(\d+\)")
OUR_TAGS = re.compile(r"<img[ /]src=x[ /]onerror=alert\(\d+\)>|<x\d+>|</?(?:script|title|textarea|style)>")
IS_MARKUP = re.compile(r"<[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
LEADS = {"href", "src", "action", "formaction", "data", "poster", "xlink:href", "{http://www.w3.org/1999/xlink}href"}
DATA = ("application/json", "application/ld+json", "text/x-template", "text/template")


def is_program(address: str) -> bool:
    """As browsers read it: in any letters, with blanks before it and ends of lines in it."""
    plain = re.sub(r"[\x00-\x20]", "", address).lower()
    return plain.startswith(("javascript:", "vbscript:", "data:text", "data:image/svg"))


def came_alive(root: Any) -> Iterator[str]:
    """What of a document runs, or is an element or attribute of theirs; in markup that scripts get as data, too."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        shown = lxml.html.tostring(element, encoding="unicode", with_tail=False)[:150]
        if re.fullmatch(r"x\d+", element.tag) or element.get("src") == "x":
            yield f"an element: {shown}"
        for name, value in element.attrib.items():
            if name.startswith("on") and RUNS.search(value):
                yield f"an attribute: {shown}"
            if name in LEADS and is_program(value):
                yield f"an address: {shown}"
            if name.startswith("data-") or name == "srcdoc":
                yield from in_strings(json_or_text(value))
        if element.tag in ("script", "style") and RUNS.search(element.text or ""):
            if element.get("type") not in DATA:
                yield f"a script: {shown}"
            else:
                yield from in_strings(json.loads(element.text))


def json_or_text(value: str) -> Any:
    try:
        return json.loads(value) if value[:1] in "[{" else value
    except ValueError:
        return value


def markup_in(value: Any) -> Iterator[Any]:
    """Of the strings in `value` those with tags besides ours, which a script will put into the page, as elements."""
    for text in strings_in(value):
        if RUNS.search(html.unescape(text)) and IS_MARKUP.search(OUR_TAGS.sub("", text)):
            yield lxml.html.fragment_fromstring(text, create_parent=True)


def in_strings(value: Any) -> Iterator[str]:
    for found in markup_in(value):
        yield from came_alive(found)


# --- Kinds of answers --------------------------------------------------------------------------


def wrong_in(answer: HttpResponse) -> Iterator[str]:
    """What is wrong with an answer that holds hostile words."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    if answer.status_code >= 500:
        yield f"{answer.status_code}"
    elif answer.streaming or not answer.content:
        return
    elif kind == "text/html":
        document = lxml.html.document_fromstring(answer.content)
        yield from came_alive(document)
        for script in document.iterfind(".//script[@type='application/ld+json']"):
            assert RUNS.search(str(json.loads(script.text)["@graph"])), "read whole, and as data"
    elif kind == "application/json":
        yield from in_strings(answer.json())
    elif kind == "text/calendar":
        yield from wrong_in_calendar(answer.content)
    elif kind.endswith("xml"):
        yield from wrong_in_xml(etree.fromstring(answer.content))


def wrong_in_xml(root: Any) -> Iterator[str]:
    """What readers of feeds take for HTML is none of theirs; of the feed itself they take it for plain words."""
    for element in root.iter():
        is_html = element.get("type") == "html" or (element.tag == "description" and element.getparent().tag == "item")
        if is_html and element.text:
            yield from came_alive(lxml.html.fragment_fromstring(element.text, create_parent=True))
        if element.tag.rpartition("}")[2] in ("img", "script"):
            yield f"an element: {element.tag}"


def wrong_in_calendar(content: bytes) -> Iterator[str]:
    if max(map(len, content.split(b"\r\n"))) > 75 or re.search(rb"(?<!\r)\n", content):
        yield "a line that is none of a calendar"
    calendar = Calendar.from_ical(content)
    titles = set(EventPage.objects.live().values_list("title", flat=True))
    if strange := [event["summary"] for event in calendar.walk("VEVENT") if str(event["summary"]) not in titles]:
        yield f"another title: {strange}"
    if strange := [name for part in calendar.walk() for name in part if name.lower().startswith(("onfocus", "q"))]:
        yield f"another property: {strange}"


def shown_in(answer: HttpResponse) -> set[int]:
    """The numbers of places whose words an answer holds in any form."""
    if answer.streaming:
        return set()
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda sign: chr(int(sign[1], 16)), answer.content.decode(errors="replace"))
    return {int(number) for number in re.findall(r"(?:alert\(|<x)(\d+)", html.unescape(html.unescape(text)))}


# --- Everything is attacked --------------------------------------------------------------------

CARELESS = [
    *("<p>{0}</p>", '<p title="{0}">', "<p title='{0}'>", "<title>{0}</title>", "<textarea>{0}</textarea>"),
    *("<style>{0}</style>", "<script>let words = '{0}'</script>", '<a href="javascript:alert(1)">', "<x1>"),
    """<div data-said='{{"html": "<p>&lt;img src=x onerror=alert(1)>&lt;/p>"}}'>""",
    '<script type="application/json">["<p><img src=x onerror=alert(1)></p>"]</script>',
]
"""What this would find. In the last two only a script makes markup of it."""


@pytest.mark.parametrize("place", CARELESS)
def test_what_comes_alive_is_found(place):
    assert list(came_alive(lxml.html.document_fromstring(f"<body>{place.format(HOSTILE)}")))
    assert not list(came_alive(lxml.html.document_fromstring(f"<body><p title='{html.escape(HOSTILE)}'>{RUNS}")))


def one_of_each_kind() -> list[Page]:
    """A public page for each type and language."""
    pages = Page.objects.live().public().filter(depth__gt=1).order_by("path").specific()
    return list({(type(page), page.locale_id): page for page in pages}.values())


@pytest.fixture(scope="module")
def attack(demo, django_db_blocker) -> Iterator[Attack]:
    with django_db_blocker.unblock(), transaction.atomic():
        found = Attack(one_of_each_kind())
        found.everywhere()
        yield found
        transaction.set_rollback(True)
    caches[NEAR].clear()


def test_every_text_field_and_every_block_is_attacked(attack):
    fields = {place_of(field) for model in models_with_words() for field in text_fields(model)}
    streams = {name for name in fields if name in attack.samples}
    assert len(fields) > 60 and len(streams) > 5
    reached = {place.partition(" ")[0] for place in attack.numbers}
    assert fields - reached == TAKES_NONE


# --- Walks -------------------------------------------------------------------------------------


@dataclasses.dataclass
class Walk:
    """Goes from answer to answer, to one of each kind. `wrong`: what is wrong where; `met`: whose words were there.

    `forms`: address and data of those that ask nothing but yes.
    """

    browser: Client
    is_wanted: Callable[[str], bool]
    most: int = 1000
    wrong: list[str] = dataclasses.field(default_factory=list)
    met: set[int] = dataclasses.field(default_factory=set)
    forms: dict[str, tuple[str, dict[str, str]]] = dataclasses.field(default_factory=dict)

    def go(self, seeds: list[str]) -> None:
        waiting = list(dict.fromkeys(seeds))
        kinds = set(map(kind_of, waiting))
        self.browser.raise_request_exception = False
        for number, url in enumerate(waiting):
            if number == self.most:
                break
            answer = self.look(url, self.browser.get(url))
            for root in roots_of(answer):
                for link in links(root):
                    target = urljoin(url, link).split("#")[0]
                    if self.is_wanted(target) and kind_of(target) not in kinds:
                        kinds.add(kind_of(target))
                        waiting.append(target)
                for form in root.xpath("//form[translate(@method, 'POST', 'post') = 'post']"):
                    target = urljoin(url, form.get("action") or "")
                    if self.is_wanted(target) and not form.xpath(ASKS):
                        self.forms.setdefault(kind_of(target), (target, dict(form.form_values())))

    def look(self, url: str, answer: HttpResponse) -> HttpResponse:
        self.wrong += [f"{url}: {what}" for what in wrong_in(answer)]
        self.met |= shown_in(answer)
        return answer

    def say_yes(self) -> None:
        """To each question, and read what is said of it then; each time nothing has happened before."""
        for url, data in islice(self.forms.values(), self.most):
            with transaction.atomic():
                self.look(url, self.browser.post(url, data, follow=True))
                transaction.set_rollback(True)


ASKS = ".//input[not(@type='hidden' or @type='submit')] | .//select | .//textarea"


def kind_of(url: str) -> str:
    """The path without the numbers in it, and whether hostile words are looked for there."""
    parts = urlsplit(url)
    return f"{shape(url)}{'?' * ('alert' in parts.query)}"


def roots_of(answer: HttpResponse) -> list[Any]:
    """The documents of an answer, also those that a script gets."""
    if answer.status_code != 200 or answer.streaming:
        return []
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    if kind == "application/json":
        return list(markup_in(answer.json()))
    return [lxml.html.document_fromstring(answer.content)] if kind == "text/html" else []


def links(root: Any) -> Iterator[str]:
    """Where a document leads to, for scripts as well; and its search forms, asked for hostile words."""
    yield from root.xpath("//a/@href | //link[@rel='alternate']/@href")
    for script in root.iterfind(".//script[@type='application/json']"):
        yield from (text for text in strings_in(json.loads(script.text or "null")) if text.startswith("/admin/"))
    for form in root.xpath("//form[not(@method) or translate(@method, 'GET', 'get') = 'get']"):
        names = form.xpath(".//input[@name and not(@type='hidden')]/@name")
        yield f"{form.get('action') or ''}?{urlencode(dict.fromkeys(names, HOSTILE))}" if names else ""


FILES = re.compile(r"^/(?:static|media|documents|admin)/")


def test_no_public_answer_runs_them(attack, client):
    pages = one_of_each_kind()
    seeds = [page.url for page in pages]
    seeds += ["/sitemap.xml", "/robots.txt", "/site.webmanifest", f"/nie-ma/{HOSTILE}/", f"/en/no/?{HOSTILE}={HOSTILE}"]
    seeds += [f"/wydarzenia/?{urlencode({name: HOSTILE})}" for name in ("when", "kind", "region", "district", "page")]
    seeds += [f"/aktualnosci/?{urlencode({name: HOSTILE})}" for name in ("kind", "region", "topic", "audience", "page")]
    seeds += [f"{page.url.rstrip('/')}.ics" for page in pages if page._meta.app_label == "events"]

    def is_wanted(url: str) -> bool:
        parts = urlsplit(url)
        is_page = not parts.query and not parts.path.endswith((".ics", "/rss/", "/atom/"))
        return parts.netloc in ("", "localhost:8000") and not FILES.match(parts.path) and not is_page

    visit = Walk(client, is_wanted)
    visit.go(seeds)
    assert visit.wrong == []
    of_blocks = {place for place in attack.numbers if " " in place}
    assert {place for place in of_blocks if attack.numbers[place] not in visit.met} == set()


NEVER = re.compile(
    r"/results/|logout|/jsi18n|/sprite|/password_reset|\.(js|css)$|[?&]export=|/failwhale/|/files/\w\w/$"
)


@pytest.fixture
def office(attack) -> Client:
    """Somebody who reaches everything, and decides; even their browser's name is hostile."""
    user = User.objects.get(username="admin")
    user.groups.add(Group.objects.get(role__key=COORDINATORS.key))
    browser = Client(headers={"user-agent": attacks(4712)[1]})
    browser.force_login(user)
    return browser


def test_no_screen_of_the_admin_runs_them(attack, office):
    pages = one_of_each_kind()
    seeds = ["/admin/", *(f"/admin/pages/{page.pk}/edit/" for page in pages if page.locale_id == pages[0].locale_id)]
    seeds += [f"/admin/pages/{page.get_parent().pk}/" for page in pages]
    seeds += [f"/{one.pattern}" for one in addresses() if MOST > 100 and not re.search(r"[<(\\?]", one.pattern)]

    def is_wanted(url: str) -> bool:
        return urlsplit(url).path.startswith("/admin/") and not NEVER.search(url)

    visit = Walk(office, is_wanted, MOST)
    visit.go([url for url in seeds if is_wanted(url)])
    visit.say_yes()
    assert visit.wrong == []
    assert len(visit.met) > 50, "the words of most places were there"


def test_no_name_of_a_file_runs(office):
    """A title is made of it, and the form with it is put into the page by a script."""
    file = factories.picture_bytes()
    for address, name, content in (("images", "png", file), ("documents", "pdf", b"%PDF-1.4")):
        data = {
            "title": f"{HOSTILE}.{name}",
            "files[]": ContentFile(content, f"'\"><img src=x onerror=alert(1)>.{name}"),
        }
        answer = office.post(f"/admin/{address}/multiple/add/", data, headers={"x-requested-with": "XMLHttpRequest"})
        assert list(wrong_in(answer)) == [] and list(markup_in(answer.json()))


FACTS = {name: f"{name} {attacks(4713)[0]}" for name in ("title", "who", "comment", "reason", "step")}


@pytest.mark.parametrize("kind", KINDS)
def test_no_mail_runs_them(attack, kind):
    user = User.objects.get(username="autorka")
    row = OutgoingMail(event="x", kind=kind, user=user, address=user.email, language="pl", facts=FACTS)
    mail = letters.message([row])
    (page,) = (content for content, kind in mail.alternatives if kind == "text/html")
    assert list(came_alive(lxml.html.document_fromstring(page))) == []
    assert "\n" not in mail.subject


# --- What is not even kept ---------------------------------------------------------------------

PROGRAMS = [
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)"),
    *("java\nscript:alert(1)", "\x01javascript:alert(1)", "javascript://example.org/%0aalert(1)", "vbscript:alert(1)"),
    *("data:text/html,<script>alert(1)</script>", "&#106;avascript:alert(1)", "java&Tab;script:alert(1)"),
]
"""Addresses that browsers run, or that something on the way may make of them."""


def form_fields(of_model: type, of_block: type) -> Iterator[Any]:
    """The form fields for all fields and blocks of these kinds in the site's own models."""
    for model in models_with_words():
        for field in text_fields(model):
            if isinstance(field, of_model):
                yield field.formfield(**({"assume_scheme": "https"} if of_model is models.URLField else {}))
            elif isinstance(field, StreamField):
                yield from (block.field for block in inside(field.stream_block) if isinstance(block, of_block))


def inside(block: Any) -> Iterator[Any]:
    yield block
    for child in getattr(block, "child_blocks", {}).values():
        yield from inside(child)
    if isinstance(block, blocks.ListBlock):
        yield from inside(block.child_block)


def test_no_field_for_an_address_takes_a_program():
    fields = list(form_fields(models.URLField, blocks.URLBlock))
    assert len(fields) > 10
    for field in fields:
        for program in PROGRAMS:
            try:
                kept = field.clean(program)
            except ValidationError:
                continue
            assert not is_program(kept), (field.label, program)


def test_no_rich_text_keeps_a_program():
    """Of what a browser may send in the place of the editor."""
    fields = list(form_fields(RichTextField, blocks.RichTextBlock))
    assert len(fields) > 10
    for widget in {tuple(sorted(field.widget.features)): field.widget for field in fields}.values():
        for program in PROGRAMS:
            sent = json.dumps(content_state(program))
            kept = widget.value_from_datadict({"text": sent}, {}, "text")
            found = lxml.html.fragment_fromstring(kept, create_parent=True)
            assert list(came_alive(found)) == []
            assert not any(is_program(link) for link in found.xpath("//@href")), kept


def content_state(program: str) -> dict[str, Any]:
    """What Draft.js keeps: links and pictures to `program`, and blocks, styles and entities that aren't there."""
    kinds = ("LINK", "DOCUMENT", "IMAGE", "EMBED", HOSTILE)
    data = {"url": program, "src": program, "href": program, "alt": HOSTILE, "title": HOSTILE, "onclick": HOSTILE}
    styles = [{"offset": 0, "length": 9, "style": style} for style in ("BOLD", "ABROAD_EN", HOSTILE)]
    return {
        "blocks": [
            {
                "key": f"k{number}",
                "type": kind,
                "text": HOSTILE,
                "depth": 0,
                "inlineStyleRanges": styles,
                "entityRanges": [{"offset": 10 * place, "length": 9, "key": place} for place in range(len(kinds))],
            }
            for number, kind in enumerate(("unstyled", "header-two", "unordered-list-item", "atomic", HOSTILE))
        ],
        "entityMap": {
            str(place): {"type": kind, "mutability": "MUTABLE", "data": data} for place, kind in enumerate(kinds)
        },
    }
