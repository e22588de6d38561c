"""The address of a translation is made of its own title until it is public, unless somebody typed one."""

from typing import Any

import pytest
from django.urls import reverse

from approval.models import LedgerEntry
from tests.translation.test_segments import send
from tests.workflow import draft_of, edit_url, form_of, fresh, news_index, submit, take_step
from translation import drafts


def slug_of(page: Any) -> str:
    return fresh(page).get_latest_revision_as_object().slug


@pytest.fixture
def begun(live_page, english, tlumaczka) -> Any:
    return drafts.begin(live_page, english, tlumaczka)


@pytest.fixture
def browser(client_as, tlumaczka) -> Any:
    return client_as(tlumaczka)


def test_the_form_that_autosave_sends_again_keeps_no_polish_address(begun, browser):
    """The field of the address stays as it was when the form was opened."""
    opened = form_of(begun)["slug"]
    for title in ("N", "Neighbours", "Neighbours plant"):
        browser.post(edit_url(begun), form_of(begun, title=title, slug=opened))
    assert slug_of(begun) == "neighbours-plant"


def test_another_title_gives_another_address_after_the_form_was_opened_again(begun, browser):
    browser.post(edit_url(begun), form_of(begun, title="Neighbours"))
    browser.post(edit_url(begun), form_of(begun, title="Trees of neighbours"))
    assert slug_of(begun) == "trees-of-neighbours"


def test_an_address_that_somebody_typed_stays(begun, browser):
    browser.post(edit_url(begun), form_of(begun, title="Neighbours", slug="yard"))
    browser.post(edit_url(begun), form_of(begun, title="Trees of neighbours"))
    assert slug_of(begun) == "yard"


def test_the_address_of_a_public_translation_stays(translated, browser):
    before = slug_of(translated)
    browser.post(edit_url(translated), form_of(translated, title="Quite another title"))
    assert slug_of(translated) == before


def test_an_address_with_a_number_of_its_own_is_nobodys_choice(live_page, english, tlumaczka, browser):
    draft_of(tlumaczka, live_page.title, language="en")
    page = drafts.begin(live_page, english, tlumaczka)
    assert page.slug != live_page.slug
    browser.post(edit_url(page), form_of(page, title="Neighbours"))
    assert slug_of(page) == "neighbours"


def test_a_title_that_another_page_has_gets_a_number(begun, tlumaczka, browser):
    draft_of(tlumaczka, "Neighbours", language="en")
    browser.post(edit_url(begun), form_of(begun, title="Neighbours"))
    assert slug_of(begun) == "neighbours-2"
    assert news_index("en").get_children().filter(slug="neighbours").count() == 1


def test_segments_follow_their_title_too(standard_draft, browser):
    for title in ("Write", "Write to us here"):
        send(browser, standard_draft, {"title": title})
    assert slug_of(standard_draft) == "write-to-us-here"


def test_the_approver_reads_the_title_the_address_and_the_language_of_what_goes_live(
    live_page, english, tlumaczka, redaktorka, koordynatorka, client_as
):
    page = drafts.begin(live_page, english, tlumaczka)
    text = page.get_latest_revision_as_object()
    text.title, text.slug = "Neighbours", "neighbours"
    text.save_revision(user=tlumaczka, log_action=True)
    page = fresh(page)
    shown = client_as(redaktorka).get(reverse("newsroom:decide", args=[submit(page, tlumaczka).pk]))
    assert shown.context["address"].endswith("/neighbours/")
    take_step(page, redaktorka)
    take_step(fresh(page), koordynatorka)
    assert set(LedgerEntry.objects.for_instance(page).values_list("title", flat=True)) == {"Neighbours"}
    listed = client_as(koordynatorka).get(reverse("approval:ledger")).context["object_list"]
    assert {entry.language for entry in listed if entry.title == "Neighbours"} == {"EN"}
