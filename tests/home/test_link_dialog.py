"""The dialog for links has no field with a name that only programmers read."""

import pytest

from tests import factories
from tests.reading import admin_source

LINKS = ("external", "email", "anchor", "phone")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", LINKS)
def test_every_field_has_a_name_in_polish(client, kind: str) -> None:
    client.force_login(factories.person(None))
    shown = admin_source(client.get(f"/admin/choose-{kind}-link/"))
    assert "Tekst linku" in shown
    for english in ("Link text", ">URL", "Email address", "Phone number", ">Subject", ">Body", ">#"):
        assert english not in shown
