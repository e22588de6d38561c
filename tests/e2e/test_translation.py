"""From a Polish text to its English one, at one moment, and back in step after a change. E2E_SHOTS keeps pictures."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.models import Locale

from approval import releases, times
from approval.models import Act, LedgerEntry
from approval.views.subjects import address
from catalog.models import ChapterPage
from home.models import User
from news.models import NewsPage
from tests.workflow import draft_of, edit_url, fresh, publish_properly, submit, take_step
from translation import drafts, memory, originals, segments
from translation.segmented import SegmentedTranslation

TITLE = "Sąsiedzi sadzą drzewa na podwórku"
LEAD = "Przyjdź w sobotę z łopatą i sąsiadem."
ENGLISH = "Neighbours plant trees in the yard"
STALE = re.compile("This translation")


def person(login: str) -> User:
    return User.objects.get(username=login)


def publish(page: Any) -> Any:
    return publish_properly(page, person("autorka"), person("redaktorka"), person("koordynatorka"))


@pytest.fixture
def polish(page: Page) -> NewsPage:
    """A news item of autorka's, approved and public."""
    return publish(draft_of(person("autorka"), TITLE, lead=LEAD))


def write(page: Page, path: str, words: str) -> None:
    page.locator(f"[name='words:{path}']").fill(words)


def send(page: Page) -> None:
    """Sends from the editor of segments."""
    page.locator("[data-a11y-dialog-show=send-dialog]").click()
    with page.expect_navigation():
        page.locator("#send-dialog [name=action-submit]").click()


def approve(log_in: Any, new_page: Any, login: str, title: str) -> None:
    """From the person's own desk to their yes."""
    checker = log_in(login, new_page(viewport={"width": 1440, "height": 900}))
    checker.locator(".dashboard__row", has_text=title).locator(".dashboard__verb").first.click()
    checker.locator("button[name=action][value=approve]").click()
    expect(checker.locator(".messages")).to_contain_text(title)


def passed(page: Any) -> Any:
    """The language step, which other tests look at."""
    take_step(page, person("redaktorka"))
    return fresh(page)


def set_together(author: Page, text: NewsPage, moment: datetime) -> None:
    author.goto(address("approval:together", text))
    author.locator("[name=publish_at]").fill(timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M"))
    with author.expect_navigation():
        author.locator("[name=publish_at]").press("Enter")  # sets the time, and is no other button of the form
    assert releases.release_of(text).publish_at == moment


def test_two_languages_go_live_together_a_word_is_mended_undone_and_the_translation_catches_up(
    page, new_page, log_in, shoot, monkeypatch
):
    # --- The Polish text is sent, and is to go live with its translation, which begins at once
    polish = draft_of(person("autorka"), TITLE, lead=LEAD, body=[("text", "<p>Będzie herbata.</p>")])
    submit(polish, person("autorka"))
    author = log_in("autorka", new_page(viewport={"width": 1440, "height": 900}), at="")
    moment = times.suggestions()[0]
    set_together(author, polish, moment)
    log_in("tlumaczka")
    shoot(page, "dashboard", ("light", "dark", "light-phone"))
    page.locator(".dashboard__row", has_text=TITLE).locator(".dashboard__verb").first.click()
    page.locator(".newsroom-sheet form [type=submit]").click()
    page.wait_for_url(re.compile("/edit/"))
    shoot(page, "begun")
    write(page, "title", ENGLISH)
    write(page, "lead", "Come on Saturday with a spade and a neighbour.")
    page.locator("[name^='words:body']").fill("There will be tea.")
    send(page)
    english = polish.get_translation(Locale.objects.get(language_code="en")).specific

    # --- Each is approved by its own people, and both are public at that moment
    for text, title in ((polish, TITLE), (english, ENGLISH)):
        passed(text)
        approve(log_in, new_page, "koordynatorka", title)
    reader = new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
    in_english = "/en/news/neighbours-plant-trees-in-the-yard/"
    call_command("publish_scheduled")
    assert [reader.goto(where).status for where in (polish.url, in_english)] == [404, 404]
    real, ahead = timezone.now, moment - timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: real() + ahead)
    call_command("publish_scheduled")
    assert [reader.goto(where).status for where in (polish.url, in_english)] == [200, 200]
    assert reader.locator("h1").inner_text().replace("\N{NO-BREAK SPACE}", " ") == ENGLISH

    # --- A small correction: one other person, one click; the translation stays up to date
    author = log_in("autorka", author, at=edit_url(polish))
    author.fill("#id_lead", LEAD.replace("łopatą", "szpadlem"))
    author.locator("footer [data-a11y-dialog-show=send-dialog]").click()
    author.locator("[name=keeps_source_version][value=small]").check()
    with author.expect_navigation():
        author.locator("#send-dialog [name=action-submit]").click()
    approve(log_in, new_page, "redaktorka", TITLE)
    reader.goto(polish.url)
    expect(reader.locator("main").get_by_text("szpadlem").first).to_be_visible()
    reader.goto(in_english)
    expect(reader.locator("main").get_by_text(STALE)).to_have_count(0)

    # --- Undo: the version before is back at once
    coordinator = log_in("koordynator2", new_page(viewport={"width": 1440, "height": 900}), at=edit_url(polish))
    coordinator.goto(coordinator.locator("a[href$='/undo/']").first.get_attribute("href"))
    coordinator.locator(".newsroom-sheet form [type=submit]").click()
    expect(coordinator.locator(".messages")).to_contain_text(TITLE)
    reader.goto(polish.url)
    expect(reader.locator("main").get_by_text("łopatą").first).to_be_visible()
    acts = LedgerEntry.objects.for_instance(polish).publications().values_list("act", flat=True)
    assert list(acts) == [Act.RESTORED, Act.CORRECTED, Act.PUBLISHED]

    # --- Another meaning: the English text says so, until its translator has caught up
    text = fresh(polish).get_latest_revision_as_object()
    text.lead = LEAD.replace("sobotę", "niedzielę")
    text.save_revision(user=person("autorka"), log_action=True)
    publish(fresh(polish))
    reader.goto(in_english)
    expect(reader.locator("main").get_by_text(STALE).first).to_be_visible()
    shoot(reader, "stale", ("light", "dark", "light-phone"))
    log_in("tlumaczka")
    page.locator(".dashboard__row", has_text=re.compile(f"{TITLE}|{ENGLISH}")).locator(".dashboard__verb").first.click()
    page.wait_for_url(re.compile("/edit/"))
    shoot(page, "catch-up", ("light",))
    send(page)  # with nothing done it is asked about, and not sent
    expect(page.locator("button[name=checked]")).to_be_visible()
    shoot(page, "asked", ("light", "dark", "light-phone"))
    write(page, "lead", "Come on Sunday with a spade and a neighbour.")
    send(page)
    take_step(passed(english), person("koordynatorka"))
    reader.goto(in_english)
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
    send(page)
    page.wait_for_url(re.compile("/admin/$"))
    take_step(passed(english), person("koordynatorka"))
    reader = new_page(locale="en-GB")
    reader.goto(english.url)
    expect(reader.get_by_text("This sentence is new.")).to_be_visible()
    expect(reader.locator("main").get_by_text(STALE)).to_have_count(0)


def test_what_was_approved_before_an_agreed_word_and_a_notice_are_one_key_away(polish, page, log_in, shoot, axe):
    """Alt+Enter takes the suggestion; the word of the glossary is a button; a notice is put away, and says so."""
    people = person("tlumaczka"), person("redaktorka"), person("koordynatorka")
    known = drafts.begin(polish, Locale.objects.get(language_code="en"), people[0])
    text = known.get_latest_revision_as_object()
    text.title, text.lead = ENGLISH, "Come on Saturday with a spade and a neighbour."
    text.save_revision(user=people[0], log_action=True)
    memory.take_in(publish_properly(fresh(known), *people))
    lead = "Przyjdź w sobotę o 17.00 z łopatą i sąsiadem. Regulamin czeka."
    again = publish(draft_of(person("autorka"), f"{TITLE} i ławki", lead=lead))
    page = log_in("tlumaczka", at="")
    draft = drafts.begin(again, Locale.objects.get(language_code="en"), people[0])
    page.goto(f"/admin/pages/{draft.pk}/edit/")
    title = page.locator("[name='words:title']")
    title.press("Alt+Enter")
    expect(title).to_have_value(ENGLISH)
    expect(page.locator("[data-segments-said]")).not_to_be_empty()
    write(page, "lead", "Come on Saturday at 4 pm.")
    page.locator("[name='words:lead']").press("End")
    page.locator("[data-segment-term]").last.press("Enter")
    expect(page.locator("[name='words:lead']")).to_have_value("Come on Saturday at 4 pm. rules of procedure")
    notices = page.locator("[data-notice]")
    expect(notices.first).to_be_visible()  # once it has saved by itself
    shoot(page, "help", ("light", "dark", "light-phone", "dark-phone"))
    assert [one for one in axe(page) if "segment" in one] == []
    count = notices.count()
    notices.first.click()
    expect(notices).to_have_count(count - 1)
    expect(page.locator("[name='words:lead']")).to_be_focused()
