"""What a visitor gets where there is no page, and when nothing works."""

import html5lib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import HomePage
from home.models.site_settings import DISCLAIMERS
from tests import factories
from tests.reading import source


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "language", "words"),
    [
        ("/nie-ma/", "pl", "Pod tym adresem nikt nie mieszka"),
        ("/aktualnosci/nie-ma/", "pl", "Pod tym adresem nikt nie mieszka"),
        ("/en/no-such-page/", "en", "Nobody lives at this address"),
        ("/en/news/no-such-page/", "en", "Nobody lives at this address"),
        ("/EN/news/", "en", "Nobody lives at this address"),
        ("/en-gb/", "en", "Nobody lives at this address"),
        ("/enigma/", "pl", "Pod tym adresem nikt nie mieszka"),
        ("/documents/999/nie-ma.pdf", "pl", "Pod tym adresem nikt nie mieszka"),
        ("/%00/", "pl", "Pod tym adresem nikt nie mieszka"),
        ("/" + "a" * 3000 + "/", "pl", "Pod tym adresem nikt nie mieszka"),
    ],
)
def test_a_lost_visitor_is_answered_in_the_language_of_the_address(client, address, language, words):
    response = client.get(address, headers={"accept-language": "de"})
    shown = source(response)
    assert response.status_code == 404
    assert f'<html lang="{language}">' in shown
    assert response.headers["Content-Language"] == language
    assert words in shown
    assert DISCLAIMERS[language] in shown
    assert "noindex" in shown


@pytest.mark.django_db
def test_a_lost_visitor_is_shown_ways_on(client):
    shown = source(client.get("/nie-ma/"))
    assert 'action="/szukaj/"' in shown
    assert 'hreflang="en"' in shown


@pytest.fixture
def broken_page(monkeypatch):
    """A home page whose template meets an error."""

    def fail(self, request, *args, **kwargs):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(HomePage, "get_context", fail)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/en/"])
def test_when_a_page_breaks_visitors_get_an_apology_in_both_languages(broken_page, address):
    response = Client(raise_request_exception=False).get(address)
    shown = source(response)
    assert response.status_code == 500
    assert "Coś się u nas zepsuło" in shown
    assert "Something broke on our side" in shown
    for words in DISCLAIMERS.values():
        assert words in shown
    assert "RuntimeError" not in shown and "broken on purpose" not in shown
    html5lib.HTMLParser(strict=True).parse(response.content)


@pytest.mark.django_db
def test_the_apology_asks_the_database_nothing(broken_page):
    visitor = Client(raise_request_exception=False)
    visitor.get("/")
    with CaptureQueriesContext(connection) as asked:
        visitor.get("/")
    assert not [query for query in asked if "SiteSettings" in query["sql"] or "home_sitesettings" in query["sql"]]


def test_without_a_database_visitors_get_the_same_apology():
    """No `django_db` mark: any query in this test fails, as it does when the database is gone."""
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert "Coś się u nas zepsuło" in source(response)


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError, InterfaceError, DatabaseError])
def test_while_the_database_is_away_search_engines_are_told_to_come_back(monkeypatch, error):
    def fail(*args, **kwargs):
        raise error("the connection is closed")

    monkeypatch.setattr(HomePage, "get_context", fail)
    response = Client(raise_request_exception=False).get("/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert "<b>503</b>" in source(response) and "Coś się u nas zepsuło" in source(response)


def test_while_uploads_have_no_place_whoever_adds_one_is_told_to_come_back(admin_client, settings, tmp_path):
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = str(tmp_path / "file")  # no folder, so not even root writes there
    admin_client.raise_request_exception = False
    mural = {"title": "Mural", "file": SimpleUploadedFile("mural.png", factories.picture_bytes())}
    response = admin_client.post("/admin/images/add/", mural)
    assert response.status_code == 503 and "Pliki trzeba potem wybrać ponownie" in source(response)


@pytest.mark.django_db
def test_a_page_that_is_not_public_any_more_is_lost_too(client):
    page = factories.standard_page(title="Dawne zasady")
    page.unpublish()
    assert client.get(page.url).status_code == 404
