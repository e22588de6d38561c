"""Every kind of page as people meet it: with a keyboard, a small screen, in the dark, without scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests import factories

PAGES = {
    "home": "/",
    "home-en": "/en/",
    "standard": "/o-projekcie/",
    "declaration": "/deklaracja-dostepnosci/",
    "news-index": "/aktualnosci/",
    "news": "/aktualnosci/abc-dla-ngo-piec-pytan/",
    "news-en": "/en/news/",
    "event-index": "/wydarzenia/",
    "event-archive": "/wydarzenia/?when=archive",
    "event": None,
    "handbook": "/katalog/",
    "chapter": None,
    "glossary": "/katalog/slownik/",
    "glossary-en": "/en/catalogue/glossary/",
    "coalition": "/koalicja/",
    "member": None,
    "search": "/szukaj/?q=dzielnica",
    "search-mistyped": "/szukaj/?q=dzielnca&kind=catalog",
    "search-nothing": "/en/search/?q=xyzzy",
    "lost": "/nie-ma/",
}
FIRST_OF = {"event": "/wydarzenia/", "chapter": "/katalog/", "member": "/koalicja/", "news": "/aktualnosci/"}
COLOURS = ("color-contrast", "link-in-text-block")
"""What can differ between day and night: the rules of axe-core that look at colours."""
SIZES = {"dashboard": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}

every_page = pytest.mark.parametrize("name", PAGES)


def visit(page: Page, name: str) -> Page:
    """Opens one of PAGES: for a kind of item the first that its list leads to."""
    if name in FIRST_OF:
        page.goto(FIRST_OF[name])
        first = page.locator(f"main h2 a[href^='{FIRST_OF[name]}'], main h3 a[href^='{FIRST_OF[name]}']").first
        page.goto(first.get_attribute("href"))
    else:
        page.goto(PAGES[name])
    expect(page.locator("h1")).to_have_count(1)
    return page


@every_page
def test_every_kind_of_page_is_for_everybody(page, axe, name):
    """One visit: a silent console, no barrier that a machine finds by day or by night, no scrolling sideways.

    Whatever a page needs that comes from another host fails each test by itself.
    """
    visit(page, name)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    # Every rule at each size and each theme; where both are the others, what depends on both.
    for size, theme, rules in (("dashboard", "light", ()), ("dashboard", "dark", COLOURS), ("phone", "dark", ())):
        page.set_viewport_size(SIZES[size])
        page.emulate_media(color_scheme=theme)
        assert axe(page, rules) == [], (size, theme)
    page.emulate_media(color_scheme="light")
    assert axe(page, COLOURS) == [], "phone, light"
    page.set_viewport_size({"width": 320, "height": 640})  # WCAG 1.4.10: 1280 px at 400 %
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.reload()  # and so from the start
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert [line for line in page.said if not ("404" in line and name == "lost")] == []


# --- Keyboard -------------------------------------------------------------------------------


def test_the_first_stop_of_the_keyboard_is_the_way_past_the_menu(page):
    page.goto("/aktualnosci/")
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    expect(link).to_have_attribute("href", "#content")
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0  # to be seen while it has focus
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_focus_is_always_to_be_seen(page):
    page.goto("/aktualnosci/")
    for _stop in range(15):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "(e => [e.tagName, getComputedStyle(e).outlineStyle, e.getBoundingClientRect().width])"
            "(document.activeElement)"
        )
        assert style[1] != "none" and style[2] > 0, style


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(new_page):
    page = new_page(viewport=SIZES["phone"])
    page.goto("/")
    button = page.locator("[popovertarget=menu]").first
    news = page.locator("#menu a[href='/aktualnosci/']")
    expect(news).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(news).to_be_visible()
    page.keyboard.press("Escape")
    expect(news).to_be_hidden()


def test_the_search_of_a_phone_is_one_tap_away(new_page):
    page = new_page(viewport=SIZES["phone"], has_touch=True)
    page.goto("/")
    button = page.locator("[popovertarget=search-panel]").first
    size = button.bounding_box()
    assert min(size["width"], size["height"]) >= 44
    button.tap()
    expect(page.locator("#site-search")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#site-search")).to_be_hidden()
    expect(button).to_be_focused()


# --- Theme ----------------------------------------------------------------------------------


def background(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_the_theme_follows_the_system_until_somebody_chooses(new_page):
    light, dark = (new_page(color_scheme=scheme) for scheme in ("light", "dark"))
    for page in (light, dark):
        page.goto("/")
    assert background(light) != background(dark)


def test_a_chosen_theme_stays_on_the_next_page_and_the_next_day(new_page):
    page = new_page(color_scheme="light", viewport=SIZES["dashboard"])
    page.goto("/")
    day = background(page)
    page.locator("[data-theme-toggle]").click()
    evening = background(page)
    assert evening != day
    page.goto("/aktualnosci/")
    assert background(page) == evening
    tomorrow = page.context.new_page()
    tomorrow.goto("/")
    assert background(tomorrow) == evening
    tomorrow.locator("[data-theme-toggle]").click()
    assert background(tomorrow) == day
    assert page.context.cookies() == []  # it stays on the device


# --- Without JavaScript ---------------------------------------------------------------------


@pytest.fixture
def plain(new_page) -> Page:
    return new_page(java_script_enabled=False, viewport=SIZES["dashboard"])


def test_without_scripts_one_still_gets_everywhere(plain):
    plain.goto("/")
    menu = plain.locator("header nav a")
    for address in [link.get_attribute("href") for link in menu.all()]:
        assert plain.goto(address).status == 200
        expect(plain.locator("h1")).to_have_count(1)


def test_without_scripts_one_filters_and_searches(plain):
    plain.goto("/aktualnosci/")
    before = plain.locator("ol.rows > li").count()
    form = plain.locator("form.filters")
    if not form.locator("select").first.is_visible():
        plain.locator("summary").first.click()
    form.locator("[name=kind]").select_option("report")
    form.locator("button").click()
    assert "kind=report" in plain.url
    assert 0 < plain.locator("ol.rows > li").count() < before
    plain.locator("#site-search").fill("akademia")
    plain.keyboard.press("Enter")
    plain.wait_for_url("**/szukaj/**")
    found = plain.locator("main ol.rows > li").count()
    plain.get_by_role("navigation", name="Zawęź wyniki").get_by_role("link").first.click()
    assert 0 < plain.locator("main ol.rows > li").count() <= found


def test_without_scripts_there_is_no_button_that_does_nothing(plain):
    plain.goto("/")
    expect(plain.locator("[data-theme-toggle]")).to_be_hidden()


def test_the_language_switcher_leads_to_the_same_page(page):
    page.goto("/aktualnosci/")
    page.locator(".languages a").click()
    page.wait_for_url("**/en/news/")
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator(".languages a").click()
    page.wait_for_url(lambda url: url.endswith("/aktualnosci/"))


def test_a_film_loads_nothing_from_elsewhere_before_a_click(page):
    """A request to another host fails each test by itself."""
    film = {"url": "https://vimeo.com/76979871", "title": "Debata z napisami", "length": "1:32:10"}
    page.goto(factories.news(body=[("video", film)]).url)
    expect(page.get_by_role("link", name="Debata z napisami")).to_be_visible()
    assert page.locator("iframe").count() == 0
