"""Attacks on editions: what visitors download was approved by somebody else, and stays what it was."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from approval import roles
from approval.publish_guard import NotApprovedError
from approval.refusals import RefusedError
from catalog.editions import making
from catalog.models import Edition
from tests.approval.scene import crew
from tests.catalog.editions import begun, chapters, editions_url, made, newest, page
from tests.workflow import fresh, log_in, person, publish_properly, refused_politely, submit, take_step

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def makers(module_tree):
    chapters()
    return person("koordynatorka", roles.COORDINATORS), person("koordynator2", roles.COORDINATORS)


@pytest.fixture(scope="module")
def draft_row(makers):
    return made(makers[0], "1.1")


@pytest.fixture(scope="module")
def public_row(makers):
    return publish_properly(made(makers[0], "1.2"), makers[0], crew()[1], makers[1])


@pytest.fixture
def draft(draft_row):
    return fresh(draft_row)


@pytest.fixture
def public(public_row):
    return fresh(public_row)


def addresses(edition):
    address = f"{page().url}{edition.number}/"
    return [address, *(f"{address}{edition.file_name(kind, page().file_slug)}" for kind in ("pdf", "epub"))]


def test_visitors_get_nothing_of_a_draft_at_any_address(client, draft):
    for address in (*addresses(draft), *(reverse("catalog_edition_draft", args=[draft.pk, kind]) for kind in ("pdf",))):
        assert client.get(address).status_code in (302, 404), address
    assert draft.number not in client.get(page().url).content.decode()
    assert client.get(reverse("catalog_edition_progress", args=[draft.pk])).status_code == 302


def test_where_a_file_is_kept_is_guessed_by_nobody_and_handed_out_by_the_site_alone(draft):
    name = newest(draft).files["pdf"]["name"]
    assert name.startswith("documents/editions/")  # deploy/nginx: what is below documents comes from the site
    assert len(name.split("/")[2]) >= 12


def test_who_made_it_approves_it_at_no_step(makers, draft):
    submit(draft, makers[0])
    for _step in ("review", "approval"):
        with pytest.raises((RefusedError, PermissionError)):
            take_step(draft, makers[0])
    assert not fresh(draft).live


def test_only_coordinators_make_one(draft):
    for role in (roles.AUTHORS, roles.LANGUAGE_EDITORS, roles.TRANSLATORS):
        browser = log_in(person(f"kto-{role.key}", role))
        facts = {"language": "pl", "number": "7.7", "date": "2026-11-30", "notes": ""}
        assert refused_politely(browser.post(editions_url("add"), facts)), role.key
        assert refused_politely(browser.post(reverse("catalog_edition_again", args=[draft.pk]))), role.key
    assert not Edition.objects.filter(number="7.7").exists()


def test_an_edition_without_its_files_goes_to_nobody(makers):
    edition = begun(makers[0], "1.3")
    with pytest.raises((RefusedError, ValidationError, NotApprovedError)):
        publish_properly(edition, makers[0], crew()[1], makers[1])
    assert not fresh(edition).live


@pytest.mark.parametrize(
    "change",
    [
        {"files": {"pdf": {"name": "documents/other.pdf", "size": 1, "sha256": "0" * 64}}},
        {"number": "6.6"},
        {"language": "en"},
        {"licence": "all rights reserved"},
        {"source_sha256": "0" * 64},
    ],
)
def test_what_is_public_changes_by_no_save(public, change):
    for name, value in change.items():
        setattr(public, name, value)
    with pytest.raises((ValidationError, NotApprovedError)):
        public.save()
    with pytest.raises(ValidationError):
        public.save_revision(user=crew()[0])


def test_the_form_of_a_public_edition_changes_its_notes_alone(makers, public):
    form = {"notes": "Poprawka", "number": "6.6", "files": json.dumps({}), "language": "en"}
    log_in(makers[0]).post(editions_url("edit", public.pk), form)
    version = newest(public)
    assert (version.number, version.language, version.files) == (public.number, public.language, public.files)


def test_its_files_are_not_made_again_once_it_is_public_or_sent(makers, public, draft):
    version = newest(public)
    browser = log_in(makers[0])
    browser.post(reverse("catalog_edition_again", args=[public.pk]))
    assert fresh(public.build).state == "done"
    with pytest.raises(making.NotMadeError):
        making.attach(public.pk, public.source.content, {"pdf": b"x", "epub": b"y"}, makers[0])
    assert newest(public).files == version.files
    submit(draft, makers[0])
    with pytest.raises(making.NotMadeError):
        making.attach(draft.pk, draft.source.content, {"pdf": b"x", "epub": b"y"}, makers[0])


def test_other_content_than_was_frozen_becomes_no_file(makers):
    edition = made(makers[0], "1.4")
    content = {**edition.source.content, "title": "Something else"}
    with pytest.raises(making.NotMadeError):
        making.attach(edition.pk, content, {"pdf": b"x", "epub": b"y"}, makers[0])


def test_an_edition_that_is_taken_down_is_not_served_and_comes_back_the_same(client, makers, public):
    before = [client.get(address).status_code for address in addresses(public)]
    assert before == [200, 200, 200]
    public.unpublish(user=makers[1])
    assert [client.get(address).status_code for address in addresses(public)] == [404, 404, 404]
    assert fresh(public).files == public.files
