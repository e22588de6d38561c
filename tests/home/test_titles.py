"""What a page says of itself in the browser's tab, and of links into another language."""

import pytest

from tests import factories
from tests.reading import source

pytestmark = pytest.mark.django_db
NAME = "Koalicja na rzecz sąsiedztw"


def title(client, page) -> str:
    return client.get(page.url).context["head"].title


def test_a_short_title_is_followed_by_the_name_of_the_site(client):
    assert title(client, factories.standard_page(title="Kontakt")) == f"Kontakt – {NAME}"


def test_a_long_title_stands_alone(client):
    long = "Jak założyć Komisję Dialogu Obywatelskiego w swojej dzielnicy"
    assert title(client, factories.standard_page(title=long)) == long


def test_rich_text_says_that_a_link_leads_into_another_language(client):
    english = factories.standard_page(title="About", language="en")
    body = [("text", f'<p><a linktype="page" id="{english.pk}">czytaj</a></p>')]
    shown = source(client.get(factories.standard_page(title="Linki", body=body).url))
    assert f'<a href="{english.url}" hreflang="en" data-note="(język: angielski)">czytaj</a>' in shown


def test_a_button_says_that_it_leads_into_another_language(client):
    polish = factories.standard_page(title="Statut")
    body = [("button", {"label": "Read it", "page": polish, "address": ""})]
    page = factories.standard_page(title="Statute", language="en", body=body)
    shown = source(client.get(page.url))
    assert (
        f'href="{polish.url}" hreflang="pl">Read it<span class="language-note" lang="en"> (in Polish)</span>' in shown
    )


def test_the_declaration_covers_the_site_in_its_own_language(client):
    shown = source(client.get(factories.declaration(language="en", slug="declaration").url))
    assert 'id="a11y-url" href="http://localhost:8000/en/"' in shown


def test_the_declaration_keeps_iso_dates_where_validators_look(client):
    shown = source(client.get(factories.declaration().url))
    today = factories.day().isoformat()
    assert f'<time id="a11y-data-sporzadzenie" datetime="{today}">{today}</time>' in shown


def test_the_footer_names_the_declaration_once(client):
    page = factories.declaration()
    assert source(client.get("/")).count(f'href="{page.url}"') == 1
