"""What helps whoever writes: text from other programs keeps its form, and fields know what they are for."""

import json
import re

from playwright.sync_api import Page, expect
from taggit.models import Tag

from catalog.models import ChapterPage
from coalition.models import MemberPage
from home.models import SiteImage
from news.models import NewsPage
from tests.e2e.profiles import PATIENCE
from tests.factories import section
from tests.forms import add_address

PASTE = """(editor, html) => {
  const data = new DataTransfer();
  data.setData('text/html', html);
  data.setData('text/plain', 'x');
  editor.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""
SIGN = "<span style='mso-list:Ignore'>%s<span>&nbsp;&nbsp; </span></span>"
ITEM = "<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level%d lfo1'><![if !supportLists]>" + SIGN
TABLE = "<table><tr><td><p><b>Dzień</b></p></td><td><p>Co</p></td></tr><tr><td colspan=2>Sobota</td></tr></table>"
WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=PL><!--StartFragment-->
<p class=MsoTitle>Program zjazdu</p><h4>Dla kogo</h4>
{ITEM % (1, "·")}<![endif]>sąsiadki<o:p></o:p></p>{ITEM % (2, "o")}<![endif]>z Dębnik</p>
{ITEM % (1, "·")}<![endif]>radni</p>
<p class=MsoNormal>Zapisy:</p>{ITEM % (1, "1.")}<![endif]>napisz</p>
<p class=MsoNormal><a name="_Toc1">Więcej</a> w <a href="https://przyklad.example/">poradniku</a>.</p>{TABLE}<!--EndFragment-->
</body></html>"""
GOOGLE = f"""<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h1 dir="ltr">Program</h1>
<ul><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:700">sobota</span></p></li>
<ul><li dir="ltr" aria-level="2"><p dir="ltr">rano</p></li></ul></ul><div dir="ltr">{TABLE}</div>
<p dir="ltr"><a href="https://www.google.com/url?q=https://przyklad.example/&amp;sa=D">Zapisz się</a></p></b>"""


def paste(page: Page, html: str) -> None:
    page.locator(".public-DraftEditor-content").first.evaluate(PASTE, html)


def body(page: Page) -> list:
    """The blocks of the body as the form would send them; a text as (kind, depth, words) of its paragraphs."""
    found = []
    for block in page.locator("[data-contentpath='body'] [data-streamfield-child]").all():
        value = json.loads(block.locator("input[type=hidden][name$='-value']").first.input_value())
        if value and "blocks" in value:
            found.append([(part["type"], part["depth"], part["text"]) for part in value["blocks"]])
        else:
            found.append(value and value["data"])
    return found


def becomes(page: Page, wanted: list) -> None:
    """The editor writes its text into the form when nobody has typed for a moment."""
    for _time in range(PATIENCE // 250):
        if body(page) == wanted:
            return
        page.wait_for_timeout(250)
    assert body(page) == wanted


def test_a_text_from_word_or_google_docs_keeps_its_form(page: Page, log_in, shoot) -> None:
    log_in("autorka", at=add_address(NewsPage, section("news")))
    text = page.locator(".public-DraftEditor-content")
    expect(text).to_have_count(1)
    shoot(page, "empty-body")
    paste(page, WORD)
    expect(text).to_contain_text("Więcej w poradniku.")
    rows = [["Dzień", "Co"], ["Sobota", ""]]
    text_from_word = [
        [
            ("header-two", 0, "Program zjazdu"),
            ("header-three", 0, "Dla kogo"),
            ("unordered-list-item", 0, "sąsiadki"),
            ("unordered-list-item", 1, "z Dębnik"),
            ("unordered-list-item", 0, "radni"),
            ("unstyled", 0, "Zapisy:"),
            ("ordered-list-item", 0, "napisz"),
            ("unstyled", 0, "Więcej w poradniku."),
        ],
        rows,
    ]
    becomes(page, text_from_word)
    text.click()
    page.keyboard.press("Control+a")
    paste(page, GOOGLE)
    items = [("unordered-list-item", 0, "sobota"), ("unordered-list-item", 1, "rano")]
    lines = [("unstyled", 0, "Dzień | Co"), ("unstyled", 0, "Sobota")]
    last = [("unstyled", 0, "Zapisz się")]
    offer = page.get_by_role("button", name="Zamień na tabele")
    expect(offer).to_be_visible()
    becomes(page, [[("header-two", 0, "Program"), *items, *lines, *last], rows])
    shoot(page, "paste-table")
    offer.click()
    becomes(page, [[("header-two", 0, "Program"), *items], rows, last, rows])


def test_topics_pictures_and_addresses_help_whoever_fills_them_in(page: Page, log_in) -> None:
    """Comma and Enter end a topic, also while others are suggested; the description of a picture is offered and
    overwrites nothing; an address keeps its letters, without accents."""
    Tag.objects.create(name="szkolenie dla wszystkich")
    log_in("autorka", at=add_address(NewsPage, section("news")))

    topic, suggestion = page.locator(".tagit-new input"), page.locator(".ui-menu-item", has_text="dla wszystkich")
    made = page.locator(".tagit-label")
    for number, (words, key) in enumerate((("szko", ","), ("szk", "Enter")), start=1):
        topic.press_sequentially(words)
        expect(suggestion).to_be_visible()
        topic.press(key)
        expect(made).to_have_count(number)
        expect(topic).to_have_value("")
    topic.press_sequentially("szkol")
    expect(suggestion).to_be_visible()
    while "wszystkich" not in topic.input_value():
        topic.press("ArrowDown")
    topic.press("Enter")
    expect(made).to_have_text(["szko", "szk", '"szkolenie dla wszystkich"'])

    words, chooser = page.locator("#id_lead_image_alt"), page.locator("#id_lead_image-chooser")
    chooser.locator(".unchosen button").click()
    page.locator(".modal a.image-choice").first.click()
    expect(words).not_to_have_value("")
    picture = SiteImage.objects.get(title=chooser.locator("[data-chooser-title]").inner_text())
    expect(words).to_have_value(picture.description)
    words.fill("Własny opis.")
    chooser.get_by_role("button").first.click()
    page.locator("[data-chooser-action-choose]:visible").click()
    page.locator(".modal a.image-choice").nth(1).click()
    expect(chooser.locator("[data-chooser-title]")).not_to_have_text(picture.title)
    expect(words).to_have_value("Własny opis.")

    page.get_by_role("tab", name="Promocja").click()
    field = page.locator("#id_slug")
    for typed, address in (("Źródła i ławki", "zrodla-i-lawki"), ("Сусіди", "susidi"), ("lawki_2026", "lawki_2026")):
        field.fill(typed)
        field.blur()
        expect(field).to_have_value(address)


def test_a_table_and_districts_need_no_mouse(page: Page, log_in) -> None:
    log_in("autorka", at=add_address(MemberPage, section("coalition")))
    page.get_by_label("Znajdź dzielnicę").press_sequentially("deb")
    boxes = page.locator("#id_districts input[type=checkbox]:visible")
    expect(boxes).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_label("VIII Dębniki")).to_be_checked()
    paste(page, TABLE)
    cells = page.locator(".htCore td")
    expect(cells).to_have_count(4)
    cells.first.click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Dodaj wiersz")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Usuń kolumnę").press("Enter")
    becomes(page, [None, [["Co"], [None], [""]]])


def test_a_term_of_the_glossary_is_found_by_typing_and_marks_the_selected_words(page: Page, log_in) -> None:
    log_in("autorka", at=add_address(ChapterPage, section("catalog")))
    text = page.locator(".public-DraftEditor-content").first
    text.click()
    page.keyboard.type("Bez kworum")
    for _letter in "kworum":
        page.keyboard.press("Shift+ArrowLeft")
    page.locator("button[name='TERM']").first.click()
    choices = page.locator(".modal [data-chooser-modal-choice]")
    expect(choices.first).to_be_visible()
    page.locator(".modal input[name='q']").fill("kworu")
    expect(choices).to_have_text(["kworum"])
    choices.click()
    expect(page.locator(".modal")).to_have_count(0)
    expect(text).to_have_text("Bez kworum")
    kept = page.locator("input[type=hidden][name^='body-'][name$='-value']").first
    expect(kept).to_have_value(re.compile(r'"offset":4,"length":6.*"TERM"'))
    text.locator(".TooltipEntity").click()
    expect(page.locator(".Tooltip")).to_contain_text("kworum")
