"""What readers meet between the languages: a notice, an honest answer, and the way to the other one."""

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, override

from home.tasks import prepare_pictures
from tests import factories
from tests.reading import document, source, words

pytestmark = pytest.mark.django_db
NOTICE = "//*[contains(@class, 'outdated')]"
SWITCHER = "//nav[contains(@class, 'languages')]//a"
OFFER = "//*[@data-language-offer]"
GAP = "//*[contains(@class, 'language-gap')]"


@pytest.fixture
def original(db):
    return factories.news(title="Gala sąsiadów", slug="gala")


@pytest.fixture
def translation(original):
    return factories.translated(original, title="Neighbours’ gala", slug="gala")


def change(page, **fields):
    """The Polish page changes and is published."""
    for name, value in fields.items():
        setattr(page, name, value)
    factories.publish(page)
    page.refresh_from_db()


class TestATranslationThatIsBehind:
    def test_says_so_with_the_date_and_the_way_to_the_original(self, client, original, translation):
        change(original, lead="Wszystko odwołane.")
        (notice,) = document(client.get(translation.url)).xpath(f"//main{NOTICE}")
        changed = date_format(timezone.localtime(original.source_version), "j F Y")
        assert f"The Polish version was changed on {changed}." in words(notice)
        assert "This translation has not been updated yet." in words(notice)
        (link,) = notice.iter("a")
        assert (link.get("href"), link.get("hreflang")) == ("/aktualnosci/gala/", "pl")
        assert [words(part) for part in link.xpath("./span[@lang='pl']")] == ["Gala sąsiadów"]
        assert words(link).endswith("(in Polish)")

    def test_says_nothing_while_it_is_current(self, client, translation):
        assert not document(client.get(translation.url)).xpath(NOTICE)

    def test_says_nothing_after_a_small_correction(self, client, original, translation):
        change(original, lead="Co się stało!", keeps_source_version=True)
        assert not document(client.get(translation.url)).xpath(NOTICE)

    def test_says_nothing_once_it_was_brought_up_to_date(self, client, original, translation):
        change(original, lead="Wszystko odwołane.")
        change(translation, lead="All is cancelled.", source_version=original.source_version)
        assert not document(client.get(translation.url)).xpath(NOTICE)

    def test_the_original_says_nothing(self, client, original, translation):
        change(original, lead="Wszystko odwołane.")
        assert not document(client.get(original.url)).xpath(NOTICE)

    def test_says_nothing_of_an_original_that_is_no_longer_public(self, client, original, translation):
        change(original, lead="Wszystko odwołane.")
        original.unpublish()
        assert not document(client.get(translation.url)).xpath(NOTICE)

    def test_costs_no_query(self, client, original, translation):
        def cost():
            client.get(translation.url)
            with CaptureQueriesContext(connection) as asked:
                client.get(translation.url)
            return len(asked)

        before = cost()
        change(original, lead="Wszystko odwołane.")
        assert cost() == before

    def test_what_setup_site_planted_is_current(self, client):
        for address in ("/en/", "/en/news/", "/en/coalition/"):
            assert not document(client.get(address)).xpath(NOTICE)


class TestWhereThereIsNoTranslation:
    def test_the_switcher_says_so_beforehand_and_leads_to_the_answer(self, client, original):
        shown = document(client.get(original.url))
        (link,), (gap,) = shown.xpath(SWITCHER), shown.xpath(GAP)
        assert link.get("href") == f"/en/not-translated/{original.pk}/"
        assert "This page is in Polish only." in words(link)
        assert gap.get("lang") == "en" and gap.xpath(".//a/@href") == [link.get("href")]

    def test_the_preview_of_a_draft_says_so_too(self, client):
        draft = factories.news(title="Gala", live=False)
        client.force_login(factories.person(None))
        (link,) = document(client.get(f"/admin/pages/{draft.pk}/view_draft/")).xpath(SWITCHER)
        assert "This page is in Polish only." in words(link)

    def test_the_answer_is_english_and_names_the_polish_page(self, client, original):
        response = client.get(f"/en/not-translated/{original.pk}/")
        shown = document(response)
        assert response.status_code == 200
        assert shown.get("lang") == "en"
        assert shown.xpath("//meta[@name='robots']/@content") == ["noindex"]
        (link,) = shown.xpath(f"//main//a[@href='{original.url}']")
        assert link.get("hreflang") == "pl"
        assert [words(part) for part in link.xpath("./span[@lang='pl']")] == ["Gala sąsiadów"]
        assert not shown.xpath(GAP) and not shown.xpath(OFFER)

    def test_the_answer_shows_the_newest_of_the_section_in_english(self, client, original):
        there = factories.translated(factories.news(), title="A debate in English", slug="debate")
        shown = document(client.get(f"/en/not-translated/{original.pk}/"))
        assert shown.xpath(f"//main//a[@href='{there.url}']")

    def test_a_page_in_no_section_is_answered_with_the_menu(self, client):
        page = factories.standard_page()
        assert client.get(f"/en/not-translated/{page.pk}/").status_code == 200

    def test_the_switcher_of_the_answer_leads_back_to_the_page(self, client, original):
        shown = document(client.get(f"/en/not-translated/{original.pk}/"))
        assert shown.xpath(SWITCHER + "/@href") == [original.url]

    def test_the_answer_makes_way_for_the_translation(self, client, original, translation):
        response = client.get(f"/en/not-translated/{original.pk}/")
        assert (response.status_code, response.headers["Location"]) == (302, translation.url)
        assert client.get(f"/bez-tlumaczenia/{original.pk}/").headers["Location"] == original.url

    def test_it_works_the_other_way_round(self, client):
        page = factories.news(language="en", title="Only in English")
        shown = document(client.get(f"/bez-tlumaczenia/{page.pk}/"))
        assert shown.get("lang") == "pl"
        assert shown.xpath(f"//main//a[@href='{page.url}']/span/@lang")[0] == "en"

    @pytest.mark.parametrize("number", ["1", "999999", "nic", "9" * 30])
    def test_guessed_numbers_are_lost(self, client, number):
        response = client.get(f"/en/not-translated/{number}/")
        assert response.status_code == 404
        assert '<html lang="en">' in source(response)

    def test_what_is_not_public_is_lost(self, client):
        draft = factories.news(title="Tajemnica", live=False)
        response = client.get(f"/en/not-translated/{draft.pk}/")
        assert response.status_code == 404
        assert "Tajemnica" not in source(response)


class TestTheSwitcher:
    @pytest.mark.parametrize("address", ["/nie-ma/", "/aktualnosci/nie-ma/", "/nie-ma.ics", "/documents/9/nie-ma.pdf"])
    def test_of_a_lost_page_leads_home(self, client, address):
        assert document(client.get(address)).xpath(SWITCHER + "/@href") == ["/en/"]

    def test_of_a_lost_english_page_leads_home(self, client):
        assert document(client.get("/en/no-such-page/")).xpath(SWITCHER + "/@href") == ["/"]

    def test_leads_from_search_to_search_without_the_words(self, client):
        assert document(client.get("/szukaj/?q=dzielnica&page=2")).xpath(SWITCHER + "/@href") == ["/en/search/"]

    def test_leaves_filters_behind(self, client):
        shown = document(client.get("/aktualnosci/?kind=report&page=2"))
        assert shown.xpath(SWITCHER + "/@href") == ["/en/news/"]
        assert shown.xpath(OFFER + "//a/@href") == ["/en/news/"]


class TestTheOffer:
    def test_waits_hidden_in_the_language_that_it_offers(self, client, original, translation):
        (offer,) = document(client.get(original.url)).xpath(OFFER)
        assert offer.get("lang") == "en" and offer.get("hidden") is not None
        assert offer.xpath(".//a/@href") == [translation.url]
        (offer,) = document(client.get(translation.url)).xpath(OFFER)
        assert offer.get("lang") == "pl"
        assert "Ta strona jest też w Twoim języku: polski" in words(offer)

    def test_is_not_made_where_there_is_no_translation(self, client, original):
        assert not document(client.get(original.url)).xpath(OFFER)

    def test_the_answer_is_the_same_whatever_the_browser_asks_for(self, client, original, translation):
        english, polish = (client.get(original.url, headers={"accept-language": code}) for code in ("en-GB", "pl"))
        assert english.content == polish.content
        assert english.status_code == 200 and not english.cookies


def test_a_language_that_was_given_up_is_offered_nowhere(client, original, translation):
    """Its pages stay in the database; the site does without them."""
    only_polish = [("pl", "Polish")]
    with override_settings(LANGUAGES=only_polish, WAGTAIL_CONTENT_LANGUAGES=only_polish):
        shown = document(client.get(original.url))
        assert not shown.xpath(SWITCHER) and not shown.xpath("//link[@hreflang]")


def test_machines_are_told_of_all_languages(client):
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /szukaj/\nDisallow: /en/search/\n" in robots
    assert "Preferred-Languages: pl, en\n" in client.get("/.well-known/security.txt").content.decode()


def test_preparing_the_pictures_of_an_english_page_leaves_the_language_of_who_published_it():
    page = factories.standard_page(title="About us", language="en")
    with override("pl"):
        prepare_pictures.call(page.pk)
        assert get_language() == "pl"
