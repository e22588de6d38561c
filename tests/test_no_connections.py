"""No word that somebody writes makes the server ask another machine for anything; only what an operator sets does.

Those settings are DATABASE_URL, CACHE_URL, EMAIL_URL, STORAGE_URL, CLAMD_URL, SENTRY_DSN, FRONTEND_CACHE and
MACHINE_TRANSLATOR (docs/operators.md).
"""

import json
import socket
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.test.utils.form_data import streamfield

from approval.roles import AUTHORS
from news.models import NewsPage
from tests import factories, forms

pytestmark = pytest.mark.django_db

INSIDE = "http://169.254.169.254/latest/meta-data/"
FILM = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.fixture
def asked(monkeypatch) -> list[Any]:
    """Names that were looked up, and addresses that were connected to; none of them answers."""
    found: list[Any] = []

    def refuse(*asked_for: Any, **_more: Any) -> None:
        found.append(asked_for)
        raise OSError("A test uses no network.")

    for place, name in (
        (socket, "getaddrinfo"),
        (socket, "gethostbyname"),
        (socket, "create_connection"),
        (socket.socket, "connect"),
        (socket.socket, "connect_ex"),
        (socket.socket, "sendto"),
    ):
        monkeypatch.setattr(place, name, refuse)
    return found


def rich(*kinds: tuple[str, dict[str, str]]) -> str:
    """Rich text as the editor sends it: a letter for each thing that it names."""
    blocks = [
        {
            "key": f"k{number}",
            "text": " " if kind in ("EMBED", "IMAGE") else "a",
            "type": "atomic" if kind in ("EMBED", "IMAGE") else "unstyled",
            "depth": 0,
            "inlineStyleRanges": [],
            "entityRanges": [{"offset": 0, "length": 1, "key": number}],
        }
        for number, (kind, _data) in enumerate(kinds)
    ]
    things = {
        str(number): {"type": kind, "mutability": "MUTABLE", "data": data} for number, (kind, data) in enumerate(kinds)
    }
    return json.dumps({"blocks": blocks, "entityMap": things})


def test_a_text_full_of_addresses_is_written_looked_at_and_published(client, asked):
    client.force_login(factories.person(AUTHORS))
    things = rich(
        ("LINK", {"url": INSIDE}),
        ("LINK", {"url": f"ftp://{INSIDE[7:]}"}),
        ("EMBED", {"url": FILM, "embedType": "video"}),
        ("EMBED", {"url": INSIDE, "embedType": "rich"}),
        ("IMAGE", {"src": INSIDE, "alt": INSIDE, "format": "left", "id": "1"}),
    )
    table = json.dumps({"data": [[INSIDE, f'=WEBSERVICE("{INSIDE}")']], "first_row_is_table_header": False})
    body = [
        ("text", things),
        ("table", table),
        ("video", {"url": FILM, "title": INSIDE, "length": "1:00", "transcript": ""}),
        ("button", {"label": INSIDE, "page": "", "address": INSIDE}),
        ("cards", forms.items({"title": INSIDE, "text": INSIDE, "page": "", "address": INSIDE})),
    ]
    values = {
        "title": INSIDE,
        "slug": "adresy",
        "lead": f'{INSIDE} <img src="{INSIDE}"> <iframe src="{INSIDE}">',
        "kind": "training",
        "date": factories.day().isoformat(),
        "body": streamfield(body),
    }
    address = forms.add_address(NewsPage, factories.section("news"))
    forms.send(client, address, values)
    page = NewsPage.objects.get(slug="adresy")
    sent = forms.filled(client, forms.edit_address(page), {"body": streamfield(body)})
    assert client.post(f"{forms.edit_address(page)}preview/", dict(sent.lists())).json()["is_valid"]
    assert client.get(f"{forms.edit_address(page)}preview/").status_code == 200
    assert client.get(forms.edit_address(page)).status_code == 200
    factories.publish(page)
    page.refresh_from_db()
    assert FILM in Client().get(page.url).text
    assert INSIDE in Client().get(f"{page.get_parent().url}rss/").text
    assert client.get("/admin/").status_code == 200
    assert asked == []


def test_the_screens_that_take_an_address_only_keep_it(client, asked):
    client.force_login(factories.person(None))
    for url, name in (
        ("/admin/embeds/chooser/upload/", "embed-chooser-url"),
        ("/admin/choose-external-link/", "external-link-chooser-url"),
    ):
        for address in (INSIDE, FILM, "http://localhost:6379/"):
            answer = client.post(url, {name: address, "external-link-chooser-link_text": "x"})
            assert answer.status_code in (200, 404), url
    for address in (INSIDE, "//169.254.169.254/", "file:///etc/passwd"):
        client.post("/admin/redirects/add/", {"old_path": "/a", "site": "", "redirect_link": address})
    assert asked == []


DOCUMENTS = {
    "a.csv": f'=WEBSERVICE("{INSIDE}")\n',
    "a.rtf": rf'{{\rtf1{{\field{{\*\fldinst{{INCLUDEPICTURE "{INSIDE}"}}}}}}}}',
    "a.ics": f"BEGIN:VCALENDAR\r\nATTACH:{INSIDE}\r\nEND:VCALENDAR\r\n",
    "a.pdf": f"%PDF-1.4\n1 0 obj<</Type/Action/S/URI/URI({INSIDE})>>endobj\n%%EOF",
    "a.txt": INSIDE,
}


def test_a_file_that_names_an_address_is_only_kept(client, asked):
    client.force_login(factories.person(AUTHORS))
    for name, content in DOCUMENTS.items():
        data = {"title": name, "file": SimpleUploadedFile(name, content.encode())}
        assert client.post("/admin/documents/add/", data).status_code == 302, name
    assert asked == []
