"""From a Polish text to its English one, and back in step after a change. E2E_SHOTS keeps pictures."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from catalog.models import ChapterPage
from home.models import User
from news.models import NewsPage
from tests.e2e.footer import send
from tests.workflow import draft_of, fresh, publish_properly
from translation import originals, segments
from translation.segmented import SegmentedTranslation

TITLE = "Sąsiedzi sadzą drzewa na podwórku"
ENGLISH = "Neighbours plant trees in the yard"
STALE = re.compile("This translation")


def person(login: str) -> User:
    return User.objects.get(username=login)


def publish(page: Any) -> Any:
    return publish_properly(page, person("autorka"), person("redaktorka"), person("koordynatorka"))


@pytest.fixture
def polish(page: Page) -> NewsPage:
    """A news item of autorka's, approved and public."""
    return publish(draft_of(person("autorka"), TITLE, lead="Przyjdź w sobotę z łopatą i sąsiadem."))


def decide(log_in: Any, new_page: Any, title: str) -> None:
    """Both steps, each from the person's own desk."""
    for login in ("redaktorka", "koordynatorka"):
        checker = log_in(login, new_page(viewport={"width": 1440, "height": 900}))
        checker.locator(".dashboard__row", has_text=title).locator(".dashboard__verb").first.click()
        checker.locator("button[name=action][value=approve]").click()
        expect(checker.locator(".messages")).to_contain_text(title)


def test_a_news_item_is_translated_goes_out_of_date_and_catches_up(polish, page, new_page, log_in, shoot):
    log_in("tlumaczka")
    shoot(page, "dashboard", ("light", "dark", "light-phone"))
    page.get_by_role("button", name=re.compile(TITLE)).click()
    page.wait_for_url(re.compile("/edit/"))
    shoot(page, "begun")
    page.fill("#id_title", ENGLISH)
    page.fill("#id_lead", "Come on Saturday with a spade and a neighbour.")
    send(page)
    decide(log_in, new_page, ENGLISH)
    reader = new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
    address = "/en/news/neighbours-plant-trees-in-the-yard/"
    assert reader.goto(address).status == 200
    assert reader.locator("h1").inner_text().replace("\N{NO-BREAK SPACE}", " ") == ENGLISH
    expect(reader.locator("main").get_by_text(STALE)).to_have_count(0)

    text = fresh(polish).get_latest_revision_as_object()
    text.lead = "Przyjdź w niedzielę z łopatą i sąsiadem."
    text.save_revision(user=person("autorka"), log_action=True)
    publish(fresh(polish))
    reader.goto(address)
    expect(reader.locator("main").get_by_text(STALE).first).to_be_visible()
    shoot(reader, "stale", ("light", "dark", "light-phone"))

    page.goto("/admin/")
    page.locator(".dashboard__row", has_text=re.compile(f"{TITLE}|{ENGLISH}")).locator(".dashboard__verb").first.click()
    page.wait_for_url(re.compile("/edit/"))
    shoot(page, "catch-up", ("light",))
    send(page)  # with nothing done it is asked about, and not sent
    page.locator("[data-pending-changes] [data-show-place=lead]").click()
    expect(page.locator("#id_lead")).to_be_focused()
    expect(page.locator("[data-confirm-and-send]")).to_be_visible()
    shoot(page, "asked", ("light", "dark", "light-phone"))
    page.fill("#id_lead", "Come on Sunday with a spade and a neighbour.")
    send(page)
    decide(log_in, new_page, ENGLISH)
    reader.goto(address)
    expect(reader.get_by_text("Come on Sunday")).to_be_visible()
    expect(reader.locator("main").get_by_text(STALE)).to_have_count(0)


def test_one_changed_paragraph_of_a_chapter_asks_for_one_paragraph(page, new_page, log_in, shoot, axe):
    english = next(
        page
        for page in ChapterPage.objects.filter(locale__language_code="en", live=True)
        if SegmentedTranslation(page, originals.original_of(page)).fits
    )
    chapter = originals.original_of(english)
    text = chapter.get_latest_revision_as_object()
    units = [unit for unit in segments.segments_of(text) if unit.kind == "markup" and len(unit.text) > 60]
    path = units[1].path
    content = segments.rewritten(
        text,
        segments.content_of(text),
        lambda unit: f"{unit.text} To zdanie jest nowe." if unit.path == path else unit.text,
    )
    text.with_content_json(content).save_revision(user=person("autorka"), log_action=True)
    publish(fresh(chapter))

    log_in("tlumaczka")
    page.locator(".dashboard__row", has_text=re.compile(f"{chapter.title}|{english.title}")).locator(
        ".dashboard__verb"
    ).first.click()
    page.wait_for_url(re.compile("/edit/"))
    shoot(page, "units", ("light", "dark", "light-phone"))
    asked = page.locator(".segment textarea:visible")
    expect(asked).to_have_count(1)
    assert [one for one in axe(page) if "unit" in one] == []
    asked.fill(f"{asked.input_value()} This sentence is new.")
    note = page.locator("[data-segments-saved]")
    expect(note).to_contain_text(note.get_attribute("data-saved"))  # by itself
    page.locator("[data-a11y-dialog-show=send-dialog]").click()
    page.locator("#send-dialog [name=action-submit]").click()
    page.wait_for_url(re.compile("/admin/$"))
    decide(log_in, new_page, english.title)
    reader = new_page(locale="en-GB")
    reader.goto(english.url)
    expect(reader.get_by_text("This sentence is new.")).to_be_visible()
    expect(reader.locator("main").get_by_text(STALE)).to_have_count(0)
