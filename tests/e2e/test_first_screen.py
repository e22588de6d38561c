"""What only a browser shows of the first screen: the tour by keyboard, and that a phone has room for what matters."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import LOOKS

DESK = {"width": 1366, "height": 768}
OVERLAP = """([above, below]) => {
    const [a, b] = [above, below].map(each => document.querySelector(each).getBoundingClientRect());
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}"""
WORDS_OF_MESSAGE = """() => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector(".messages li"));
    const button = document.querySelector(".sidebar-nav-toggle").getBoundingClientRect();
    return [...range.getClientRects()].filter(line => line.left < button.right && line.top < button.bottom
        && line.width && button.left < line.right && button.top < line.bottom).length;
}"""


def lowest(page: Page, selector: str) -> float:
    box = page.locator(selector).last.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_the_tour_is_walked_by_keyboard_and_never_comes_again(new_page, log_in, axe):
    page = new_page(viewport=DESK, reduced_motion="reduce")
    with page.expect_response("**/dismissibles/"):
        log_in("tlumaczka", page, is_first_day=True)
    tour = page.get_by_role("dialog", name=re.compile("Tu zaczynasz|day begins"))
    expect(tour).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert axe(page) == []
    headings = []
    while True:
        heading = page.locator("#tour-heading")
        expect(heading).to_be_focused()  # a screen reader says each stop
        headings.append(heading.inner_text())
        if not page.locator("[data-tour-next]").is_visible():
            break
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    assert len(set(headings)) == len(headings) > 4
    page.reload()  # without an end to it
    expect(page.locator(".first-screen__title")).to_be_visible()
    expect(page.locator("dialog.tour")).to_be_hidden()
    page.goto("/admin/?tour=1")  # where help leads to
    expect(tour).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.tour")).to_be_hidden()


@pytest.mark.parametrize("look", [DESK, LOOKS["light-phone"]], ids=["1366", "390"])
def test_what_can_be_done_is_on_the_first_screen_and_under_nothing(new_page, log_in, look):
    page = log_in("redaktorka", new_page(viewport=look, reduced_motion="reduce"))
    assert lowest(page, ".first-steps a") < look["height"]
    assert lowest(page, "#dashboard-waits") < look["height"]
    assert not page.evaluate(OVERLAP, [".sidebar-nav-toggle", ".first-steps"])
    assert page.evaluate("document.documentElement.scrollWidth") <= look["width"]
    page.get_by_role("link", name="Sprawdź").first.click()
    page.get_by_role("button", name="Biorę to").click()
    expect(page.locator(".messages li")).to_be_visible()
    assert page.evaluate(WORDS_OF_MESSAGE) == 0, "the button of the menu lies over the message"


def push(page: Page) -> int:
    """By how many pixels the screen stands aside."""
    return page.evaluate("document.querySelector('#main').scrollLeft + scrollX")


def test_the_editor_on_a_phone_keeps_its_button_in_sight_and_stands_still(new_page, log_in):
    page = log_in("autorka", new_page(viewport=LOOKS["light-phone"], reduced_motion="reduce"), at="/admin/news/")
    page.get_by_role("link", name=re.compile("Dodaj", re.IGNORECASE)).first.click()
    page.wait_for_load_state()
    button = page.locator("footer [data-a11y-dialog-show=send-dialog]")
    expect(button).to_be_in_viewport()
    field = page.locator("#id_lead_image_alt")
    field.focus()  # by keyboard nothing gets under the button
    expect(field).to_be_in_viewport()
    assert not page.evaluate(OVERLAP, ["#id_lead_image_alt", "footer.footer"])
    page.locator("[data-comment-add]:visible").first.click()
    expect(page.locator(".comment textarea").first).to_be_focused()
    assert push(page) == 0


def test_a_list_on_a_phone_keeps_what_can_be_done_with_many_in_sight(new_page, log_in):
    page = log_in("koordynatorka", new_page(viewport=LOOKS["light-phone"], reduced_motion="reduce"), at="/admin/news/")
    page.locator("#listing-results td [type=checkbox]").first.check()
    for button in page.locator(".bulk-actions-buttons .button").all():
        expect(button).to_be_in_viewport(ratio=1)
    assert push(page) == 0
