"""A topic is one, whatever its spelling, and its address can be read out."""

import importlib
import unicodedata

import pytest
from django.apps import apps
from django.test import RequestFactory
from taggit.models import Tag
from wagtail.test.utils.form_data import streamfield

from approval.roles import AUTHORS
from home.topics import names_from_text
from news.models import NewsPage
from tests import factories, forms
from tests.reading import document, words

pytestmark = pytest.mark.django_db
TOPIC = "żółte ławki"
SPELLINGS = (TOPIC.upper(), unicodedata.normalize("NFD", TOPIC), "żółte  ławki", "żółte\u00a0ławki", "Żółte ławki.")


def duplicate(name: str, slug: str) -> Tag:
    """A topic as it was made before spellings were compared."""
    (tag,) = Tag.objects.bulk_create([Tag(name=name, slug=slug)])
    return tag


def shown_topics(client, address: str) -> list[tuple[str, str]]:
    links = document(client.get(address)).xpath("//ul[@class='tags']//a[contains(@href, '?tag=')]")
    return [(words(link), link.get("href").split("?tag=")[1]) for link in links]


def test_every_other_spelling_in_a_form_is_the_same_topic(client) -> None:
    Tag.objects.create(name=TOPIC)
    client.force_login(factories.person(AUTHORS))
    values = {"title": "Ławki", "slug": "lawki", "kind": "report", "date": factories.day().isoformat()}
    values |= {"body": streamfield([]), "tags": ", ".join([*(f'"{spelling}"' for spelling in SPELLINGS), "podwórka"])}
    forms.send(client, forms.add_address(NewsPage, factories.section("news")), values)
    draft = NewsPage.objects.get().get_latest_revision_as_object()
    assert {(tag.name, tag.slug) for tag in draft.tags.all()} == {(TOPIC, "zolte-lawki"), ("podwórka", "podworka")}


def test_two_spellings_in_one_field_are_one_topic() -> None:
    assert names_from_text('"żółte ławki", "ŻÓŁTE ŁAWKI", "...", "a\u0301, b"') == ["á, b", TOPIC.upper()]


def test_another_topic_with_the_same_letters_has_an_address_of_its_own() -> None:
    slugs = [Tag.objects.create(name=name).slug for name in (TOPIC, "zolte lawki", "!?")]
    assert slugs == ["zolte-lawki", "zolte-lawki-2", "topic"]


class TestSpellingsOfBefore:
    """Approved texts keep their links, and visitors meet one topic."""

    @pytest.fixture
    def pages(self) -> list[NewsPage]:
        tags = [duplicate(TOPIC, "żółte-ławki"), duplicate("ŻÓŁTE ŁAWKI", "żółte-ławki_1")]
        made = []
        for number in range(2):
            page = factories.news(live=False)
            page.tags.add(tags[number])
            if number:
                page.tags.add(tags[0])
            factories.publish(page)
            made.append(page)
        return made

    @pytest.fixture
    def merged(self, pages) -> None:
        importlib.import_module("home.migrations.0004_merge_topics").merge(apps, None)

    @pytest.mark.usefixtures("merged")
    def test_a_filter_finds_all_spellings(self, client, pages) -> None:
        index = factories.section("news")
        facet = next(facet for facet in index.get_facets() if facet.name == "tag")
        assert [(one.value, one.label, one.count) for one in facet.options] == [("zolte-lawki", TOPIC, 2)]
        for slug in ("zolte-lawki", "zolte-lawki-2", "żółte-ławki"):
            request = RequestFactory().get("/", {"tag": slug})
            found = index.get_context(request)["results"]
            assert sorted(page.pk for page in found) == sorted(page.pk for page in pages)

    @pytest.mark.usefixtures("merged")
    def test_a_page_shows_each_topic_once(self, client, pages) -> None:
        for page in pages:
            assert len(shown_topics(client, page.url)) == 1

    @pytest.mark.usefixtures("merged")
    def test_what_was_approved_is_unchanged(self, pages) -> None:
        assert [tag.name for tag in pages[1].tags.all()] == ["ŻÓŁTE ŁAWKI", TOPIC]

    def test_files_get_the_first_spelling_and_addresses_come_back(self) -> None:
        first, second = duplicate(TOPIC, "żółte-ławki"), duplicate("ŻÓŁTE ŁAWKI", "żółte-ławki_1")
        one, both = factories.image(), factories.image()
        one.tags.add(second)
        both.tags.add(first, second)
        migration = importlib.import_module("home.migrations.0004_merge_topics")
        migration.merge(apps, None)
        for image in (one, both):
            assert list(image.tags.all()) == [first]
        migration.split(apps, None)
        assert list(Tag.objects.order_by("pk").values_list("slug", flat=True)) == ["żółte-ławki", "żółte-ławki-2"]
