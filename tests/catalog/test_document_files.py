"""The document templates: real documents made from readable sources, for everybody to open and fill in."""

import io
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import docx
import outloud
import pdfua
import pikepdf
import pytest
from docx.oxml.ns import qn
from odf import opendocument
from odf.draw import Image
from odf.element import Element
from odf.style import DefaultStyle
from odf.svg import Desc
from odf.table import TableHeaderRows
from odf.teletype import extractText
from odf.text import H, Placeholder

from home.file_contents import problem_of
from home.models.site_settings import DISCLAIMERS, SiteSettings

ROOT = Path(__file__).resolve().parent.parent.parent / "catalog"
SOURCES, FILES = ROOT / "document_sources", ROOT / "document_files"
COMMON = tomllib.loads((SOURCES / "templates.toml").read_text())
LANGUAGES = ("pl", "en")
EVERY = [(entry["key"], language) for entry in COMMON["template"] for language in LANGUAGES]
PART = re.compile(r"^## (.+)$", re.MULTILINE)
NUMBERED = re.compile(r"<h3>(\d+\. [^<]+)</h3>")
FIELD = re.compile(r": ___$|^.+\n(?:___\n)+", re.MULTILINE)


def source(key: str, language: str) -> tuple[dict, str]:
    _before, facts, body = (SOURCES / language / f"{key}.md").read_text().split("+++\n", 2)
    return tomllib.loads(facts), body


def file(key: str, language: str, extension: str) -> Path:
    return FILES / language / f"{source(key, language)[0]['file']}.{extension}"


def parts(key: str, language: str) -> list[str]:
    return PART.findall(source(key, language)[1])


def chapters_that_name_parts() -> list[tuple[str, str, list[str]]]:
    found = []
    for path in sorted((ROOT / "demo_content").glob("*.toml")):
        content = tomllib.loads(path.read_text())
        for language in LANGUAGES:
            named = NUMBERED.findall(str(content.get(language, {}).get("body", "")))
            if named:
                found.append((path.stem, language, [words.replace("\xa0", " ") for words in named]))
    return found


# --- Sources, and what they say


def test_all_files_are_as_their_sources_say(project_root):
    command = [sys.executable, project_root / "scripts" / "documents" / "build.py", "--check"]
    answer = subprocess.run(command, capture_output=True, text=True)  # noqa: S603
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize("key", [entry["key"] for entry in COMMON["template"]])
def test_both_languages_have_the_same_parts_and_fields(key):
    polish, english = (source(key, language)[1] for language in LANGUAGES)
    for mark in (PART, FIELD, re.compile(r"^\[ \]", re.M), re.compile(r"^\|[ |]+$", re.M), re.compile(r"^> ", re.M)):
        assert len(mark.findall(polish)) == len(mark.findall(english)), mark.pattern
    assert len(parts(key, "pl")) >= 3


def test_a_chapter_and_its_template_have_the_same_parts():
    named = chapters_that_name_parts()
    assert {(chapter, language) for chapter, language, _parts in named} >= {
        ("the-application", language) for language in LANGUAGES
    }
    for chapter, language, told in named:
        of_chapter = [entry["key"] for entry in COMMON["template"] if entry["chapter"] == chapter]
        assert told in [parts(key, language) for key in of_chapter], (chapter, language, told)


def test_the_application_has_room_for_sources():
    for language, words in (("pl", "| Co podajemy | Źródło"), ("en", "| What we state | Source")):
        reasons = re.split(PART, source("application", language)[1])[4]
        assert words in reasons


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_that_nobody_has_established(language):
    """Numbers of initiators, quorum, terms and deadlines of a KDO stand in its rules of procedure."""
    unknown = {"pl": "do sprawdzenia w regulaminie", "en": "to be checked in the rules of procedure"}[language]
    ruled = {"pl": re.compile(r"kworum|większość|kto podpisuje|są wymagane|sprawozdanie", re.I)}
    ruled["en"] = re.compile(r"quorum|majority|who signs [^,]|are required|has to report", re.I)
    for key, of_language in EVERY:
        if of_language == language:
            for line in source(key, language)[1].splitlines():
                if ruled[language].search(line) and not line.startswith("|"):
                    assert unknown in line, (key, line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_about_money_are_those_of_the_site(language, db):
    words = COMMON["words"][language]
    assert words["disclaimer"] == DISCLAIMERS[language]
    assert words["statement"] == SiteSettings.default_values(language)["funder_statement"]


# --- What the files are


def test_they_are_small_and_hold_nothing_that_acts():
    paths = sorted(FILES.rglob("*.*"))
    assert len(paths) == 3 * len(EVERY)
    assert sum(path.stat().st_size for path in paths) < 1_500_000
    for path in paths:
        with path.open("rb") as content:
            assert problem_of(content, path.suffix[1:]) is None, path


@pytest.mark.parametrize(("key", "language"), EVERY)
def test_word_has_headings_a_language_and_named_fields(key, language):
    document = docx.Document(file(key, language, "docx"))
    words, (facts, body) = COMMON["words"][language], source(key, language)
    assert document.core_properties.title == facts["title"]
    assert [p.text for p in document.paragraphs if p.style.name == "Title"] == [facts["title"]]
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == parts(key, language)
    assert document.styles.element.xpath("//w:lang/@w:val")[0] == {"pl": "pl-PL", "en": "en-GB"}[language]
    names = document.element.xpath("//w:sdt/w:sdtPr/w:alias/@w:val")
    assert len(names) >= len(FIELD.findall(body))
    assert all(names)
    assert len(document.element.xpath("//w:sdt")) == len(names)
    assert all(table.rows[0]._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for table in document.tables)
    assert document.element.xpath("//wp:docPr/@descr") == [words["emblem"]]
    assert words["disclaimer"] in [p.text for p in document.paragraphs]


@pytest.mark.parametrize(("key", "language"), EVERY)
def test_open_document_has_headings_a_language_and_named_fields(key, language):
    document = opendocument.load(file(key, language, "odt"))
    words, (_facts, body) = COMMON["words"][language], source(key, language)
    assert [extractText(heading) for heading in document.getElementsByType(H)] == parts(key, language)
    of_text = document.getElementsByType(DefaultStyle)[0].childNodes[0]
    assert of_text.getAttribute("language") == language
    fields: list[Element] = document.getElementsByType(Placeholder)
    assert len(fields) >= len(FIELD.findall(body))
    assert all(field.getAttribute("description") for field in fields)
    assert len(document.getElementsByType(TableHeaderRows)) == len(re.findall(r"(?<!\|\n)^\|", body, re.MULTILINE))
    assert len(document.getElementsByType(Image)) == 1
    assert [extractText(about) for about in document.getElementsByType(Desc)] == [words["emblem"]]
    assert words["disclaimer"] in extractText(document.text)


@pytest.mark.parametrize(("key", "language"), EVERY)
def test_a_pdf_is_accessible_and_can_be_filled_in(key, language):
    path = file(key, language, "pdf")
    found = [one for one in outloud.check(str(path)).findings if one.severity == "error"]
    assert not found
    assert not pdfua.validate(str(path)).findings
    with pikepdf.open(path) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        assert str(pdf.Root.Lang) == language
        assert str(pdf.docinfo.Title) == source(key, language)[0]["title"]
        assert len(fields) >= len(FIELD.findall(source(key, language)[1]))
        assert len({str(field.T) for field in fields}) == len(fields)
        assert all(len(str(field.TU)) > 1 for field in fields)
        assert pdf.Root.get("/OpenAction") is None
        assert "/XFA" not in pdf.Root.AcroForm
        elements = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Form"]
        assert len(elements) == len(fields)


def test_what_is_typed_into_a_pdf_can_be_polish():
    with pikepdf.open(file("application", "pl", "pdf")) as pdf:
        font = pdf.Root.AcroForm.DR.Font["/Text"]
        names = {str(name) for name in font.Encoding.Differences if isinstance(name, pikepdf.Name)}
        assert {"/aogonek", "/Lslash", "/zacute", "/zdotaccent", "/quotedblbase", "/endash"} <= names
        assert font.FontDescriptor.FontFile2.Length1 > 1000


def test_files_say_neither_when_nor_where_they_were_made():
    for key, language in EVERY:
        for extension in ("docx", "odt"):
            with zipfile.ZipFile(io.BytesIO(file(key, language, extension).read_bytes())) as archive:
                assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
