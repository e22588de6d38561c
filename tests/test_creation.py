"""Every page type is made in the admin, through its form, by the people who make it."""

from typing import Any

import pytest
from wagtail.models import Page
from wagtail.test.utils.form_data import streamfield

from approval.roles import AUTHORS, COORDINATORS, LANGUAGE_EDITORS
from catalog.models import CatalogIndexPage, ChapterPage
from coalition.models import CoalitionIndexPage, MemberPage
from events.models import EventIndexPage, EventPage
from home.models import AccessibilityPage, HomePage, ItemPage, StandardPage
from news.models import NewsIndexPage, NewsPage
from tests import factories, forms
from tests.reading import admin_source, source
from tests.workflow import fresh, take_step

pytestmark = pytest.mark.django_db


def common(**more: Any) -> dict[str, Any]:
    return {"title": "Sąsiedzkie śniadanie", "slug": "sniadanie", "lead": "Przyjdź ze swoim kubkiem.", **more}


def with_body(**more: Any) -> dict[str, Any]:
    return common(body=forms.every_block(), **more)


# How each type is filled in, its parent, and what must have arrived.
def news() -> tuple[type[Page], Page, dict[str, Any], dict[str, Any]]:
    values = with_body(
        kind="invitation",
        date=factories.day(-1).isoformat(),
        lead_image=factories.image().pk,
        lead_image_alt="Długi stół na podwórku.",
        lead_image_caption="Rok temu",
        regions={"krakow", "wroclaw"},
        audiences={"residents"},
        tags="śniadanie, podwórko",
        funding="other",
        funder="Śniadanie opłaca rada osiedla.",
        attachment_items={"TOTAL_FORMS": 1, "0": {"document": factories.document().pk, "ORDER": 1}},
    )
    arrived = {"kind": "invitation", "regions": ["krakow", "wroclaw"], "funder": "Śniadanie opłaca rada osiedla."}
    return NewsPage, factories.section("news"), values, arrived


def event():
    values = with_body(
        kind="meeting",
        start=f"{factories.day(30)} 10:00",
        end=f"{factories.day(30)} 12:30",
        place="Podwórko",
        address="ul. Dietla 1",
        step_free="yes",
        lift="no",
        programme=streamfield([("item", {"time": "10:00", "title": "Kawa", "text": "Częstuje rada."})]),
        registration=forms.words("<p>Bez zapisów.</p>"),
    )
    arrived = {"start": factories.moment(30, 10), "step_free": "yes", "lift": "no", "captions": "unknown"}
    return EventPage, factories.section("events"), values, arrived


def chapter():
    values = with_body(part="prepare", notes=streamfield([]))
    return ChapterPage, factories.section("catalog"), values, {"part": "prepare"}


def member():
    values = with_body(
        kind="informal-group",
        home_district="krakow-1",
        districts={"krakow-2"},
        fields={"community", "sport"},
        member_since="2025-03-01",
        website="https://sniadanie.example/",
    )
    arrived = {"home_district": "krakow-1", "districts": ["krakow-1", "krakow-2"], "fields": ["community", "sport"]}
    return MemberPage, factories.section("coalition"), values, arrived


def standard_page():
    return StandardPage, factories.home(), with_body(), {}


def declaration():
    values = common(
        entity="Koalicja",
        contact_person="Anna Autorska",
        email="biuro@koalicja.example",
        phone="12 000 00 00",
        exceptions=forms.words("<p>Filmy sprzed 2026 roku nie mają napisów.</p>"),
        preparation=forms.words("<p>Samoocena.</p>"),
        procedure=forms.words("<p>Napisz do nas.</p>"),
        architecture=forms.words("<p>Wejście bez schodów.</p>"),
        apps=forms.words("<p>Brak.</p>"),
    )
    return AccessibilityPage, factories.home(), values, {"entity": "Koalicja", "status": "partial"}


@pytest.fixture
def author(client):
    user = factories.person(AUTHORS)
    client.force_login(user)
    return user


def newest(model: type[Page]) -> Any:
    return model.objects.order_by("pk").last()


@pytest.mark.parametrize("made", [news, event, chapter, member, standard_page, declaration])
def test_an_author_writes_saves_and_sends_it_and_visitors_read_it_once_it_is_approved(client, author, made):
    model, parent, values, arrived = made()
    address = forms.add_address(model, parent)
    data = forms.filled(client, address, values)
    assert client.post(f"{address}preview/", dict(data.lists())).json()["is_valid"], "before its first save"
    response = client.get(f"{address}preview/")
    assert response.status_code == 200
    assert "Sąsiedzkie śniadanie" in source(response)

    response = client.post(address, dict(data.lists()), follow=True)
    page = newest(model)
    assert response.redirect_chain[-1][0] == forms.edit_address(page)
    draft = page.get_latest_revision_as_object()
    assert not page.live
    assert page.owner == author
    assert (draft.title, draft.lead) == (values["title"], values["lead"])
    if "body" in values:
        assert [block.block_type for block in draft.body] == forms.BLOCKS
    for name, value in arrived.items():
        assert getattr(draft, name) == value, name

    data = forms.filled_in(forms.shown(response), {**values, "title": "Poprawiony", **forms.SUBMIT})
    assert client.post(forms.edit_address(page), dict(data.lists())).status_code == 302
    page.refresh_from_db()
    assert page.current_workflow_state.status == "in_progress"
    assert page.get_latest_revision_as_object().title == "Poprawiony"
    assert not page.live

    for role in (LANGUAGE_EDITORS, COORDINATORS):
        take_step(page, factories.person(role))
    client.logout()
    shown = source(client.get(fresh(page).url))
    assert "Poprawiony" in shown
    if "body" in values:
        for words in ("Pierwszy zjazd", "Zaczęło się od ławki.", "Do 4 grudnia", "Zapukaj.", "Czy to kosztuje?"):
            assert words in shown
        for words in ("organizacje", "Ludzie przy stole.", "Debata", "Zapisz się", "Od czego zacząć", "Regulamin"):
            assert words in shown


@pytest.mark.parametrize("model", [NewsIndexPage, EventIndexPage, CatalogIndexPage, CoalitionIndexPage])
def test_a_section_that_was_deleted_can_be_made_by_hand(client, model):
    client.force_login(factories.person(None))
    factories.remove(model.objects.get(locale__language_code="pl"))
    address = forms.add_address(model, factories.home())
    form = forms.filled(
        client, address, {"title": "Od nowa", "slug": "od-nowa", "lead": "Jeszcze raz.", **forms.PUBLISH}
    )
    client.post(address, dict(form.lists()))
    page = newest(model)
    assert not page.live
    factories.publish(page)
    client.logout()
    assert "Od nowa" in source(client.get("/od-nowa/"))


def test_only_an_administrator_makes_a_home_page(client, author):
    root = Page.get_first_root_node()
    address = forms.add_address(HomePage, root)
    assert client.get(address).status_code == 302
    client.force_login(factories.person(None))
    listing = {"section": "news", "heading": "Nowiny", "count": 3}
    points = {"heading": "Cele", "style": "numbered", "items": forms.items({"title": "Cel", "text": "Po co"})}
    bells = {"heading": "Zadzwoń", "items": forms.items({"label": "Pomoc", "page": "", "address": "https://a.example"})}
    body = streamfield([("points", points), ("listing", listing), ("bells", bells)])
    values = {"title": "Druga", "slug": "druga", "headline": "Miasto", "lead": "Wstęp", "body": body}
    forms.send(client, address, values)
    page = newest(HomePage)
    assert page.title == "Druga"
    assert [block.block_type for block in page.get_latest_revision_as_object().body] == ["points", "listing", "bells"]


def test_each_section_has_its_list_in_the_admin_menu(client, author):
    menu = admin_source(client.get("/admin/"))
    titles = {"news": "Aktualności", "events": "Wydarzenia", "catalog": "Katalog", "coalition": "Koalicja"}
    for key, title in titles.items():
        assert title in menu
        assert client.get(f"/admin/{key}/").status_code == 200, key
        assert not any(isinstance(page, ItemPage) for page in factories.section(key).get_children().specific())


def test_an_author_cannot_change_what_others_wrote(client, author):
    page = factories.news()
    assert client.get(forms.edit_address(page)).status_code == 302
