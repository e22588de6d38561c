"""Taking down is fast and told; what was public is kept; addresses keep working."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, Page

from approval import dates
from approval.models import Act, LedgerEntry
from approval.quoting import quoted
from approval.refusals import RefusedError
from approval.signals import decided
from approval.views.subjects import address
from home.bootstrap import home_of
from home.models import StandardPage
from tests.reading import document, words
from tests.records import last
from tests.workflow import (
    APPROVED,
    SMUGGLED,
    edit_url,
    form_of,
    fresh,
    news_index,
    publish_properly,
    submit,
    what_visitors_see,
)

SEARCHES = True


def unpublish_url(page: Any) -> str:
    return reverse("wagtailadmin_pages:unpublish", args=[page.pk])


@pytest.fixture
def archived(live_page, koordynatorka, client_as) -> Any:
    """A live page that koordynatorka took down."""
    client_as(koordynatorka).post(unpublish_url(live_page), {"reason": "Błąd w dacie"})
    return fresh(live_page)


# --- Taking down ----------------------------------------------------------------------------


def test_one_coordinator_takes_a_page_down_in_one_step(live_page, koordynatorka, client_as):
    heard = []
    listener = lambda entry, **_signal: heard.append(entry)  # noqa: E731 (kept alive by its name)
    decided.connect(listener)
    try:
        client_as(koordynatorka).post(unpublish_url(live_page), {"reason": "  Błąd w dacie "})
    finally:
        decided.disconnect(listener)
    assert what_visitors_see(live_page)[0] == 404
    entry = last(live_page)
    assert (entry.act, entry.user, entry.reason) == (Act.TAKEN_DOWN, koordynatorka, "Błąd w dacie")
    assert heard == [entry]


def test_no_reason_is_needed_and_no_lock_is_in_the_way(live_page, autorka, koordynatorka, client_as):
    client_as(autorka).post(edit_url(live_page), form_of(live_page, lead="In review now", **{"action-submit": "1"}))
    assert fresh(live_page).current_workflow_state
    assert unpublish_url(live_page) in client_as(koordynatorka).get(edit_url(live_page)).content.decode()
    client_as(koordynatorka).post(unpublish_url(live_page))
    assert not fresh(live_page).live
    assert last(live_page).reason == ""


def test_taking_down_many_at_once_is_recorded_for_each_with_a_reason_for_all(live_page, koordynatorka, client_as):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    browser = client_as(koordynatorka)
    assert 'name="reason"' in browser.get(f"{url}?id={live_page.pk}").content.decode()
    browser.post(f"{url}?id={live_page.pk}", {"reason": " Błąd w dacie "})
    entry = last(live_page)
    assert (entry.act, entry.user, entry.reason) == (Act.TAKEN_DOWN, koordynatorka, "Błąd w dacie")


# --- Kept, not deleted ----------------------------------------------------------------------


@pytest.mark.parametrize("state", ["live_page", "archived"])
def test_what_was_public_is_explained_and_kept_instead_of_deleted(state, pages, koordynatorka, admin, client_as):
    page = pages(state)
    for person in (koordynatorka, admin):
        browser = client_as(person)
        answer = browser.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
        assert answer.status_code == 302
        assert fresh(page), person
    shown = browser.get(answer.url).content.decode()
    assert str(page.title) in shown
    assert "messages" in shown


def test_parent_of_what_was_public_is_kept_too(live_page, admin, client_as):
    client_as(admin).post(reverse("wagtailadmin_pages:delete", args=[news_index().pk]))
    assert fresh(live_page)


def test_bulk_deletion_leaves_what_was_public(live_page, draft, admin, client_as):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client_as(admin).post(f"{url}?id={live_page.pk}&id={draft.pk}", {})
    assert Page.objects.filter(pk=live_page.pk).exists()
    assert not Page.objects.filter(pk=draft.pk).exists()


def test_shell_deletes_nothing_that_was_public(live_page):
    with pytest.raises(RefusedError), transaction.atomic():
        live_page.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        live_page.live_revision.delete()


def test_draft_that_nobody_saw_can_be_deleted(draft, koordynatorka, client_as):
    client_as(koordynatorka).post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))
    assert not Page.objects.filter(pk=draft.pk).exists()


def test_versions_that_were_published_are_kept_when_newer_ones_are(live_page, autorka, redaktorka, koordynatorka):
    first = live_page.live_revision_id
    live_page.lead = "Second text"
    live_page.save_revision(user=autorka)
    page = publish_properly(live_page, autorka, redaktorka, koordynatorka)
    with pytest.raises(ProtectedError), transaction.atomic():  # `purge_revisions` goes on at this error
        page.revisions.get(pk=first).delete()
    assert page.revisions.filter(pk=first).exists()


# --- The archive ----------------------------------------------------------------------------


def test_archive_lists_what_was_taken_down_by_whom_and_why(archived, draft, koordynatorka, client_as):
    shown = client_as(koordynatorka).get(reverse("newsroom:archive")).content.decode()
    assert archived.title in shown
    assert "Błąd w dacie" in shown
    assert koordynatorka.name in shown
    assert address("newsroom:restore", archived) in shown
    assert f"/admin/pages/{draft.pk}/edit/" not in shown


def words_about(page: Any, answer: Any) -> str:
    """What a list of pages says of `page`."""
    (row,) = document(answer).xpath(f"//tr[.//a[starts-with(@href, '/admin/pages/{page.pk}/')]]")
    return words(row)


def test_an_archived_page_is_called_so_since_when_and_no_draft(archived, draft, autorka, client_as):
    browser = client_as(autorka)
    since = f"w archiwum od {dates.day(last(archived).at)}"
    listing = browser.get(reverse("wagtailadmin_explore", args=[archived.get_parent().pk]))
    searched = browser.get(reverse("wagtailadmin_pages:search"), {"q": archived.title})
    for answer in (listing, searched):
        assert since in words_about(archived, answer)
        assert "robocza" not in words_about(archived, answer)
    assert "wersja robocza" in words_about(draft, listing)
    (state,) = document(browser.get(edit_url(archived))).xpath("//*[@data-side-panel='status']")
    assert since in words(state).lower()
    assert "Wersja robocza" not in words(state)
    told = browser.get(reverse("wagtailadmin_api:pages:detail", args=[archived.pk])).json()
    assert told["meta"]["status"]["status"] == "w\N{NO-BREAK SPACE}archiwum"


def test_an_archived_page_that_is_on_its_way_back_is_called_by_that(archived, autorka, client_as):
    archived.save_revision(user=autorka)
    submit(archived, autorka)
    listing = client_as(autorka).get(reverse("wagtailadmin_explore", args=[archived.get_parent().pk]))
    assert "etap: Redakcja językowa" in words_about(archived, listing)


@pytest.mark.parametrize("who", ["autorka", "redaktorka"])
def test_archive_is_for_those_who_take_down(who, archived, request, client_as):
    browser = client_as(request.getfixturevalue(who))
    assert browser.get(reverse("newsroom:archive")).status_code == 302
    browser.post(address("newsroom:restore", archived))
    assert not fresh(archived).live


def test_archived_page_comes_back_as_it_was_approved_without_a_new_approval(archived, koordynator2, client_as):
    approved = LedgerEntry.objects.for_instance(archived).get(act=Act.PUBLISHED)
    assert client_as(koordynator2).get(address("newsroom:restore", archived)).status_code == 200
    client_as(koordynator2).post(address("newsroom:restore", archived))
    assert APPROVED in what_visitors_see(fresh(archived))[1]
    entry = last(archived)
    assert (entry.act, entry.user, entry.digest) == (Act.RESTORED, koordynator2, approved.digest)
    assert fresh(archived).first_published_at == archived.first_published_at
    call_command("verify_approvals")


def test_changed_archived_page_comes_back_without_the_change(archived, autorka, koordynatorka, client_as):
    client_as(autorka).post(edit_url(archived), form_of(archived, lead=SMUGGLED))
    step = submit(fresh(archived), autorka)
    client_as(koordynatorka).post(address("newsroom:restore", archived))
    page = fresh(archived)
    assert page.current_workflow_task_state == step, "nobody has to send it again"
    assert SMUGGLED not in what_visitors_see(page)[1]
    assert page.get_latest_revision_as_object().lead == SMUGGLED, "the change stays as a draft"


def test_version_that_was_tampered_with_is_not_restored(archived, koordynatorka, client_as):
    revision = archived.revisions.get(
        pk=LedgerEntry.objects.for_instance(archived).get(act=Act.PUBLISHED).revision_number
    )
    archived.revisions.filter(pk=revision.pk).update(content={**revision.content, "lead": SMUGGLED})
    client_as(koordynatorka).post(address("newsroom:restore", archived))
    assert not fresh(archived).live


def test_page_published_only_in_an_emergency_is_not_restored(draft, koordynatorka, client_as):
    browser = client_as(koordynatorka)
    browser.post(
        address("approval:emergency", draft), {"reason": "Zbiórka odwołana!" * 2, "revision": draft.latest_revision_id}
    )
    browser.post(unpublish_url(draft))
    browser.post(address("newsroom:restore", draft))
    assert not fresh(draft).live


# --- Moving ---------------------------------------------------------------------------------


def standard_page(title: str, author: Any) -> StandardPage:
    page = StandardPage(title=title, slug=title.lower(), owner=author, live=False)
    home_of(Locale.get_default()).add_child(instance=page)
    page.save_revision(user=author)
    return page


def test_moving_a_live_page_leaves_redirects_for_it_and_what_is_below(
    autorka, redaktorka, koordynatorka, koordynator2, client_as
):
    people = autorka, redaktorka, koordynatorka
    parent = publish_properly(standard_page("Contact", autorka), *people)
    page = publish_properly(standard_page("Old", autorka), *people)
    child = StandardPage(title="Below", slug="below", owner=autorka, live=False)
    page.add_child(instance=child)
    child.save_revision(user=autorka)
    child = publish_properly(child, *people)
    before = page.url, child.url
    client_as(koordynator2).post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, parent.pk]))
    after = fresh(page).url, fresh(child).url
    assert before == ("/old/", "/old/below/")
    assert after == ("/contact/old/", "/contact/old/below/")
    for old, new in zip(before, after, strict=True):
        answer = Client().get(old)
        assert (answer.status_code, answer["Location"]) == (301, new)
    call_command("verify_approvals")


def test_new_address_that_was_approved_leaves_a_redirect(
    live_page, autorka, redaktorka, koordynatorka, django_capture_on_commit_callbacks
):
    before = live_page.url
    live_page.slug = "new-address"
    live_page.save_revision(user=autorka)
    with django_capture_on_commit_callbacks(execute=True):
        page = publish_properly(live_page, autorka, redaktorka, koordynatorka)
    answer = Client().get(before)
    assert (answer.status_code, answer["Location"]) == (301, page.url)


def test_titles_stand_between_the_quotation_marks_of_the_reader():
    with override("pl"):
        assert quoted(["Pierwsza", "Druga"]) == "„Pierwsza”, „Druga”"
