"""The checks beside the editor, of a page whose author wrote five words."""

import pytest
from playwright.sync_api import Page, expect

from tests import factories

PAID = {"funding": "other", "funder": "Zadanie finansuje Miasto Kraków."}
FAULT = "<p><b><i>To tylko udaje nagłówek</i></b></p><p>A to jest zwykły akapit, który stoi pod nim i jest dłuższy.</p>"


@pytest.mark.parametrize(
    ("lead", "body", "words", "faults"),
    [("słów", [], "5", "0"), ("", [("text", FAULT)], "20", "1")],
    ids=["five words and the frame of the site", "what an author can mend"],
)
def test_the_text_is_counted_and_the_frame_is_no_fault(log_in, page: Page, lead, body, words, faults):
    news = factories.news(title="Pięć w jednym tytule", live=False, lead=lead, body=body, **PAID)
    log_in("admin")
    page.goto(f"/admin/pages/{news.pk}/edit/")
    page.locator("[data-side-panel-toggle=checks]").click()
    expect(page.locator("[data-own-word-count]")).to_have_text(words)
    expect(page.locator("[data-own-reading-time]")).to_have_text("1 min")
    expect(page.locator("[data-side-panel=checks] [data-content-checker-count]")).to_have_text(faults)
