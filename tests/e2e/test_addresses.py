"""An address typed in the editor keeps its letters, without accents."""

from playwright.sync_api import expect

from tests import factories


def test_the_editor_writes_letters_without_accents(new_page, log_in):
    browser = log_in("autorka", new_page())
    browser.goto(f"/admin/pages/add/news/newspage/{factories.section('news').pk}/")
    browser.get_by_role("tab", name="Promocja").click()
    field = browser.locator("#id_slug")
    for typed, address in (("Źródła i ławki", "zrodla-i-lawki"), ("Сусіди", "susidi"), ("lawki_2026", "lawki_2026")):
        field.fill(typed)
        field.blur()
        expect(field).to_have_value(address)
