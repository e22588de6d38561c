"""What every response carries, the lost visitor's too."""

import pytest
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
