"""The admin's door."""

import pytest
from django.urls import reverse

from tests.reading import source

pytestmark = pytest.mark.django_db


def test_the_login_form_speaks_polish(client):
    page = source(client.get(reverse("wagtailadmin_login")))
    assert "Hasło" in page
    assert "Password" not in page
    assert "Wpisz: nazwa użytkownika" in page
