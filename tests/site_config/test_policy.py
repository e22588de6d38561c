"""What every response carries, the lost visitor's too."""

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client, override_settings

from home.models import HomePage
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


ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Content-Security-Policy": "default-src",
    "Strict-Transport-Security": "max-age=3600",
}
KINDS = {
    "a page": ("/", 200),
    "a lost page": ("/nie-ma/", 404),
    "a redirect": ("/aktualnosci", 301),
    "a feed": ("/aktualnosci/rss/", 200),
    "robots": ("/robots.txt", 200),
    "a probe": ("/health/ready", 200),
    "a probe that nobody may ask": ("/metrics", 404),
    "a method that is none": ("/robots.txt", 405),
    "the door": ("/admin/login/", 200),
    "a refusal": ("/admin/", 302),
    "a document": ("document", 200),
    "a picture from a bucket": ("picture", 200),
    "a host that is not ours": ("/", 400),
    "a fault": ("/", 500),
    "an outage": ("/", 503),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_has_all_headers(settings, monkeypatch, kind):
    settings.SECURE_HSTS_SECONDS = 3600
    address, status = KINDS[kind]
    if kind == "a document":
        address = factories.document().url
    if kind == "a picture from a bucket":
        settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "tests.shared_files.Bucket"}}
        settings.STORAGE_URL = "s3:///files"
        address = factories.image().file.url
    if status >= 500:
        error = OperationalError("away") if status == 503 else ValueError("a fault")
        monkeypatch.setattr(HomePage, "get_context", Mock(side_effect=error))
    client = Client(raise_request_exception=False)
    if kind == "a document":
        client.force_login(factories.person(None))
    ask = client.post if status == 405 else client.get
    answer = ask(address, secure=True, headers={"host": "evil.example" if status == 400 else "localhost"})
    assert answer.status_code == status
    lacking = {
        name: answer.headers.get(name) for name, words in ALWAYS.items() if words not in answer.headers.get(name, "")
    }
    assert lacking == {}


def test_a_server_in_production_passes_djangos_own_inspection(project_root, tmp_path):
    """`check --deploy`, as docs/operators.md has it typed after each upgrade."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DEBUG" and not name.startswith("DJANGO_")},
        "SECRET_KEY": "".join(map(chr, range(33, 120))),
        "SITE_URL": "https://www.example.org",
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "PAGES_ROOT": str(tmp_path / "pages"),
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=project_root, env=environment, capture_output=True, text=True)  # noqa: S603
    assert done.returncode == 0, done.stderr


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
