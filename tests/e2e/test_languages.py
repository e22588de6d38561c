"""Between the languages, in a browser: a line for those who ask for the other one, and an honest answer."""

import re

import pytest
from playwright.sync_api import expect

from approval import publish_guard
from news.models import NewsPage
from tests.e2e.footer import press

PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize(
    ("locale", "address", "offered"),
    [
        ("en-GB", "/aktualnosci/", "en"),
        ("pl-PL", "/aktualnosci/", None),
        ("de-DE", "/aktualnosci/", None),
        ("pl-PL", "/en/news/", "pl"),
        ("en-US", "/en/news/", None),
    ],
)
def test_the_other_language_is_offered_to_those_whose_browser_asks_for_it(new_page, axe, locale, address, offered):
    page = new_page(locale=locale, viewport=PHONE)
    page.goto(address)
    assert page.url.endswith(address)
    shown = page.locator("[data-language-offer]:visible")
    assert [line.get_attribute("lang") for line in shown.all()] == ([offered] if offered else [])
    assert not page.context.cookies()
    if offered:
        assert axe(page) == []
        shown.locator("a").click()
        assert page.locator("html").get_attribute("lang") == offered


def test_without_scripts_nothing_is_offered(new_page):
    page = new_page(locale="en-GB", java_script_enabled=False)
    page.goto("/aktualnosci/")
    assert page.locator("[data-language-offer]").count() == 1
    assert page.locator("[data-language-offer]:visible").count() == 0


def test_a_page_that_is_not_translated_is_answered_honestly(new_page, axe):
    page = new_page(locale="en-GB", viewport=PHONE, color_scheme="dark")
    page.goto("/katalog/codzienna-praca/")
    page.locator(".languages a").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("main a[hreflang=pl] > span[lang=pl]").inner_text() == "Codzienna praca"
    assert axe(page) == []
    page.locator("main a[hreflang=pl]").first.click()
    assert page.url.endswith("/katalog/codzienna-praca/")


def test_words_in_another_language_are_marked_in_the_editor(page, log_in):
    """A screen reader reads them aloud as such: the button, the saved text, and what visitors get."""
    news = NewsPage.objects.get(slug="abc-dla-ngo-piec-pytan")
    log_in("autorka", at=f"/admin/pages/{news.pk}/edit/")
    text = page.locator(".Draftail-Editor .public-DraftEditor-content").first
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("Zaprosił nas Community Land Trust")
    for _letter in "Community Land Trust":
        page.keyboard.press("Shift+ArrowLeft")
    page.locator(".Draftail-ToolbarButton[name=ABROAD_EN]").first.click()
    # Draftail hands over what is written a quarter of a second after the last change.
    expect(page.locator("[name=body-0-value]")).to_have_value(re.compile("ABROAD_EN"))
    press(page, "button.action-save")
    news.refresh_from_db()
    draft = news.get_latest_revision_as_object()
    with publish_guard.trusted_command("tests"):
        draft.latest_revision.publish()
    page.goto(news.url)
    assert page.locator("main span[lang=en]", has_text="Community Land Trust").count() == 1
