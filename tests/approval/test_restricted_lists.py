"""The lists of things beside the pages: none of them says the title of a draft that is kept to named people."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import ForeignKey
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from approval import restriction
from approval.models import GatedMixin
from catalog.models import ChapterCare, DocumentTemplate
from home.models import SearchRecommendation, User
from tests import factories
from tests.approval.scene import crew
from tests.workflow import fresh, submit

pytestmark = pytest.mark.django_db
SECRET = "Tajnoslowny"
OTHERS = ("koordynatorka", "tlumaczka")


@pytest.fixture
def kept(module_tree) -> Any:
    author, reviewer, _approver, _translator = crew()
    chapter = factories.chapter(title=f"{SECRET} rozdział", live=False)
    chapter.save_revision(user=author)
    restriction.restrict(fresh(chapter), [author, reviewer], author)
    return fresh(chapter)


@pytest.fixture
def template(kept) -> DocumentTemplate:
    """Its draft says the chapter, as that of a recommendation does; their author may know that."""
    SearchRecommendation(live=False, words="termin", reason="Ważne.", first_page=kept.page_ptr).save()
    made = factories.document_template(live=False, key="kept", chapter=kept.page_ptr)
    submit(made, User.objects.get(username="autorka"))
    return fresh(made)


def test_every_snippet_that_names_a_page_is_looked_at_here():
    """Whoever adds one looks for its list, its form and its history below."""
    found = {
        model._meta.label
        for model in get_snippet_models()
        if issubclass(model, GatedMixin)
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and issubclass(field.related_model, Page)
    }
    assert found == {"catalog.DocumentTemplate", "home.SearchRecommendation"}


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("model", [m for m in get_snippet_models() if issubclass(m, GatedMixin)])
def test_no_list_of_snippets_says_its_title(client_as, pages, template, model, who):
    browser = client_as(pages(who))
    for query in ("", "?ordering=chapter", "?q=kept", "?export=csv"):
        answer = browser.get(reverse(model.snippet_viewset.get_url_name("list")) + query)
        assert SECRET not in answer.getvalue().decode(), query


@pytest.mark.parametrize("who", OTHERS)
def test_no_screen_of_the_snippet_itself_says_it(client_as, pages, template, who):
    browser = client_as(pages(who))
    addresses = [
        reverse(type(thing).snippet_viewset.get_url_name(name), args=[thing.pk])
        for thing in (template, SearchRecommendation.objects.get(words="termin"))
        for name in ("edit", "history", "usage")
    ]
    state = template.current_workflow_task_state
    for address in (*addresses, reverse("newsroom:decide", args=[state.pk])):
        assert SECRET not in browser.get(address).content.decode(), address


def test_whoever_may_know_of_it_reads_it_in_the_list(client_as, autorka, template):
    address = reverse(DocumentTemplate.snippet_viewset.get_url_name("list"))
    assert SECRET in client_as(autorka).get(address).content.decode()


def test_whoever_looked_after_a_chapter_is_reminded_of_none_that_is_kept_from_them(client_as, koordynatorka, kept):
    ChapterCare.objects.create(page=kept, keeper=koordynatorka, review_by="2020-01-01")
    type(kept).objects.filter(pk=kept.pk).update(live=True)
    assert SECRET not in client_as(koordynatorka).get("/admin/").content.decode()


def test_the_list_of_templates_asks_once_for_all_chapters(client_as, autorka, module_tree):
    address, browser = reverse(DocumentTemplate.snippet_viewset.get_url_name("list")), client_as(autorka)
    counts = []
    for times in (2, 8):
        for _number in range(times):
            factories.document_template(live=False, chapter=factories.chapter().page_ptr)
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            browser.get(address)
        counts.append(sum('FROM "wagtailcore_page"' in query["sql"] for query in asked.captured_queries))
    assert counts[0] == counts[1]
