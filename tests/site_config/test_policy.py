"""What every response carries, the lost visitor's too."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize(("address", "status"), [("/", 200), ("/nie-ma/", 404), ("/en/no-such-page/", 404)])
def test_every_page_has_its_policies(client, address, status, debug):
    with override_settings(DEBUG=debug):
        response = client.get(address)
    assert response.status_code == status
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"].split("script-src")[1].split(";")[0]
    assert "camera=()" in response.headers["Permissions-Policy"]


def test_what_django_answers_is_compressed_for_who_can_read_it(client):
    plain, small = client.get("/"), client.get("/", headers={"accept-encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_the_admin_has_its_own_policy(client):
    client.force_login(factories.person(None))
    policy = client.get("/admin/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy


@pytest.mark.parametrize(("language", "heading"), [("pl", "Błąd 404"), ("en", "Error 404")])
def test_a_lost_page_of_the_admin_speaks_its_readers_language(client, language, heading):
    person = factories.person(None)
    person.preferred_language = language
    person.save()
    client.force_login(person)
    answer = client.get("/admin/pages/999999/edit/")
    assert answer.status_code == 404
    assert heading in answer.content.decode()


def test_what_the_proxy_says_of_pages_is_what_the_site_says(client):
    """deploy/nginx/headers.conf, for pages that never reach Python."""
    lines = (Path(settings.BASE_DIR) / "deploy" / "nginx" / "headers.conf").read_text()
    proxy = dict(re.findall(r'^add_header (\S+) "(.*)";$', lines, re.MULTILINE))
    ours = {name: value for name, value in client.get("/").headers.items() if not name.startswith("Content-L")}
    ours = {**ours, "Vary": "Cookie"}  # Accept-Encoding is said by gzip_vary
    del ours["Content-Type"], ours["Cache-Control"]
    as_sets = [{name: set(re.split("; ?", value)) for name, value in side.items()} for side in (proxy, ours)]
    assert as_sets[0] == as_sets[1]
