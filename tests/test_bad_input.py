"""Whatever is sent, the answer is a clear message in Polish: nothing lost, nothing broken."""

import io
import struct
import zlib
from functools import cache
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from wagtail.test.utils.form_data import streamfield

from approval.roles import AUTHORS
from events.models import EventPage
from home.models import SiteImage
from news.models import NewsPage
from tests import factories, forms
from tests.reading import admin_source, source

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def author(client):
    user = factories.person(AUTHORS)
    client.force_login(user)
    return user


@cache
def empty_form() -> QueryDict:
    """The form for a new text as the browser shows it: the same in every test, so it is read once."""
    client = Client()
    client.force_login(factories.person(AUTHORS))
    return forms.filled(client, news_address(), {})


def news_address() -> str:
    return forms.add_address(NewsPage, factories.section("news"))


def news(**more) -> dict:
    return {
        "title": "Nabór do Akademii",
        "slug": "nabor",
        "lead": "Lead, którego nie wolno zgubić.",
        "kind": "recruitment",
        "date": factories.day().isoformat(),
        "body": streamfield([("quote", {"text": "Słowa, których nie wolno zgubić.", "author": "", "role": ""})]),
        **more,
    }


def send_news(client, **more):
    data = forms.filled_in(empty_form(), {**news(**more), **forms.SUBMIT})
    return client.post(news_address(), dict(data.lists()), follow=True)


def refused(response, *messages: str) -> None:
    """The form came back, says why, and has kept what was written."""
    assert response.status_code == 200
    shown = admin_source(response)
    for message in messages:
        assert message in shown
    assert "Lead, którego nie wolno zgubić." in shown
    assert NewsPage.objects.count() == 0


class TestNews:
    def test_a_picture_whose_description_is_of_spaces_is_sent_back(self, client):
        picture = factories.image()
        response = send_news(client, lead_image=picture.pk, lead_image_alt="   ", lead_image_caption="Podpis zostaje")
        refused(response, "Napisz, co widać na obrazie", "Podpis zostaje", f'value="{picture.pk}"')

    @pytest.mark.parametrize(
        "values",
        [
            {"title": "", "date": "31.02.2026", "kind": "", "lead_image": "999999"},
            {"title": "   ", "date": "jutro", "kind": "no-such-kind"},
            {"title": "\t", "date": "", "kind": "<script>"},
            {"title": "ą" * 256, "date": "2026-13-45"},
            {"date": "99999-01-01"},
        ],
    )
    def test_each_field_that_is_wrong_is_sent_back(self, client, values):
        """What is too long stays whole."""
        response = send_news(client, **values)
        refused(response, "Słowa, których nie wolno zgubić.", values.get("title", "").strip())
        assert set(response.context["form"].errors) == set(values)

    def test_a_date_in_the_future_is_sent_back(self, client):
        refused(send_news(client, date=factories.day(1).isoformat()), "Ta data jest w przyszłości")

    def test_another_funder_needs_a_name(self, client):
        refused(send_news(client, funding="other", funder=" "), "Podaj źródło finansowania")

    def test_a_slug_that_is_taken_is_sent_back(self, client):
        factories.standard_page()
        taken = factories.news(slug="nabor")
        response = send_news(client)
        assert response.status_code == 200
        assert "Lead, którego nie wolno zgubić." in source(response)
        assert list(NewsPage.objects.all()) == [taken]


class TestBodies:
    """What a broken or hostile browser may send for the blocks of a body."""

    def post(self, client, **raw):
        data = forms.filled_in(empty_form(), news())
        for name in [name for name in data if name.startswith("body-")]:
            del data[name]
        data.update({"action-submit": "1", **raw})
        return client.post(news_address(), dict(data.lists()), follow=True)

    BROKEN = {
        "no count": {},
        "a count that is no number": {"body-count": "dużo"},
        "an empty count": {"body-count": ""},
        "a count without blocks": {"body-count": "3"},
        "an order that is no number": {
            "body-count": "1",
            "body-0-type": "quote",
            "body-0-value-text": "x",
            "body-0-order": "pierwszy",
            "body-0-deleted": "",
        },
        "rich text that is no JSON": {
            "body-count": "1",
            "body-0-type": "text",
            "body-0-value": "{not json",
            "body-0-order": "0",
            "body-0-deleted": "",
        },
        "rich text of another shape": {
            "body-count": "1",
            "body-0-type": "text",
            "body-0-value": '{"blocks": 7}',
            "body-0-order": "0",
            "body-0-deleted": "",
        },
        "a table that is no JSON": {
            "body-count": "1",
            "body-0-type": "table",
            "body-0-value": "[[[",
            "body-0-order": "0",
            "body-0-deleted": "",
        },
        "a list without a count": {
            "body-count": "1",
            "body-0-type": "steps",
            "body-0-order": "0",
            "body-0-deleted": "",
        },
    }

    @pytest.mark.parametrize("raw", BROKEN.values(), ids=list(BROKEN))
    def test_a_broken_body_is_asked_for_again(self, client, raw):
        refused(self.post(client, **raw), "Część bloków nie dotarła w całości")

    OF_NO_EDITOR = (
        "{not json",
        "7",
        "[" * 3000,
        '{"blocks": 7}',
        '{"blocks": [{"text": 5, "type": "unstyled", "entityRanges": [{"key": 9}]}], "entityMap": {}}',
        *(
            '{"blocks": [{"text": "a", "type": "unstyled", "entityRanges": [{"offset": 0, "length": 1, "key": 0}]}],'
            f' "entityMap": {{"0": {{"type": "LINK", "data": {{"id": "{key}"}}}}}}}}'
            for key in ("x", "9" * 20, "9" * 5000, "²")
        ),
    )

    def test_rich_text_that_no_editor_made(self, client):
        """It is asked for again, with the words of the form; of a field of its own also with those in the text."""
        for sent in self.OF_NO_EDITOR[-2:]:
            block = {"body-0-type": "text", "body-0-value": sent, "body-0-order": "0", "body-0-deleted": ""}
            refused(self.post(client, **{"body-count": "1"}, **block), "Część bloków nie dotarła w całości")
        address = forms.add_address(EventPage, factories.section("events"))
        data = forms.filled(client, address, {"title": "Debata"})
        for sent in self.OF_NO_EDITOR:
            data["registration"] = sent
            answer = client.post(address, dict(data.lists()))
            shown = admin_source(answer)
            assert answer.status_code == 200 and "Debata" in shown and "Ten tekst nie dotarł w całości" in shown
            assert ('"text": "a"' in unescape(answer.text)) == ('"text": "a"' in sent)
        assert not EventPage.objects.exists()

    def test_what_can_be_read_of_a_broken_body_stays(self, client):
        whole = {f"body-0-{name}": value for name, value in (("type", "quote"), ("order", "0"), ("deleted", ""))}
        whole |= {"body-0-value-text": "Ławka", "body-0-value-author": "Ola", "body-0-value-role": ""}
        refused(self.post(client, **{"body-count": "2"}, **whole), "Ławka", "Część bloków nie dotarła w całości")

    def test_an_unknown_block_is_left_out(self, client):
        quote = {"text": "Zaczęło się od ławki.", "author": "", "role": ""}
        blocks = [("raw_html", "<script>alert(1)</script>"), ("quote", quote)]
        self.post(client, **forms.nested_form_data({"body": streamfield(blocks)}))
        body = NewsPage.objects.get().get_latest_revision_as_object().body
        assert [block.block_type for block in body] == ["quote"]

    def test_each_block_that_is_wrong_is_sent_back(self, client):
        """A link needs exactly one target, a film an address of the web, a picture its words."""
        blocks = [
            ("button", {"label": "Dalej", "page": "", "address": ""}),
            ("button", {"label": "Dalej", "page": factories.home().pk, "address": "https://przyklad.example/"}),
            *(
                ("video", {"url": url, "title": "Film", "length": "", "transcript": ""})
                for url in ("javascript:alert(1)", "ftp://a.example/film", "film")
            ),
            ("image", {"image": {"image": factories.image().pk, "alt_text": ""}, "caption": ""}),
        ]
        response = send_news(client, body=streamfield(blocks))
        refused(response, "Wybierz stronę albo podaj adres")
        (errors,) = response.context["form"].errors.as_data()["body"]
        assert set(errors.block_errors) == set(range(len(blocks)))

    def test_markup_that_the_editor_does_not_offer_is_dropped(self, client):
        text = forms.words('<p onclick="x()">Ala<script>alert(1)</script></p>')
        send_news(client, body=streamfield([("text", text)]))
        page = NewsPage.objects.get()
        factories.publish(page)
        client.logout()
        shown = source(client.get(NewsPage.objects.get().url))
        assert "onclick" not in shown and "alert(1)</script>" not in shown


def test_an_event_that_ends_before_it_starts_is_sent_back(client):
    values = {
        "title": "Debata",
        "slug": "debata",
        "lead": "Lead, którego nie wolno zgubić.",
        "kind": "debate",
        "start": f"{factories.day(3)} 18:00",
        "end": f"{factories.day(3)} 17:00",
        "body": streamfield([]),
        "programme": streamfield([]),
        "registration": forms.words(""),
    }
    response = forms.send(client, forms.add_address(EventPage, factories.section("events")), values, forms.SUBMIT)
    shown = source(response)
    assert response.status_code == 200
    assert "kończy się, zanim się zacznie" in shown
    assert "Lead, którego nie wolno zgubić." in shown
    assert not EventPage.objects.exists()


@pytest.mark.parametrize("start", ["0001-01-01 00:00", "9999-12-31 23:59"])
def test_an_event_at_the_end_of_all_time_is_sent_back(client, start):
    values = {"title": "Debata", "start": start, "body": streamfield([]), "programme": streamfield([])}
    response = forms.send(client, forms.add_address(EventPage, factories.section("events")), values)
    assert response.status_code == 200
    assert "Wybierz bliższy rok." in source(response)
    assert not EventPage.objects.exists()


# --- Pictures -------------------------------------------------------------------------------


def png(width: int, height: int, padding: int = 0) -> bytes:
    """A PNG that says it has this size, and so many bytes more."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"tEXt", b"x" * padding) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'
FAKES = {
    "40 MB": ("duzy.png", lambda: factories.picture_bytes() + b"\0" * 40 * MEGABYTE),
    "SVG as PNG": ("rysunek.png", lambda: SVG),
    "SVG": ("rysunek.svg", lambda: SVG),
    "program as JPEG": ("kot.jpg", lambda: b"MZ\x90\x00" + b"\0" * 5000),
    "program": ("kot.exe", lambda: b"MZ\x90\x00" + b"\0" * 5000),
    "ELF as WebP": ("kot.webp", lambda: b"\x7fELF" + b"\0" * 5000),
    "page as GIF": ("strona.gif", lambda: b"<html><script>alert(1)</script></html>"),
    "PNG as JPEG": ("obraz.jpg", factories.picture_bytes),
    "a tenth of a JPEG": ("poczatek.jpg", lambda: factories.picture_bytes("JPEG", (800, 800))[:300]),
    "half a JPEG": ("pol.jpg", lambda: half(factories.picture_bytes("JPEG", (800, 800)))),
    "half a PNG": ("pol.png", lambda: half(factories.picture_bytes("PNG", (800, 800)))),
    "more pixels than memory": ("bomba.png", lambda: png(60_000, 60_000)),
    "nothing": ("pusty.png", lambda: b""),
}


@pytest.mark.parametrize(("name", "content"), FAKES.values(), ids=list(FAKES))
class TestPictures:
    def test_the_form_sends_it_back_with_what_was_written(self, client, name, content):
        data = {
            "title": "Zdjęcie z gali",
            "description": "Opis, którego nie wolno zgubić.",
            "file": SimpleUploadedFile(name, content(), "image/png"),
            **{f"focal_point_{part}": "" for part in ("x", "y", "width", "height")},
        }
        response = client.post("/admin/images/add/", data)
        shown = source(response)
        assert response.status_code == 200
        assert "Opis, którego nie wolno zgubić." in shown
        assert 'class="error-message"' in shown or "w-field__errors" in shown
        assert SiteImage.objects.count() == 0

    def test_the_upload_of_many_names_the_fault(self, client, name, content):
        data = {"title": "Zdjęcie", "files[]": SimpleUploadedFile(name, content(), "image/png")}
        response = client.post("/admin/images/multiple/add/", data, headers={"x-requested-with": "XMLHttpRequest"})
        assert response.status_code == 200
        answer = response.json()
        assert answer["success"] is False
        assert answer["error_message"].strip()
        assert SiteImage.objects.count() == 0


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "GIF", "AVIF"])
def test_an_honest_picture_is_taken(client, format):
    file = io.BytesIO(factories.picture_bytes(format))
    data = {
        "title": "Zdjęcie z gali",
        "description": "Ludzie na scenie.",
        "file": SimpleUploadedFile(f"gala.{format.lower()}", file.getvalue()),
        **{f"focal_point_{part}": "" for part in ("x", "y", "width", "height")},
    }
    client.post("/admin/images/add/", data)
    assert SiteImage.objects.get().description == "Ludzie na scenie."


@pytest.mark.parametrize("name", ["wirus.exe", "strona.html", "rysunek.svg", "skrypt.js", "bez_koncowki"])
def test_a_document_of_another_kind_is_sent_back(client, name):
    data = {"title": "Regulamin", "file": SimpleUploadedFile(name, b"<script>alert(1)</script>")}
    response = client.post("/admin/documents/add/", data)
    assert response.status_code == 200
    assert "Regulamin" in source(response)
    assert not type(factories.document()).objects.exclude(file__endswith="/regulamin.pdf").exists()


@pytest.mark.parametrize(
    ("typed", "address"),
    [("Źródła\u00a0i  ławki!", "zrodla-i-lawki"), ("Nabor_2026", "Nabor_2026")],
)
def test_an_address_is_made_of_what_somebody_typed(client, typed, address):
    send_news(client, slug=typed)
    assert NewsPage.objects.get().slug == address


def test_an_address_of_signs_is_sent_back(client):
    refused(send_news(client, slug="!?"), "To pole jest wymagane.")


def test_a_page_without_an_address_gets_it_from_its_title():
    page = factories.section("news").add_child(instance=NewsPage(title="Źródła i ławki", kind="report", live=False))
    assert page.slug == "zrodla-i-lawki"
