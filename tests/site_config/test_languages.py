"""A third language is configuration: one code in the environment, then `setup_site`."""

import io
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from django.utils.translation import override
from lxml import etree

from approval.roles import PUBLICATION
from home.alphabet import sort_key
from home.models.site_settings import DISCLAIMERS
from home.rich_text import RichTextArea
from tests import factories
from tests.reading import addresses_in_sitemap, document, words
from translation import drafts, freshness

CODES = ("pl", "en", "uk")
THREE = [("pl", "Polish"), ("en", "English"), ("uk", "Ukrainian")]
SWITCHER = "//nav[contains(@class, 'languages')]//a"
SECTIONS = ("news", "events", "catalog", "coalition")


def test_the_environment_names_the_languages():
    script = "from site_config.settings import *; print(LANGUAGE_CODE, *dict(WAGTAIL_CONTENT_LANGUAGES))"
    environment = {**os.environ, "LANGUAGES": "pl,en,uk", "DEBUG": "1"}
    said = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    assert said.split() == ["pl", *CODES]


def answer(client, address: str, status: int = 200):
    response = client.get(address)
    assert response.status_code == status, address
    return document(response)


@pytest.mark.django_db
class TestAThirdLanguage:
    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def three(cls, tree):
        """As an installation has it after `LANGUAGES=pl,en,uk` and `setup_site`."""
        with override_settings(
            LANGUAGES=THREE, WAGTAIL_CONTENT_LANGUAGES=THREE, WAGTAILADMIN_PERMITTED_LANGUAGES=THREE
        ):
            call_command("setup_site", verbosity=0, stdout=io.StringIO())
            yield

    @pytest.fixture
    def addresses(self):
        return ["/uk/", *(factories.section(key, "uk").url for key in SECTIONS)]

    def test_its_pages_answer_in_it(self, client, addresses):
        for address in addresses:
            assert address.startswith("/uk/")
            shown = answer(client, address)
            assert shown.get("lang") == "uk"
            assert DISCLAIMERS["en"] in words(shown)
            assert not shown.xpath("//*[contains(@class, 'outdated')]")
        assert factories.home("uk").get_workflow().name == PUBLICATION.name

    def test_pages_name_each_other_in_all_three(self, client, addresses):
        for address in addresses:
            shown = answer(client, address)
            named = {link.get("hreflang"): link.get("href") for link in shown.xpath("//link[@hreflang]")}
            assert set(named) == {*CODES, "x-default"}
            assert shown.xpath(f"{SWITCHER}/@hreflang") == ["pl", "en"]
            for link in shown.xpath(SWITCHER):
                back = answer(client, link.get("href"))
                assert address in back.xpath(f"{SWITCHER}[@hreflang='uk']/@href")

    def test_what_surrounds_a_page_is_in_it(self, client):
        shown = answer(client, factories.section("news", "uk").url)
        assert words(shown.xpath("//h1")[0]) == "Новини"
        assert words(shown.xpath("//a[@class='skip-link']")[0]) == "Перейти до змісту"
        (offer,) = answer(client, "/").xpath("//*[@data-language-offer][@lang='uk']")
        assert words(offer) == "Ця сторінка є і вашою мовою: Українська"

    def test_visitors_read_no_other_language_under_its_name(self, client, addresses):
        factories.event(title="Гала", language="uk", place="Дім", address="Краків")
        factories.news(title="Новина", language="uk", lead="Що сталося.", regions=["krakow-metro"])
        with override("uk"):
            addresses = [*addresses, reverse("search"), f"{reverse('search')}?q=1", "/uk/нема/"]
        found = {}
        for address in [*addresses, "/uk/podii/?when=past", "/uk/novyny/?region=krakow-metro"]:
            texts = document(client.get(address)).xpath(
                "//body//text()[not(ancestor::script)][ancestor::*[@lang][1][@lang='uk']] | "
                "//body//@aria-label[../ancestor-or-self::*[@lang][1][@lang='uk']]"
            )
            foreign = {word for text in texts for word in re.findall(r"(?<![@./\w])[a-ząćęłńóśźż]{3,}\b", text)}
            found[address] = foreign - {"biuro", "http"}  # on paper, the footer says the address
        assert {address: foreign for address, foreign in found.items() if foreign} == {}

    def test_offers_wait_in_the_other_two(self, client):
        assert answer(client, "/uk/").xpath("//*[@data-language-offer]/@lang") == ["pl", "en"]

    def test_search_lost_pages_and_missing_pages_answer_in_it(self, client):
        with override("uk"):
            address = reverse("search")
        assert answer(client, f"{address}?q=x").get("lang") == "uk"
        assert answer(client, "/uk/nema/", 404).get("lang") == "uk"
        page = factories.news(title="Gala")
        (link,) = answer(client, page.url).xpath(f"{SWITCHER}[@hreflang='uk']/@href")
        gap = answer(client, link)
        assert gap.get("lang") == "uk"
        assert gap.xpath(f"//main//a[@href='{page.url}']/span/@lang")[0] == "pl"
        assert gap.xpath(f"{SWITCHER}/@href") == [page.url, f"/en/not-translated/{page.pk}/"]

    def test_a_page_in_the_other_two_is_missing_in_it_and_both_are_named(self, client):
        original = factories.chapter(title="Po co nam KDO?")
        translation = factories.translated(original, title="Why a KDO?", slug="why-a-kdo")
        shown = answer(client, original.url)
        (link,) = shown.xpath(f"{SWITCHER}[@hreflang='uk']")
        assert "Ця сторінка є лише такими мовами: Польська, Англійська." in words(link)
        gap = answer(client, link.get("href"))
        both = gap.xpath("//h1/following-sibling::p/a")
        assert [(one.get("href"), one.xpath("string(span/@lang)")) for one in both] == [
            (original.url, "pl"),
            (translation.url, "en"),
        ]
        assert "одн" not in words(gap.xpath("//h1/following-sibling::p")[0])
        assert "Ще не перекладено" in words(answer(client, factories.section("catalog", "uk").url))

    def test_feeds_and_calendars_are_there_and_empty(self, client):
        for kind in ("rss", "atom"):
            feed = etree.fromstring(client.get(f"{factories.section('news', 'uk').url}{kind}/").content)
            assert not feed.xpath("//item | //*[local-name()='entry']")
        assert client.get(factories.section("events", "uk").calendar_url).status_code == 200

    def test_the_sitemap_and_robots_know_it(self, client, addresses):
        assert {f"http://localhost:8000{address}" for address in addresses} <= set(addresses_in_sitemap(client))
        assert "Disallow: /uk/" in client.get("/robots.txt").content.decode()

    def test_a_page_is_translated_into_it_and_then_read(self, client):
        original = factories.news(title="Gala", slug="gala")
        locale = factories.home("uk").locale
        page = drafts.begin(original, locale, factories.person(None))
        draft = page.get_latest_revision_as_object()
        draft.title, draft.lead = "Гала сусідів", "Що сталося."
        factories.publish(draft)
        assert freshness.pair_of(page).state == freshness.State.CURRENT
        page.refresh_from_db()
        shown = answer(client, page.url)
        assert words(shown.xpath("//h1")[0]) == "Гала сусідів"
        assert page.url in [link.get("href") for link in answer(client, factories.section("news", "uk").url).iter("a")]
        assert page.full_url in addresses_in_sitemap(client)

    def test_staff_see_the_admin_in_it(self, client):
        person = factories.person(None)
        person.preferred_language = "uk"
        person.save()
        client.force_login(person)
        assert answer(client, "/admin/").get("lang") == "uk"
        home = factories.home("uk")
        assert client.get(f"/admin/pages/{home.pk}/edit/").status_code == 200

    def test_names_follow_its_alphabet_and_words_can_be_marked(self):
        assert sorted(["Яблуко", "Ґанок", "Дім", "Громада"], key=sort_key) == ["Громада", "Ґанок", "Дім", "Яблуко"]
        assert "UK" in [style.get("label") for style in RichTextArea().options["inlineStyles"]]
