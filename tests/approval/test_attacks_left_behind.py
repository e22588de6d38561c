"""Attacks by what is left behind: a text is gone or closed, and its translation or its file is still handed out."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from approval.models import Act, LedgerEntry
from catalog.models import CatalogIndexPage, DocumentTemplate, TemplatesPage
from tests import factories
from tests.approval.scene import crew
from tests.workflow import fresh, publish_properly

pytestmark = pytest.mark.django_db
ADDRESSES = ("/katalog/wzory/application.docx", "/en/catalogue/templates/application.docx")


@pytest.fixture
def template(module_tree) -> DocumentTemplate:
    return factories.document_template(key="application", title="Wniosek")


@pytest.fixture
def english(template) -> DocumentTemplate:
    _author, reviewer, approver, translator = crew()
    twin = DocumentTemplate.objects.get(translation_key=template.translation_key, locale__language_code="en")
    twin.title, twin.docx = "Application", factories.word_file("Application", "en")
    twin.save_revision(user=translator)
    return publish_properly(fresh(twin), translator, reviewer, approver)


def gets(*addresses: str) -> list[bool]:
    """Whether a visitor is given something at each address, wherever it leads to."""
    return [Client().get(address, follow=True).status_code == 200 for address in addresses]


@pytest.fixture
def take_down(client_as, koordynatorka, django_capture_on_commit_callbacks) -> Any:
    def goes(thing: Any) -> None:
        url = reverse(type(thing).snippet_viewset.get_url_name("unpublish"), args=[thing.pk])
        with django_capture_on_commit_callbacks(execute=True):
            client_as(koordynatorka).post(url, {"reason": "Wzór podaje zły termin."})

    return goes


def test_the_translation_of_a_template_goes_with_its_original(take_down, koordynatorka, template, english):
    files = template.docx.url, english.docx.url
    assert gets(*ADDRESSES, *files) == [True] * 4
    take_down(template)
    assert gets(*ADDRESSES, *files) == [False] * 4
    for one in (template, english):
        entry = LedgerEntry.objects.for_instance(one).get(act=Act.TAKEN_DOWN)
        assert (entry.user, entry.reason) == (koordynatorka, "Wzór podaje zły termin.")


def test_a_translation_taken_down_leaves_its_original(take_down, template, english):
    take_down(english)
    assert fresh(template).live
    assert Client().get(english.docx.url, follow=True).redirect_chain[-1][0] == template.docx.url


def test_the_translation_of_a_term_goes_with_its_original(take_down, module_tree):
    term = factories.term("kworum", definition="Źle.")
    other = factories.term("quorum", language="en", translates=term, definition="Wrong.")
    assert "Wrong." in Client().get("/en/catalogue/glossary/").content.decode()
    take_down(term)
    assert "Wrong." not in Client().get("/en/catalogue/glossary/").content.decode()
    assert LedgerEntry.objects.for_instance(other).filter(act=Act.TAKEN_DOWN).count() == 1


def test_who_takes_it_down_is_told_what_goes_too(client_as, koordynatorka, template, english):
    url = reverse(DocumentTemplate.snippet_viewset.get_url_name("unpublish"), args=[template.pk])
    assert "Application" in client_as(koordynatorka).get(url).content.decode()


@pytest.mark.parametrize("closed", [CatalogIndexPage, TemplatesPage])
def test_a_closed_page_gives_out_no_file_of_its_templates(template, english, closed):
    page = closed.objects.get(locale__language_code="pl")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert gets(ADDRESSES[0], template.docx.url) == [False, False]
    assert gets(ADDRESSES[1], english.docx.url) == [True, True], "the English page is as open as it was"


def test_a_page_that_is_down_gives_out_no_file_of_its_templates(template):
    TemplatesPage.objects.filter(locale__language_code="pl").update(live=False)
    assert gets(ADDRESSES[0], template.docx.url) == [False, False]
