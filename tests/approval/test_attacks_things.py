"""Attacks on what shows and is no page: site settings, redirects, tags, names of kinds and regions."""

import pytest
from django.test import Client
from django.urls import reverse
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Site
from wagtail.snippets.models import get_snippet_models

from approval.models import GatedMixin
from approval.refusals import RefusedError
from coalition.models import MemberPage
from home.models import SiteSettings
from news.models import NewsPage
from tests.workflow import (
    SMUGGLED,
    edit_url,
    form_of,
    fresh,
    news_index,
    nothing_changes_for_visitors,
    publish_properly,
    refused_politely,
    submit,
    take_step,
)

pytestmark = pytest.mark.django_db

EVERYBODY = ("autorka", "koordynatorka", "tlumaczka", "admin")


@pytest.fixture
def texts(db):
    return SiteSettings.objects.get(locale=Locale.get_default())


def settings_url(name, *args):
    return reverse(f"wagtailsnippets_home_sitesettings:{name}", args=args)


def settings_form(texts, **changes):
    names = ("name", "short_name", "tagline", "address", "email", "phone", "phone_hours", "funder_statement")
    values = {name: getattr(texts, name) for name in (*names, "disclaimer")}
    return {**values, "menu-count": "0", "footer-count": "0", "social-count": "0", **changes}


# --- Site settings --------------------------------------------------------------------------------


def test_settings_edited_and_published(client_as, pages, texts):
    with nothing_changes_for_visitors(news_index()):
        for who in EVERYBODY:
            for action in ({"action-publish": "1"}, {}):
                words = f"{SMUGGLED} {who} {len(action)}"
                form = settings_form(texts, tagline=words, disclaimer=words, **action)
                answer = client_as(pages(who)).post(settings_url("edit", texts.pk), form)
                assert refused_politely(answer), (who, action)


def test_settings_taken_away(client_as, pages, texts):
    bulk = reverse("wagtail_bulk_action", args=["home", "sitesettings", "delete"])
    with nothing_changes_for_visitors(news_index()):
        for who in EVERYBODY:
            browser = client_as(pages(who))
            assert refused_politely(browser.post(settings_url("unpublish", texts.pk))), who
            assert refused_politely(browser.post(settings_url("delete", texts.pk))), who
            assert refused_politely(browser.post(f"{bulk}?id={texts.pk}&next=/admin/")), who
            assert fresh(texts).live, who


def test_a_second_set_of_settings_created_and_published(client_as, admin, texts):
    with nothing_changes_for_visitors(news_index()):
        form = settings_form(texts, name=SMUGGLED, **{"action-publish": "1", "locale": "pl"})
        assert refused_politely(client_as(admin).post(settings_url("add"), form))


def test_old_settings_brought_back(client_as, admin, koordynatorka, texts):
    texts.tagline = SMUGGLED
    old = texts.save_revision(user=koordynatorka)
    with nothing_changes_for_visitors(news_index()):
        for someone in (admin, koordynatorka):
            url = settings_url("revisions_revert", texts.pk, old.pk)
            form = settings_form(texts, tagline=SMUGGLED, **{"action-publish": "1"})
            assert refused_politely(client_as(someone).post(url, form))


def test_settings_approved_by_whoever_wrote_them(client_as, koordynatorka, redaktorka, texts):
    texts.tagline = SMUGGLED
    texts.save_revision(user=koordynatorka)
    submit(texts, koordynatorka)
    take_step(texts, redaktorka)
    state = fresh(texts).current_workflow_task_state
    with nothing_changes_for_visitors(news_index()):
        url = settings_url("workflow_action", texts.pk, "approve", state.pk)
        assert refused_politely(client_as(koordynatorka).post(url))


def test_the_step_of_the_settings_at_the_address_of_others(client_as, koordynatorka, tlumaczka, redaktorka, texts):
    texts.tagline = SMUGGLED
    texts.save_revision(user=tlumaczka)
    submit(texts, tlumaczka)
    take_step(texts, redaktorka)
    state = fresh(texts).current_workflow_task_state
    other = SiteSettings.objects.get(locale__language_code="en")
    submit(other, tlumaczka)
    take_step(other, redaktorka)
    with nothing_changes_for_visitors(news_index()):
        url = settings_url("workflow_action", other.pk, "approve", state.pk)
        assert refused_politely(client_as(koordynatorka).post(url))


def test_settings_saved_in_a_shell(texts):
    texts.tagline = SMUGGLED
    with nothing_changes_for_visitors(news_index()), pytest.raises(Exception, match="nikt niezależny"):
        texts.save()


def test_every_snippet_stands_behind_the_gate():
    assert get_snippet_models()
    assert all(issubclass(model, GatedMixin) for model in get_snippet_models())


# --- Redirects --------------------------------------------------------------------------------------


def redirect_form(**values):
    return {"site": "", "is_permanent": "on", "redirect_page": "", "redirect_link": "", **values}


def test_redirects_belong_to_coordinators(client_as, pages, live_page):
    for who in ("autorka", "redaktorka", "tlumaczka"):
        form = redirect_form(old_path="/old", redirect_page=str(live_page.pk))
        assert refused_politely(client_as(pages(who)).post(reverse("wagtailredirects:add"), form))
        assert not Redirect.objects.exists(), who


def test_a_redirect_to_another_site(client_as, koordynatorka, admin):
    for someone in (koordynatorka, admin):
        form = redirect_form(old_path="/old", redirect_link="https://elsewhere.example/")
        assert refused_politely(client_as(someone).post(reverse("wagtailredirects:add"), form))
        assert not Redirect.objects.exists(), someone


def test_a_redirect_from_a_public_page(client_as, koordynatorka, live_page):
    public = (news_index("pl"), news_index("en"), live_page)
    with nothing_changes_for_visitors(*public):
        for page in public:
            form = redirect_form(old_path=page.url, redirect_page=str(news_index("en").pk))
            assert refused_politely(client_as(koordynatorka).post(reverse("wagtailredirects:add"), form))
            assert not Redirect.objects.exists(), page


def test_a_redirect_turned_elsewhere_later(client_as, koordynatorka, live_page):
    redirect = Redirect.objects.create(old_path="/old", redirect_page=live_page, site=Site.objects.get())
    form = redirect_form(old_path="/old", redirect_link="https://elsewhere.example/")
    url = reverse("wagtailredirects:edit", args=[redirect.pk])
    assert refused_politely(client_as(koordynatorka).post(url, form))
    assert Redirect.objects.get().redirect_link == ""


def test_a_redirect_to_a_draft_shows_nothing(koordynatorka, draft):
    Redirect.objects.create(old_path="/old", redirect_page=draft)
    answer = Client().get("/old/", follow=True)
    assert answer.status_code == 404


def test_an_import_of_redirects_is_held_to_the_same(live_page):
    for redirect in (
        Redirect(old_path="/x", redirect_link="//elsewhere.example/"),
        Redirect(old_path="/x", redirect_link="https://localhost@elsewhere.example/"),
        Redirect(old_path=live_page.url.rstrip("/"), redirect_link="http://localhost:8000/"),
    ):
        with pytest.raises(RefusedError):
            redirect.save()


def test_a_redirect_from_an_old_address_works(client_as, koordynatorka, live_page):
    form = redirect_form(old_path="/stare-miejsce", redirect_page=str(live_page.pk))
    assert client_as(koordynatorka).post(reverse("wagtailredirects:add"), form).status_code == 302
    assert Client().get("/stare-miejsce/").url == live_page.url


# --- Names ------------------------------------------------------------------------------------------


def test_a_new_tag_shows_only_with_an_approved_page(client_as, redaktorka, live_page):
    with nothing_changes_for_visitors(live_page, news_index()):
        client_as(redaktorka).post(edit_url(live_page), form_of(live_page, tags='"Smuggled topic"'))
    assert "Smuggled topic" not in Client().get(news_index().url).content.decode()


def test_an_approved_tag_shows(autorka, redaktorka, koordynatorka, live_page):
    live_page.tags.add("Courtyards")
    live_page.save_revision(user=autorka)
    publish_properly(live_page, autorka, redaktorka, koordynatorka)
    assert "Courtyards" in Client().get(news_index().url).content.decode()


def test_nobody_renames_a_tag_in_the_admin(client_as, admin, live_page):
    """Tags have no screen of their own: their names come with the pages that carry them."""
    assert Tag not in get_snippet_models()
    for address in ("snippets/taggit/tag/", "tags/", "taggit/tag/"):
        assert client_as(admin).get(f"/admin/{address}").status_code == 404


def test_names_of_kinds_regions_and_districts_live_in_code():
    """A name in code changes with a release; a name in the database would need an approval."""
    for model, names in ((NewsPage, ("kind", "regions", "audiences", "funding")), (MemberPage, ("kind",))):
        for name in names:
            field = model._meta.get_field(name)
            assert field.choices, f"{model.__name__}.{name}"
            assert not field.is_relation
