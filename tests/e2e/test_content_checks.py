"""The checks beside the editor, of a page whose author wrote five words, and of one with a fault."""

from playwright.sync_api import Page, expect

from tests import factories

PAID = {"funding": "other", "funder": "Zadanie finansuje Miasto Kraków."}
FAULT = "<p><b><i>To tylko udaje nagłówek</i></b></p><p>A to jest zwykły akapit, który stoi pod nim i jest dłuższy.</p>"


def test_the_text_is_counted_and_only_what_its_author_can_mend_is_a_fault(log_in, page: Page):
    """The frame of the site is none."""
    for lead, body, words, faults in (("słów", [], "5", "0"), ("", [("text", FAULT)], "20", "1")):
        news = factories.news(title="Pięć w jednym tytule", live=False, lead=lead, body=body, **PAID)
        log_in("admin", at=f"/admin/pages/{news.pk}/edit/")
        panel = page.locator("[data-side-panel=checks]")
        if not panel.is_visible():  # it stays open from one page to the next
            page.locator("[data-side-panel-toggle=checks]").click()
        expect(page.locator("[data-own-word-count]")).to_have_text(words)
        expect(page.locator("[data-own-reading-time]")).to_have_text("1 min")
        expect(panel.locator("[data-content-checker-count]")).to_have_text(faults)
