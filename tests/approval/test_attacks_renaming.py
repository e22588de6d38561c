"""Attacks by "a small correction": what gives a thing another name, or another witness, goes the usual way."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from wagtail.models import Page, WorkflowMixin

from approval.diff.word_changes import NO_WORDS
from approval.models import GatedMixin
from home.models import SiteSettings
from tests import factories
from tests.approval.test_attacks_facts import form as fact_form
from tests.home.test_facts import SAID
from tests.workflow import fresh

pytestmark = pytest.mark.django_db

WORDS = {
    "home.SearchSynonym": {"words", "only_asked"},
    "home.SearchRecommendation": {"words", "reason"},
    "events.Venue": {"directions", "accessibility_contact", "access_notes"},
    "catalog.GlossaryTerm": {"definition"},
    "catalog.DocumentTemplate": {"purpose"},
    "catalog.Edition": {"notes"},
}
"""Of each snippet: the fields in which a typing error is a small matter. Whoever adds a field decides here."""


def edit(thing: Any) -> str:
    return reverse(type(thing).snippet_viewset.get_url_name("edit"), args=[thing.pk])


def term() -> tuple[Any, dict[str, Any], list[dict[str, Any]]]:
    found = factories.term("kworum", definition="Liczba osob.", synonyms="quorum")
    form = {"term": found.term, "definition": found.definition, "synonyms": found.synonyms}
    return found, form, [{"term": "większość"}, {"synonyms": "połowa obecnych"}]


def template() -> tuple[Any, dict[str, Any], list[dict[str, Any]]]:
    found = factories.document_template(key="power", title="Pełnomocnictwo")
    form = {"key": found.key, "title": found.title, "purpose": found.purpose, "place": "1",
            "docx": found.docx_id, "odt": "", "pdf": "", "chapter": ""}  # fmt: skip
    return found, form, [{"title": "Zrzeczenie praw"}]


def fact() -> tuple[Any, dict[str, Any], list[dict[str, Any]]]:
    found = factories.fact("members", **SAID)
    label = {"words-0-label": "Ilu obserwatorów", "words-1-label": "How many observers"}
    return found, fact_form(found), [{"checked_by": "Ktoś Inny"}, label]


@pytest.mark.parametrize("made", [term, template, fact])
def test_nothing_is_renamed_by_one_other_person(client_as, autorka, module_tree, made):
    thing, form, attacks = made()
    for changes in attacks:
        sent = {**form, **changes, "action-submit": "1", "small_correction": "on"}
        client_as(autorka).post(edit(thing), sent)
        state = fresh(thing).current_workflow_task_state
        assert state is None or state.task.specific.step != "correction", changes
        if state:
            fresh(thing).current_workflow_state.cancel(user=autorka)


def test_a_typing_error_in_a_definition_stays_a_small_matter(client_as, autorka, module_tree):
    thing, form, _attacks = term()
    sent = {**form, "definition": "Liczba osób.", "action-submit": "1", "small_correction": "on"}
    client_as(autorka).post(edit(thing), sent)
    assert fresh(thing).current_workflow_task_state.task.specific.step == "correction"


def test_every_field_of_words_is_known_as_words_or_as_a_fact():
    found = {}
    for model in apps.get_models():
        if (
            not issubclass(model, GatedMixin)
            or not issubclass(model, WorkflowMixin)
            or issubclass(model, Page | SiteSettings)
        ):
            continue
        names = {
            one.name
            for one in model._meta.concrete_fields
            if isinstance(one, models.CharField | models.TextField)
            and not isinstance(one, NO_WORDS)
            and one.editable
            and not one.flatchoices
        }
        found[model._meta.label] = names - set(getattr(model, "facts_in_words", ()))
    assert {label: names for label, names in found.items() if names} == WORDS
