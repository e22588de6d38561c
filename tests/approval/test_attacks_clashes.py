"""Attacks by a name that is taken: whoever types one is told so beside the field, and whoever decides, in words."""

import pytest
from django.urls import reverse

from catalog.models import DocumentTemplate
from tests import factories
from tests.workflow import fresh, submit

pytestmark = pytest.mark.django_db
TAKEN = "Inny wzór ma już tę nazwę w\u00a0adresie. Wpisz inną."


def url(name, *args):
    return reverse(f"wagtailsnippets_catalog_documenttemplate:{name}", args=args)


def form(template, **changes):
    return {"key": template.key, "title": template.title, "purpose": template.purpose, "place": "1",
            "docx": template.docx_id, "odt": "", "pdf": "", "chapter": "", **changes}  # fmt: skip


@pytest.fixture
def public(module_tree):
    return factories.document_template(key="application")


@pytest.fixture
def draft(module_tree):
    return factories.document_template(live=False, key="other")


@pytest.mark.parametrize("action", [{}, {"action-submit": "1"}])
def test_a_new_template_with_a_taken_key_is_refused_beside_its_field(client_as, autorka, public, action):
    answer = client_as(autorka).post(url("add"), form(public, title="Drugi", **action))
    assert answer.context["form"].errors["key"] == [TAKEN]
    assert not DocumentTemplate.objects.filter(title="Drugi").exists()


@pytest.mark.parametrize("action", [{}, {"action-submit": "1"}])
def test_a_draft_is_not_given_a_taken_key(client_as, autorka, public, draft, action):
    answer = client_as(autorka).post(url("edit", draft.pk), form(draft, key="application", **action))
    assert answer.context["form"].errors["key"]
    assert fresh(draft).get_latest_revision_as_object().key == "other"
    assert not fresh(draft).workflow_in_progress


def test_whoever_decides_reads_of_a_key_taken_meanwhile(client_as, autorka, redaktorka, koordynatorka, draft):
    """Two drafts ask for one key, and nothing in the database knows it: the first approved has it."""
    text = draft.get_latest_revision_as_object()
    text.key = "wanted"
    text.save_revision(user=autorka)
    submit(fresh(draft), autorka)
    factories.document_template(key="wanted", title="Szybszy")
    for who in (redaktorka, koordynatorka):
        state = fresh(draft).current_workflow_task_state
        address = reverse("newsroom:decide", args=[state.pk])
        assert TAKEN in client_as(who).get(address).content.decode()
        assert client_as(who).post(address, {"action": "approve"}).status_code in (200, 302)
    assert not fresh(draft).live
    assert fresh(draft).workflow_in_progress, "it waits until somebody gives it another name"
