"""The text of files: what their readers see, and never more than the search can bear."""

import io
import subprocess
import sys
from types import SimpleNamespace

import pytest
from pypdf import PdfWriter

from home import file_reader, file_texts
from home.file_reader import NEXT, text_of
from tests.home import files

WORD_FILE = files.docx(
    "<w:p><w:r><w:t>Wniosek </w:t></w:r><w:ins><w:r><w:t>o utworzenie</w:t></w:r></w:ins>"
    "<w:del><w:r><w:delText>tajne</w:delText></w:r></w:del></w:p>"
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>komórka</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ukryte</w:t></w:r><w:r><w:t>jawne</w:t></w:r>"
    '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> słowa</w:t></w:r></w:p>'
)
OPEN_FILE = files.odt(
    "<text:tracked-changes><text:p>tajne</text:p></text:tracked-changes>"
    '<text:h>Statut</text:h><text:p>Cel<text:s/>to <text:span text:style-name="a">sąsiedztwo</text:span>.'
    "<office:annotation><text:p>Uwaga</text:p></office:annotation></text:p>"
    '<text:p><text:hidden-paragraph text:is-hidden="true"/>ukryte</text:p>'
    '<text:section text:display="none"><text:p>ukryte</text:p></text:section>'
    '<text:section text:display="condition" text:condition="ooow:1"><text:p>ukryte</text:p></text:section>'
    "<text:list><text:list-item><text:p>punkt</text:p></text:list-item></text:list>"
)


def test_each_kind_says_what_its_readers_see():
    assert text_of(WORD_FILE, "docx") == "Wniosek o utworzenie\nkomórka\njawne słowa"
    assert text_of(OPEN_FILE, "odt") == "Statut\nCel to sąsiedztwo.\npunkt"
    assert text_of(files.pdf("First page", "Second page"), "pdf") == f"First page{NEXT}Second page"
    assert text_of(b"a;b", "csv") == ""


def test_a_pdf_that_everybody_may_open_is_read_and_one_with_a_password_not():
    for password, words in (("", "Open to all"), ("secret", None)):
        writer = PdfWriter(clone_from=io.BytesIO(files.pdf("Open to all")))
        writer.encrypt(password, owner_password="owner", algorithm="AES-256")
        stream = io.BytesIO()
        writer.write(stream)
        if words:
            assert text_of(stream.getvalue(), "pdf") == words
        else:
            with pytest.raises(Exception, match="decrypted"):
                text_of(stream.getvalue(), "pdf")


def test_what_is_endless_is_cut_or_refused(monkeypatch):
    monkeypatch.setattr(file_reader, "MOST_PAGES", 2)
    monkeypatch.setattr(file_reader, "MOST_SIGNS", 8)
    assert text_of(files.pdf("abcde", "fghij", "klmno"), "pdf") == f"abcde{NEXT}fgh"
    monkeypatch.setattr(file_reader, "MOST_UNPACKED", 100)
    with pytest.raises(ValueError, match="too much"):
        text_of(OPEN_FILE, "odt")


def test_a_bomb_of_entities_is_refused():
    bomb = '<!DOCTYPE a [<!ENTITY b "tajne"><!ENTITY c SYSTEM "file:///etc/passwd">]><a>&b;&c;</a>'
    with pytest.raises(ValueError, match="DTDForbidden"):
        text_of(files.archive(content=bomb), "odt")


def test_the_program_knows_nothing_of_the_site():
    command = [sys.executable, "-I", file_reader.__file__, "odt"]
    done = subprocess.run(command, input=OPEN_FILE, capture_output=True, env={})  # noqa: S603 - ours
    assert done.stdout.decode() == text_of(OPEN_FILE, "odt"), done.stderr


def test_the_reader_gets_no_settings_and_its_complaints_are_kept_nowhere(monkeypatch, tmp_path):
    (tmp_path / "reader.py").write_text(
        "import os, sys; sys.stderr.write('x' * 10_000_000); print('SECRET_KEY' in os.environ)"
    )
    monkeypatch.setenv("SECRET_KEY", "tajne")
    monkeypatch.setattr(file_texts.file_reader, "__file__", str(tmp_path / "reader.py"))
    kept = []
    run = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *args, **how: kept.append(run(*args, **how)) or kept[-1])
    file = SimpleNamespace(pk=1, file_extension="odt", get_file_size=lambda: 1, open_file=lambda: io.BytesIO(OPEN_FILE))
    assert file_texts._text_of(file).strip() == "False"
    assert not kept[0].stderr
