"""Name, menu and footer are seen before they are sent, around the home page; visitors see nothing of it."""

import pytest
from django.test import Client

from approval.roles import AUTHORS
from home.models import SiteSettings
from tests import factories
from tests.forms import querydict_from_html
from tests.reading import document, source

pytestmark = pytest.mark.django_db


def preview(client: Client, settings: SiteSettings, **changed: str):
    address = f"/admin/snippets/home/sitesettings/preview/{settings.pk}/"
    form = querydict_from_html(
        client.get(f"/admin/snippets/home/sitesettings/edit/{settings.pk}/").content.decode(), form_id="w-editor-form"
    )
    form.update({"menu-count": "0", "footer-count": "0", "social-count": "0"})
    for name, value in changed.items():
        form[name] = value
    stored = client.post(address, dict(form.lists()))
    assert stored.json()["is_valid"], stored.json()
    return client.get(address)


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_preview_shows_the_home_page_with_the_new_words(client: Client, language: str) -> None:
    client.force_login(factories.person(None))
    settings = SiteSettings.objects.get(locale__language_code=language)
    shown = preview(client, settings, phone="12 345 67 89", short_name="Sąsiedzi")
    assert "12 345 67 89" in source(shown)
    assert document(shown).get("lang") == language
    assert "12 345 67 89" not in source(Client().get(factories.home(language).url))


def test_somebody_from_outside_sees_no_preview(client: Client) -> None:
    settings = SiteSettings.objects.first()
    assert client.get(f"/admin/snippets/home/sitesettings/preview/{settings.pk}/").status_code == 302
    client.force_login(factories.person(AUTHORS))
    assert client.get(f"/admin/snippets/home/sitesettings/preview/{settings.pk}/").status_code in (302, 403)


def test_the_polish_settings_come_first(client: Client) -> None:
    client.force_login(factories.person(None))
    shown = source(client.get("/admin/snippets/home/sitesettings/"))
    polish, english = (SiteSettings.objects.get(locale__language_code=code) for code in ("pl", "en"))
    assert shown.index(f"/edit/{polish.pk}/") < shown.index(f"/edit/{english.pk}/")
