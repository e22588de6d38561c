"""What is too large, moves, or is no picture is refused in words before it is decoded; a scanner looks last."""

import io
import json
import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from PIL import ImageFile

from home.checks import PROXY_TAKES_MB, check_proxy_takes_what_the_site_takes, check_scanner_answers
from home.models import SiteDocument, SiteImage
from home.virus_scan import ScannerAwayError, find_virus
from tests import factories
from tests.home.test_unusable_pictures import header_of
from tests.reading import admin_source

pytestmark = pytest.mark.django_db
AJAX = {"x-requested-with": "XMLHttpRequest"}
PDF = b"%PDF-1.7\n"
FOCUS = {f"focal_point_{part}": "" for part in ("x", "y", "width", "height")}
WORDS = {"title": "Noc sąsiadów", "description": "Opis, który ktoś pisał", "language": "pl", "tags": "", **FOCUS}


def address(kind: str, way: str) -> tuple[str, str]:
    """Where a file of this kind comes in, and the name of its field there."""
    if way == "many":
        return f"/admin/{kind}/multiple/add/", "files[]"
    if way == "chooser":
        name = "image" if kind == "images" else "document"
        return f"/admin/{kind}/chooser/create/", f"{name}-chooser-upload-file"
    if way == "replaced":
        there = factories.image() if kind == "images" else factories.document()
        return f"/admin/{kind}/{there.pk}/" if kind == "images" else f"/admin/{kind}/edit/{there.pk}/", "file"
    return f"/admin/{kind}/add/", "file"


def sent(client: Any, kind: str, way: str, name: str, content: bytes) -> str:
    """The answer to a file that is sent that way, as people read it."""
    url, field = address(kind, way)
    prefix = field.removesuffix("file") if way == "chooser" else ""
    words = {f"{prefix}{name}": value for name, value in WORDS.items()}
    headers = AJAX if way in ("many", "chooser") else {}
    answer = client.post(url, words | {field: SimpleUploadedFile(name, content)}, headers=headers)
    assert answer.status_code == 200
    return admin_source(answer)


@pytest.mark.parametrize("way", ["one", "many", "chooser", "replaced"])
@pytest.mark.parametrize(("kind", "name"), [("images", "noc.jpg"), ("documents", "noc.pdf")])
def test_what_is_too_large_is_let_go_of_and_what_was_typed_is_kept(
    admin_client, settings, monkeypatch, kind, name, way
) -> None:
    settings.UPLOAD_MAX_SIZE = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100_000
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    kept = []
    receive = TemporaryFileUploadHandler.receive_data_chunk
    monkeypatch.setattr(
        TemporaryFileUploadHandler,
        "receive_data_chunk",
        lambda self, data, start: kept.append(len(data)) or receive(self, data, start),
    )
    said = sent(admin_client, kind, way, name, b"\xff\xd8" + bytes(3_000_000))
    assert sum(kept) <= 100_000
    assert "Plik jest za duży" in said or "za duży" in said
    assert "97,7" in said, "how large it may be"
    if way != "many":
        assert WORDS["title"] in said
        assert "data-most-bytes" in said, "the script names it before it is sent"
    assert not SiteImage.objects.exclude(title="Mural").exists()
    assert not SiteDocument.objects.exclude(title="Regulamin").exists()


def test_the_words_are_english_for_whoever_reads_english(client, settings) -> None:
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 10
    person = factories.person(None)
    person.wagtail_userprofile.preferred_language = "en"
    person.wagtail_userprofile.save()
    client.force_login(person)
    assert "This file is too big" in sent(client, "documents", "one", "rules.pdf", PDF + bytes(40))


def test_a_request_beyond_all_measure_is_refused_unread(admin_client, settings) -> None:
    settings.UPLOAD_MAX_BODY = 1000

    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise AssertionError("nobody reads this")

    more: dict[str, Any] = {"wsgi.input": Endless(), "CONTENT_LENGTH": "1001"}
    kind = "multipart/form-data; boundary=x"
    answer = admin_client.post("/admin/images/add/", b"", content_type=kind, **more)
    assert answer.status_code == 413
    assert "25" in answer.text
    many = admin_client.post("/admin/images/multiple/add/", b"", content_type=kind, headers=AJAX, **more)
    assert many.json()["success"] is False
    assert "25" in many.json()["error_message"]


CANVAS = b"RIFF\x1e\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0\xff\x3f\0\xff\x3f\0"
REFUSED = {
    "a header of 3600 megapixels": ("bomba.png", header_of(60_000, 60_000) + bytes(50)),
    "a header of 61 megapixels": ("bomba.png", header_of(6100, 10_000) + bytes(50)),
    "a canvas of 268 megapixels": (
        "bomba.webp",
        b"RIFF\x1e\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0\xff\x3f\0\xff\x3f\0" + bytes(8),
    ),
    "no picture": ("strona.jpg", b"<html>" + b" " * 5000),
    "drawn in lines": ("rysunek.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "another type than its name": ("rzeczywiscie.jpg", factories.picture_bytes("PNG")),
    "photoshop": ("rysunek.png", b"8BPS\0\1" + bytes(100)),
    "empty": ("pusty.png", b""),
}


@pytest.mark.parametrize(("name", "content"), REFUSED.values(), ids=list(REFUSED))
def test_what_is_no_picture_for_a_page_is_refused_before_it_is_decoded(
    admin_client, monkeypatch, name: str, content: bytes
) -> None:
    def decode(*_self: Any) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", decode)
    said = sent(admin_client, "images", "one", name, content)
    assert "error-message" in said
    assert not SiteImage.objects.exists()


def test_a_proxy_that_lets_less_through_than_the_site_is_told(settings, project_root) -> None:
    nginx = (project_root / "deploy" / "nginx" / "locations.conf").read_text()
    assert f"client_max_body_size {PROXY_TAKES_MB}m;" in nginx
    assert check_proxy_takes_what_the_site_takes(None) == []
    settings.UPLOAD_MAX_BODY = (PROXY_TAKES_MB + 1) * 2**20
    (warning,) = check_proxy_takes_what_the_site_takes(None)
    assert f"client_max_body_size {PROXY_TAKES_MB + 11}m" in warning.hint


def test_of_an_empty_document_one_thing_is_said(admin_client) -> None:
    said = sent(admin_client, "documents", "many", "pusty.pdf", b"")
    assert json.loads(said)["error_message"] == "Wysłany plik jest pusty."


# --- The virus scanner


class Clamd(socketserver.StreamRequestHandler):
    """As clamd answers INSTREAM and PING; "VIRUS" is one, and it takes 1,000,000 bytes."""

    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        if command == b"zPING\0":
            self.wfile.write(b"PONG\0")
            return
        assert command == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if len(content) > 1_000_000:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if b"VIRUS" in content else b"stream: OK\0")


@pytest.fixture(params=["unix", "tcp"])
def clamd(request: Any, settings: Any, tmp_path: Path) -> Iterator[None]:
    if request.param == "unix":
        server: Any = socketserver.ThreadingUnixStreamServer(str(tmp_path / "clamd.ctl"), Clamd)
        settings.CLAMD_URL = f"unix://{tmp_path}/clamd.ctl"
    else:
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd)
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
    with server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield
        server.shutdown()


@pytest.mark.usefixtures("clamd")
def test_the_scanner_is_asked_about_pictures_and_documents(admin_client) -> None:
    assert not check_scanner_answers(None)
    assert find_virus(io.BytesIO(b"a" * 300_000)) is None
    picture = factories.picture_bytes("JPEG")
    for kind, name, content in (("images", "noc.jpg", picture), ("documents", "noc.pdf", PDF)):
        for way in ("one", "many"):
            assert "Eicar-Test-Signature" in sent(admin_client, kind, way, name, content + b"VIRUS")
    assert not SiteImage.objects.exists()
    assert not SiteDocument.objects.exists()
    sent(admin_client, "documents", "many", "noc.pdf", PDF)
    assert SiteDocument.objects.get().file.read() == PDF
    with pytest.raises(ScannerAwayError, match="limit"):
        find_virus(io.BytesIO(b"a" * 3_000_000))


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:1", "unix:///no/such/place", "http://127.0.0.1", "tcp://127.0.0.1:x"])
def test_no_file_comes_in_while_the_scanner_is_away(admin_client, settings, caplog, url) -> None:
    settings.CLAMD_URL = url
    said = sent(admin_client, "documents", "one", "noc.pdf", PDF)
    assert WORDS["title"] in said
    assert not SiteDocument.objects.exists()
    assert url in caplog.text
    assert [found.id for found in check_scanner_answers(None)] == ["home.W004"]
