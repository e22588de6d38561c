"""Suggestions while somebody types, by keyboard."""

from playwright.sync_api import expect


def test_suggestions_help_and_never_choose_for_anybody(page, axe):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "?q=" in request.url else None)
    page.goto("/")
    box, options = page.locator("#site-search"), page.locator("[role=option]")
    expect(box).to_have_role("combobox")
    box.press_sequentially("sąsi", delay=20)
    expect(options.first).to_be_visible()
    assert len(asked) == 1, "one question for a word that was typed at once"
    expect(page.locator(".search-box [role=status]").first).not_to_be_empty()
    assert axe(page) == []

    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    box.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("sąsi")

    box.fill("xqxq")
    expect(page.locator(".search-box [role=status]").first).to_be_empty()
    box.press_sequentially("xq", delay=300)
    assert len(asked) == 2, "what has no suggestions has none with more letters"
    box.press("Enter")
    page.wait_for_url("**/szukaj/?q=xqxqxq")

    box = page.locator("#results-search")
    box.focus()
    typed = "field.value = 'gal'; field.dispatchEvent(new InputEvent('input', {isComposing: true, bubbles: true}))"
    box.evaluate(f"field => {{ {typed} }}")  # as a telephone does until the word is whole
    expect(options.first).to_be_visible()
    box.fill("sąsi")
    expect(options.first).to_be_visible()
    chosen = options.first.text_content()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.locator("h1")).to_have_text(chosen)
