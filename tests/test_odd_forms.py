"""Forms as nobody's browser sends them: an answer, never a 500 page, and nothing public that nobody approved.

Real forms are asked for, spoiled and sent: by everybody who may open them, to the address that they belong to.
ODD_REQUESTS=10000 sends more of them, ODD_SEED=7 other ones.
"""

import os
import random
import traceback
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from django.core.cache import caches
from django.db import transaction
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data

from approval import verification
from events.models import Venue
from home.models import SiteSettings
from tests import factories, forms
from tests.permissions.asking import House, leads_elsewhere
from tests.permissions.table import PEOPLE
from tests.spoiled_forms import DOCUMENT, JSONS, Form, Pairs, body, spoiled

ENOUGH = int(os.environ.get("ODD_REQUESTS", "150"))
SEED = int(os.environ.get("ODD_SEED", "1"))
SPOILED_OF_EACH = 6 if ENOUGH < 1000 else 12

NEVER = ("logout", "/jsi18n", "/sprite", "failwhale", "/media/")
LEFT_TO_PUBLIC = {"page": Page, "settings": SiteSettings, "venue": Venue}


class Newsroom(House):
    """The site with one of each thing, and the addresses of its forms."""

    def __init__(self) -> None:
        super().__init__()
        scene = self.scene
        urls = {scene.url(one, "") for one in self.addresses.values()}
        self.urls = sorted(url for url in urls if not any(never in url for never in NEVER))
        kinds = [
            factories.chapter(),
            factories.member(),
            factories.standard_page(),
            factories.declaration(),
            scene.event,
        ]
        kinds += [scene.page, scene.draft, factories.home(), factories.home("en")]
        kinds += [factories.section(key) for key in ("news", "events", "catalog", "coalition")]
        parents = [factories.home(), *(factories.section(key) for key in ("news", "events", "catalog", "coalition"))]
        self.written = [forms.edit_address(page) for page in kinds]
        self.written += [
            forms.add_address(model, parent)
            for parent in parents
            for model in parent.specific.creatable_subpage_models()
        ]
        pages, pictures = f"id={scene.draft.pk}&id={scene.page.pk}", f"id={scene.picture.pk}"
        people, documents = f"id={scene.invited.pk}&id={scene.writer.pk}", f"id={scene.document.pk}"
        for model, actions, asked in (
            ("wagtailcore/page", ("delete", "move", "publish", "unpublish", "send"), pages),
            ("home/siteimage", ("delete", "add_tags", "add_to_collection"), pictures),
            ("home/sitedocument", ("delete", "add_tags", "add_to_collection"), documents),
            ("home/user", ("delete", "assign_role", "set_active_state"), people),
            ("events/venue", ("delete",), f"id={scene.venue.pk}"),
        ):
            self.written += [f"/admin/bulk/{model}/{action}/?{asked}" for action in actions]
        self.body = [(name, str(value)) for name, value in nested_form_data({"body": forms.every_block()}).items()]

    def forms(self, who: str, url: str) -> Iterator[Form]:
        """Those that somebody finds at `url`; one without fields where there are none."""
        answer = self.browser(who).get(url)
        kind = answer.headers.get("Content-Type", "")
        found = 0
        if answer.status_code == 200 and not answer.streaming and kind.startswith(("text/html", "application/json")):
            text = answer.text
            if "json" in kind:
                said = answer.json()
                text = said.get("html") or "" if isinstance(said, dict) else ""
            if "<form" in text:
                for form in lxml.html.document_fromstring(text).forms:
                    action = urljoin(url, form.get("action") or url)
                    if form.method == "POST" and urlsplit(action).path != "/admin/logout/":
                        found += 1
                        yield self._read(form, action)
        if not found:
            yield Form(url, [], is_real=False)

    def _read(self, form: Any, action: str) -> Form:
        fields: Pairs = [(name, value or "") for name, value in form.form_values() if name != "csrfmiddlewaretoken"]
        streams = form.xpath(".//*[@data-block]/@id")
        for name in streams:
            fields += self.body if name == "body" else [(f"{name}-count", "0")]
        takes = tuple(form.xpath(".//input[@type='file']/@name"))
        return Form(action, fields, [(name, *DOCUMENT) for name in takes], takes)

    def send(self, who: str, form: Form, chance: random.Random) -> Any:
        (content, kind), method = body(form), "POST"
        headers = {"referer": chance.choice(("http://testserver/admin/", "http://[", "//evil.example", ""))}
        if chance.random() < 0.2:
            headers["x-requested-with"] = "XMLHttpRequest"
        headers["accept"] = chance.choice(("text/html", "text/html", "text/html", "application/json", "*/*", "x"))
        if not form.is_real and chance.random() < 0.4:
            method = chance.choice(("POST", "PATCH", "PUT", "DELETE", "OPTIONS"))
            content, kind = chance.choice(JSONS).encode("utf-8", "surrogatepass"), "application/json"
        return self.browser(who).generic(method, form.url, content, kind, headers=headers)


def public() -> dict[tuple[str, int], tuple[Any, ...]]:
    """What visitors may read: which version of what."""
    found = {}
    for name, model in LEFT_TO_PUBLIC.items():
        more = ("title", "slug", "url_path") if model is Page else ()
        for pk, *facts in model.objects.filter(live=True).values_list(
            "pk", "live_revision", "last_published_at", *more
        ):
            found[name, pk] = tuple(facts)
    return found


def nobody_approved(before: dict[tuple[str, int], tuple[Any, ...]]) -> list[str]:
    """What is public now, and wasn't before, and the record says that it shouldn't be."""
    now = public()
    if now == before:
        return []
    changed: dict[str, list[int]] = defaultdict(list)
    for name, pk in {key for key, facts in now.items() if before.get(key) != facts}:
        changed[name].append(pk)
    texts = [text for name, keys in changed.items() for text in LEFT_TO_PUBLIC[name].objects.filter(pk__in=keys)]
    return [f"{doubt.instance}: {doubt.problem}" for doubt in verification.doubts(texts)]


@pytest.fixture
def newsroom(db):
    return Newsroom()


def test_no_form_ends_in_a_500_or_shows_what_nobody_approved(newsroom):
    chance, before = random.Random(SEED), public()
    wrong: dict[str, list[str]] = defaultdict(list)
    sent = 0
    while sent < ENOUGH:
        url = chance.choice(newsroom.written if chance.random() < 0.4 else newsroom.urls)
        who = chance.choice(("administrator", "administrator", "coordinator", *PEOPLE))
        with transaction.atomic():
            found = list(newsroom.forms(who, url))
            transaction.set_rollback(True)
        for _time in range(SPOILED_OF_EACH):
            form = spoiled(chance.choice(found), chance)
            with transaction.atomic():
                answer = newsroom.send(who, form, chance)
                faults = [f"public: {words}" for words in nobody_approved(before)]
                transaction.set_rollback(True)
            sent += 1
            if answer.status_code >= 500:
                faults.append(_place_of(answer))
            if there := leads_elsewhere(answer):
                faults.append(f"leads to {there}")
            for fault in faults:
                wrong[fault].append(f"{who} {form.url} {form.said}")
            for cache in caches.all():
                cache.clear()  # of what was rolled back, and of how often somebody knocked
    assert not wrong, "\n".join(f"{fault} ({len(found)} times)\n    {found[0]}" for fault, found in wrong.items())


def _place_of(answer: Any) -> str:
    if not getattr(answer, "exc_info", None):
        return f"{answer.status_code} without an exception"
    kind, error, where = answer.exc_info
    frames = traceback.extract_tb(where)[-3:]
    return f"{kind.__name__}: {str(error)[:100]} at " + " < ".join(
        f"{f.filename[-45:]}:{f.lineno}" for f in frames[::-1]
    )
