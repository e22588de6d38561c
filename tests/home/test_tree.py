"""What may stand where in the page tree."""

import pytest
from wagtail.models import Page

from catalog.models import (
    CatalogIndexPage,
    ChangesPage,
    ChapterPage,
    EditionsPage,
    GlossaryPage,
    TemplatesPage,
    WholeHandbookPage,
)
from coalition.models import CoalitionIndexPage, MemberPage
from events.models import EventIndexPage, EventPage
from home.models import AccessibilityPage, HomePage, StandardPage
from news.models import NewsIndexPage, NewsPage
from tests import factories

pytestmark = pytest.mark.django_db

SECTIONS = {NewsIndexPage, EventIndexPage, CatalogIndexPage, CoalitionIndexPage}
PLANTED = (GlossaryPage, TemplatesPage, EditionsPage, ChangesPage, WholeHandbookPage)
ALLOWED = {
    HomePage: {StandardPage, AccessibilityPage, *SECTIONS},
    StandardPage: {StandardPage},
    AccessibilityPage: set(),
    NewsIndexPage: {NewsPage},
    NewsPage: set(),
    EventIndexPage: {EventPage},
    EventPage: set(),
    CatalogIndexPage: {ChapterPage, *PLANTED},
    ChapterPage: set(),
    **{model: set() for model in PLANTED},
    CoalitionIndexPage: {MemberPage},
    MemberPage: set(),
}


@pytest.mark.parametrize(("parent", "children"), ALLOWED.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_each_page_type_takes_only_its_own_children(parent, children):
    assert {model for model in parent.allowed_subpage_models() if model.is_creatable} == children


def test_only_a_home_page_stands_at_the_root():
    assert {model for model in ALLOWED if Page in model.allowed_parent_page_models()} == {HomePage}


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_language_has_one_home_page_with_the_same_sections(language):
    home = factories.home(language)
    assert {type(page) for page in home.get_children().specific()} == SECTIONS
    assert home.translation_key == factories.home("pl").translation_key


@pytest.mark.parametrize("model", sorted(SECTIONS, key=lambda model: model.__name__))
def test_a_section_has_one_front_page_in_a_language(model):
    assert not model.can_create_at(factories.home())


def test_a_home_page_has_one_accessibility_declaration():
    assert AccessibilityPage.can_create_at(factories.home())
    factories.declaration()
    assert not AccessibilityPage.can_create_at(factories.home())


@pytest.mark.parametrize(
    ("language", "addresses"),
    [
        ("pl", ["/", "/aktualnosci/", "/wydarzenia/", "/katalog/", "/koalicja/"]),
        ("en", ["/en/", "/en/news/", "/en/events/", "/en/catalogue/", "/en/coalition/"]),
    ],
)
def test_sections_have_addresses_in_their_language(language, addresses):
    home = factories.home(language)
    assert [home.url, *(page.url for page in home.sections)] == addresses


def test_drafts_are_not_found():
    page = factories.standard_page(live=False)
    assert not StandardPage.objects.published().filter(pk=page.pk).exists()
