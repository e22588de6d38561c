"""The admin's door."""

import pytest
from django.urls import reverse

from home.models import User
from tests.reading import source

pytestmark = pytest.mark.django_db


def test_the_login_form_speaks_polish(client):
    page = source(client.get(reverse("wagtailadmin_login")))
    assert "Hasło" in page
    assert "Password" not in page
    assert "Wpisz: nazwa użytkownika" in page


@pytest.mark.parametrize(("password", "gets_in"), [("right", True), ("wrong", False)])
def test_the_form_lets_in_whoever_knows_the_password(client, password, gets_in):
    User.objects.create_superuser("admin", "admin@koalicja.example", "right")
    client.post(reverse("wagtailadmin_login"), {"username": "admin", "password": password})
    assert (client.get(reverse("wagtailadmin_home")).status_code == 200) == gets_in
