"""What only a browser shows of sending and deciding: keys, the dialogue, and the width of the preview."""

import re

import pytest
from playwright.sync_api import expect
from wagtail.admin.admin_url_finder import AdminURLFinder

from events.models import Venue
from home.models import User
from news.models import NewsPage
from tests.e2e.footer import press, write_body
from tests.e2e.test_publication import WAITING
from tests.workflow import draft_of, edit_url, fresh

NOTE = "Proszę o szybkie spojrzenie."


def test_a_text_is_sent_by_keyboard_and_never_by_accident(page, log_in, axe):
    log_in("autorka")
    page.locator("a[href*='/add/news/newspage/']").first.click()
    page.fill("#id_lead", "Krótko.")
    page.select_option("#id_kind", "invitation")
    page.fill("#id_title", "Wysłane klawiaturą")
    write_body(page, "Będzie herbata.")
    press(page, ".action-save")
    page.focus("#id_title")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    text = NewsPage.objects.get(slug="wyslane-klawiatura")
    assert text.current_workflow_state is None, "Enter in a field saves"

    page.focus("footer [data-a11y-dialog-show=send-dialog]")
    page.keyboard.press("Enter")
    dialogue = page.locator("#send-dialog")
    expect(dialogue.get_by_text("Renata Redaktorska")).to_be_visible()
    assert page.evaluate("document.querySelector('#send-dialog').contains(document.activeElement)")
    assert [line for line in axe(page) if "send-dialog" in line] == []
    page.keyboard.press("Escape")
    expect(dialogue).to_be_hidden()
    assert fresh(text).current_workflow_state is None

    page.keyboard.press("Enter")  # the focus is back on the button
    page.fill("#submission-note", NOTE)
    with page.expect_navigation():
        dialogue.locator("[name=action-submit]").press("Enter")
    assert re.search(r"/admin/$", page.url)
    assert fresh(text).current_workflow_task_state.note.text == NOTE


def test_what_is_missing_is_asked_before_the_note_and_each_link_leads_to_its_place(page, log_in, axe):
    text = draft_of(User.objects.get(username="autorka"), "Czegoś brakuje")
    NewsPage.objects.filter(pk=text.pk).update(kind="")
    text.refresh_from_db()
    text.save_revision(user=User.objects.get(username="autorka"), clean=False)
    log_in("autorka", at=edit_url(text))
    write_body(page, "Będzie herbata.")
    page.get_by_role("tab", name="Promocja").click()
    button, dialogue = page.locator("footer [data-a11y-dialog-show=send-dialog]"), page.locator("#send-dialog")
    button.click()
    expect(dialogue.locator("[data-problem=kind]")).to_be_visible()
    expect(dialogue.locator("#submission-note")).to_be_hidden()
    assert [line for line in axe(page) if "send-dialog" in line] == []
    dialogue.get_by_role("link", name="Rodzaj").press("Enter")
    expect(dialogue).to_be_hidden()
    expect(page.locator("#id_kind")).to_be_focused()
    expect(page.locator("[data-contentpath=kind]")).to_contain_text("To pole jest wymagane")
    page.select_option("#id_kind", "invitation")
    button.click()
    expect(dialogue.locator("#submission-note")).to_be_visible()
    expect(page.locator("[data-contentpath=kind]")).not_to_contain_text("To pole jest wymagane")


def test_the_preview_is_as_wide_as_the_screen_that_was_chosen(page, log_in):
    state = NewsPage.objects.get(slug=WAITING).current_workflow_task_state
    page.set_viewport_size({"width": 1366, "height": 768})
    log_in("redaktorka", at=f"/admin/editorial/decide/{state.pk}/")
    frame = page.locator(".preview__page").element_handle().content_frame()
    frame.wait_for_load_state()
    for width in (390, 1280):
        page.locator(f"input[name=preview-width][value='{width}']").check()
        frame.wait_for_function("width => innerWidth >= width", arg=width)
        assert frame.evaluate("innerWidth") == width
        box = page.locator(".preview__window").bounding_box()
        assert box["width"] <= 1366
    button = page.locator(".decision__bar button[value=approve]")
    expect(button).to_be_in_viewport()


@pytest.mark.parametrize("kind", [NewsPage, Venue])
def test_the_button_says_only_what_will_be_sent(page, log_in, kind):
    text = kind.objects.filter(live=True, locale__language_code="pl", has_unpublished_changes=False).first()
    log_in("autorka", at=AdminURLFinder().get_edit_url(text))
    page.locator("footer [data-a11y-dialog-show=send-dialog]").click()
    dialogue = page.locator("#send-dialog")
    button = dialogue.locator("[name=action-submit]")
    expect(button).to_have_text(re.compile(r"^\s*Wyślij do redakcji językowej\s*$"), use_inner_text=True)
    dialogue.locator("input[data-small-correction]").check()
    expect(button).to_have_text(re.compile(r"^\s*Wyślij drobną poprawkę\s*$"), use_inner_text=True)
    page.evaluate("document.querySelector('#send-dialog [name=action-submit]').dataset.wProgressLoadingValue = 'true'")
    expect(button).to_have_text(re.compile(r"^\s*Wysyłanie…\s*$"), use_inner_text=True)
