"""Documents as programs ask for them: whole, in parts, again; and only what the reader's pages offer."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import PageViewRestriction

from home.models import SiteDocument
from tests import factories

WORDS = b"%PDF-1.4 0123456789"
SIZE = len(WORDS)
ODD = ["bytes=0-1,4-5", "bytes=-", "lines=1-2", "bytes=a-b", "bytes=٣-٤", f"bytes=0-{'9' * 5000}"]


@pytest.fixture
def document(db):
    return SiteDocument.objects.create(title="Regulamin", file=ContentFile(WORDS, "regulamin.pdf"))


@pytest.fixture
def offered(document):
    """A public page that offers the document."""
    return factories.news(body=[("documents", [document])])


def body_of(answer):
    return b"".join(answer.streaming_content)


@pytest.mark.usefixtures("offered")
class TestHeaders:
    def test_a_whole_document(self, client, document):
        answer = client.get(document.url)
        assert body_of(answer) == WORDS
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Length"] == str(SIZE)
        assert answer.headers["Accept-Ranges"] == "bytes"
        assert "Content-Encoding" not in answer.headers
        again = client.get(document.url, headers={"if-none-match": answer.headers["ETag"]})
        assert again.status_code == 304

    def test_no_checksum_is_no_etag(self, client, document):
        SiteDocument.objects.update(file_hash="")
        assert "ETag" not in client.get(document.url).headers

    @pytest.mark.parametrize(
        ("asked", "first", "last"),
        [
            ("bytes=0-3", 0, 3),
            ("bytes=9-", 9, SIZE - 1),
            ("bytes=-4", SIZE - 4, SIZE - 1),
            ("bytes=5-999", 5, SIZE - 1),
            ("bytes=-999", 0, SIZE - 1),
        ],
    )
    def test_one_part(self, client, document, asked, first, last):
        answer = client.get(document.url, headers={"range": asked})
        assert answer.status_code == 206
        assert body_of(answer) == WORDS[first : last + 1]
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
        assert answer.headers["Content-Length"] == str(last + 1 - first)

    @pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=5-4", "bytes=-0"])
    def test_a_part_that_is_not_there(self, client, document, asked):
        answer = client.get(document.url, headers={"range": asked})
        assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{SIZE}")

    @pytest.mark.parametrize("asked", ODD)
    def test_whatever_else_is_asked_gets_the_whole_file(self, client, document, asked):
        answer = client.get(document.url, headers={"range": asked})
        assert (answer.status_code, body_of(answer)) == (200, WORDS)

    def test_a_part_of_another_file_is_no_use(self, client, document):
        etag = client.get(document.url).headers["ETag"]
        for known, status in ((etag, 206), ('"another"', 200)):
            answer = client.get(document.url, headers={"range": "bytes=0-3", "if-range": known})
            assert (answer.status_code, body_of(answer)) == (status, WORDS[:4] if status == 206 else WORDS)

    def test_a_form_sent_here_is_refused(self, client, document):
        assert client.post(document.url).status_code == 405


class TestPrivatePages:
    @pytest.mark.parametrize("is_section", [False, True])
    def test_their_documents_are_private(self, client, document, offered, is_section):
        page = offered.get_parent() if is_section else offered
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="password", password="sasiad")
        assert client.get(document.url).status_code == 404
        client.post(
            f"/_util/authenticate_with_password/{restriction.pk}/{offered.pk}/",
            {"password": "sasiad", "return_url": "/"},
        )
        assert client.get(document.url).status_code == 200
        assert Client().get(document.url).status_code == 404

    def test_a_document_that_an_open_page_offers_too_is_open(self, client, document, offered):
        PageViewRestriction.objects.create(page=offered, restriction_type="login")
        factories.news(title="Open", body=[("documents", [document])])
        assert client.get(document.url).status_code == 200
