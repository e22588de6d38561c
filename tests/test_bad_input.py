"""Whatever is sent, the answer is a clear message in Polish: nothing lost, nothing broken."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
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


def send_news(client, button=forms.SUBMIT, **more):
    address = forms.add_address(NewsPage, factories.section("news"))
    return forms.send(client, address, news(**more), button)


def refused(response, *messages: str) -> None:
    """The form came back, says why, and has kept what was written."""
    assert response.status_code == 200
    shown = admin_source(response)
    for message in messages:
        assert message in shown
    assert "Lead, którego nie wolno zgubić." in shown
    assert NewsPage.objects.count() == 0


class TestNews:
    def test_a_picture_without_description_is_sent_back(self, client):
        picture = factories.image()
        response = send_news(client, lead_image=picture.pk, lead_image_caption="Podpis zostaje")
        refused(response, "Napisz, co widać na obrazie", "Podpis zostaje", f'value="{picture.pk}"')

    def test_a_description_of_spaces_is_no_description(self, client):
        refused(send_news(client, lead_image=factories.image().pk, lead_image_alt="   "), "Napisz, co widać na obrazie")

    @pytest.mark.parametrize("title", ["", "   ", "\t"])
    def test_a_title_is_needed_of_what_is_sent(self, client, title):
        kept = "Słowa, których nie wolno zgubić."
        refused(send_news(client, forms.SUBMIT, title=title), "To pole jest wymagane.", kept)

    def test_a_title_that_is_too_long_is_sent_back_whole(self, client):
        refused(send_news(client, title="ą" * 256), "ą" * 256)

    def test_a_date_in_the_future_is_sent_back(self, client):
        refused(send_news(client, date=factories.day(1).isoformat()), "Ta data jest w przyszłości")

    @pytest.mark.parametrize("date", ["31.02.2026", "jutro", "", "2026-13-45", "99999-01-01"])
    def test_a_date_that_is_none_is_sent_back(self, client, date):
        refused(send_news(client, date=date))

    @pytest.mark.parametrize("kind", ["", "no-such-kind", "<script>"])
    def test_a_kind_that_is_none_is_sent_back(self, client, kind):
        refused(send_news(client, kind=kind))

    def test_another_funder_needs_a_name(self, client):
        refused(send_news(client, funding="other", funder=" "), "Podaj źródło finansowania")

    def test_a_picture_that_is_not_there_is_sent_back(self, client):
        refused(send_news(client, lead_image="999999"))

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
        address = forms.add_address(NewsPage, factories.section("news"))
        data = forms.filled(client, address, news())
        for name in [name for name in data if name.startswith("body-")]:
            del data[name]
        data.update({"action-submit": "1", **raw})
        return client.post(address, dict(data.lists()), follow=True)

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

    def test_a_link_block_needs_exactly_one_target(self, client):
        home = factories.home().pk
        for page, address in (("", ""), (home, "https://przyklad.example/")):
            button = {"label": "Dalej", "page": page, "address": address}
            refused(send_news(client, body=streamfield([("button", button)])), "Wybierz stronę albo podaj adres")

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.example/film", "film"])
    def test_a_film_has_a_web_address(self, client, url):
        film = {"url": url, "title": "Film", "length": "", "transcript": ""}
        refused(send_news(client, body=streamfield([("video", film)])))

    def test_a_picture_in_the_body_needs_words_too(self, client):
        figure = {"image": {"image": factories.image().pk, "alt_text": ""}, "caption": ""}
        refused(send_news(client, body=streamfield([("image", figure)])))

    def test_markup_that_the_editor_does_not_offer_is_dropped(self, client):
        text = forms.words('<p onclick="x()">Ala<script>alert(1)</script></p>')
        send_news(client, {}, body=streamfield([("text", text)]))
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
    assert not type(factories.document()).objects.exclude(file__startswith="documents/regulamin").exists()


def test_an_address_has_no_letters_that_cannot_be_typed_everywhere(client):
    send_news(client, slug="śniadanie-na-łące")
    assert NewsPage.objects.get().slug == "sniadanie-na-lace"


@pytest.mark.parametrize(
    ("typed", "address"),
    [("Źródła i ławki", "zrodla-i-lawki"), ("Źródła\u00a0i  ławki!", "zrodla-i-lawki"), ("Nabor_2026", "Nabor_2026")],
)
def test_an_address_is_made_of_what_somebody_typed(client, typed, address):
    send_news(client, slug=typed)
    assert NewsPage.objects.get().slug == address


def test_an_address_of_signs_is_sent_back(client):
    refused(send_news(client, slug="!?"), "To pole jest wymagane.")


def test_a_page_without_an_address_gets_it_from_its_title():
    page = factories.section("news").add_child(instance=NewsPage(title="Źródła i ławki", kind="report", live=False))
    assert page.slug == "zrodla-i-lawki"
