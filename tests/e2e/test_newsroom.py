"""A text on its way between four people, each at their own screen, until it goes live by itself.

Autorka writes, redaktorka returns and then corrects it, koordynatorka approves, and koordynator2, who reads
the admin in English, sees that a colleague is at it.
"""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from approval import workdays
from news.models import NewsPage
from tests.e2e.conftest import LOOKS
from tests.e2e.footer import approve, press, send, write_body
from tests.records import told

TITLE = "Warsztaty o ciszy w bibliotece"
SLUG = "warsztaty-o-ciszy-w-bibliotece"
WITH_MISTAKE = "Przyjdź, usiądz i posłuchaj, jak brzmi dzielnica bez silników."
APPROVED = "Przyjdź, usiądź i posłuchaj, jak brzmi dzielnica bez silników."
PLACE = " Spotykamy się w czytelni."
COMMENT = "Dopisz, proszę, gdzie się spotykamy.\nBez tego nikt nie trafi."
AT_REST = """() => Promise.all(document.getAnimations()
    .filter(each => each.effect.getTiming().iterations !== Infinity)
    .map(each => each.finished.catch(() => null))).then(() => null)"""
EU = {"pl": "Sfinansowane przez Unię Europejską", "en": "Funded by the European Union"}


@pytest.fixture
def at_desk(new_page, log_in) -> Callable[[str], Page]:
    """`at_desk("redaktorka")`: her browser, with her desk on the screen."""
    browsers: dict[str, Page] = {}

    def act(who: str) -> Page:
        if who in browsers:
            browsers[who].goto("/admin/")
        else:
            browsers[who] = log_in(who, new_page(viewport=LOOKS["light"], reduced_motion="reduce"))
        return browsers[who]

    return act


@pytest.fixture
def look(shoot, axe) -> Callable[..., None]:
    """A machine looks for barriers on the screen, and pictures are kept for people."""

    def act(page: Page, name: str, is_new: bool = True) -> None:
        """`is_new`: else the same screen was looked at before, with other words."""
        shoot(page, f"newsroom-{name}", tuple(LOOKS))
        if not is_new:
            return
        page.evaluate(AT_REST)  # a message that still fades in has too little contrast
        assert [line for line in axe(page) if not is_wagtails(line)] == [], name

    return act


WAGTAILS = (
    "color-contrast: ['.w-minimap__",  # its map of the form, while that fades in
    "label: ['.ui-autocomplete-input'",  # its field for tags
    "region: ['#tippy-",  # its tooltips
)


def is_wagtails(finding: str) -> bool:
    """What axe-core finds in Wagtail's own frame, which we can't mend here."""
    return finding.startswith(WAGTAILS)


def row(page: Page, panel: str) -> Any:
    """The text on a heap of the desk."""
    return page.locator(f"section[aria-labelledby=dashboard-{panel}] li", has_text=TITLE)


def open_story(page: Page) -> Any:
    panel = page.locator("[data-side-panel=timeline]")
    if not panel.is_visible():
        page.locator("[data-side-panel-toggle=timeline]").click()
    expect(panel).to_be_visible()
    return panel


def set_time(page: Page, when: datetime) -> None:
    """The schedule's dialogue, and back."""
    page.locator("[data-side-panel-toggle=status]").click()
    page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
    page.fill("#id_go_live_at", when.strftime("%Y-%m-%d %H:%M"))  # as machines write it
    with page.expect_navigation():
        # By keyboard: the calendar that opens at the field may lie over the button.
        page.locator("#schedule-publishing-dialog [type=submit]").press("Enter")


def letter(username: str, words: str) -> Any:
    """The newest mail that this person got about this, complete: two parts, their language, the EU's line."""
    found = [one for one in mail.outbox if one.to == [f"{username}@koalicja.example"] and words in one.subject]
    assert found, f"{username} got {[one.subject for one in mail.outbox if username in one.to[0]]}"
    newest = found[-1]
    language = newest.extra_headers["Content-Language"]
    ((html, kind),) = newest.alternatives
    assert kind == "text/html"
    for part in (newest.body, html):
        assert EU[language] in part
        assert TITLE in part
    return newest


def test_four_people_and_the_clock(at_desk, new_page, look, shoot, server, settings, monkeypatch):
    english = UserProfile.objects.get_or_create(user__username="koordynator2")[0]
    english.preferred_language = "en"
    english.save()

    # --- The author writes and submits
    author = at_desk("autorka")
    author.goto("/admin/news/")
    author.get_by_role("link", name=re.compile("Dodaj", re.IGNORECASE)).first.click()
    author.wait_for_load_state()
    if "/add/news/" not in author.url:
        author.locator("a[href*='/add/news/newspage/']").first.click()
    author.fill("#id_title", TITLE)
    author.fill("#id_lead", WITH_MISTAKE)
    author.select_option("#id_kind", "invitation")
    write_body(author, "Będzie herbata.")
    send(author)
    text = NewsPage.objects.get(slug=SLUG)
    edit = f"/admin/pages/{text.pk}/edit/"
    assert told("submitted") == {"redaktorka", "koordynatorka", "koordynator2"}
    waits = letter("redaktorka", "Czeka na Ciebie")

    # --- The language editor takes it, and returns it with a comment
    editor = at_desk("redaktorka")
    look(editor, "1-desk-of-the-editor")
    row(editor, "waits").get_by_role("link", name="Sprawdź").click()
    editor.wait_for_url("**/decide/*/")
    assert urlsplit(editor.url).path in waits.body, "the mail leads to the same page"
    editor.get_by_role("button", name="Biorę to").click()
    expect(editor.get_by_role("button", name="Oddaję")).to_be_visible()
    expect(editor.frame_locator("iframe").get_by_text(WITH_MISTAKE).first).to_be_visible()
    look(editor, "2-decision-of-the-editor")
    editor.get_by_role("button", name="Zwróć z wiadomością").click()
    message = editor.locator("textarea[name=comment]")
    expect(message).to_be_focused()
    editor.get_by_role("button", name="Zwróć do poprawy").click()
    expect(editor.locator("#comment-error")).to_be_visible()  # without a word nobody knows what to correct
    expect(message).to_be_focused()
    message.fill(COMMENT)
    editor.get_by_role("button", name=re.compile("Przekaż")).click()
    expect(editor.locator(".decision__question")).to_be_focused()  # a message, and the wrong button
    editor.reload()  # an answer to a form would ask whether to send it again
    expect(message).to_have_value(COMMENT)
    editor.get_by_role("button", name="Zwróć do poprawy").click()
    editor.wait_for_url("**/admin/")
    assert told("rejected") == {"autorka"}
    assert COMMENT.splitlines()[0] in letter("autorka", "poprawy").body

    # --- The author reads the comment, corrects, and says by when and from when
    author = at_desk("autorka")
    expect(row(author, "waits")).to_contain_text(COMMENT.splitlines()[0])
    look(author, "3-desk-of-the-author")
    row(author, "waits").get_by_role("link", name="Popraw").click()
    panel = open_story(author)
    expect(panel.locator("blockquote")).to_contain_text("Bez tego nikt nie trafi.")
    look(author, "4-story-of-the-author")
    needed = workdays.add(timezone.localdate(), 2)
    panel.locator("[name=day]").fill(needed.isoformat())
    with author.expect_navigation():
        panel.get_by_role("button", name="Zapisz").click()
    author.fill("#id_lead", WITH_MISTAKE + PLACE)
    moment = timezone.make_aware(datetime.combine(needed + timedelta(days=1), time(10)))
    set_time(author, moment)
    send(author)

    # --- The language editor mends a word herself, and passes it on
    editor = at_desk("redaktorka")
    row(editor, "waits").get_by_role("link", name="Sprawdź").click()
    editor.get_by_role("link", name="Otwórz w edytorze").click()
    editor.fill("#id_lead", APPROVED + PLACE)
    press(editor, ".action-save")
    approve(editor)
    assert told("passed-on") == {"koordynatorka", "koordynator2"}
    letter("koordynatorka", "Czeka na Ciebie")
    letter("koordynator2", "Waits for you")

    # --- One coordinator takes it, the other sees that, the first decides
    coordinator = at_desk("koordynatorka")
    look(coordinator, "5-desk-of-the-coordinator", is_new=False)
    row(coordinator, "waits").get_by_role("link", name="Zdecyduj").click()
    with coordinator.expect_event("load"):
        coordinator.get_by_role("button", name="Biorę to").click()
    other = at_desk("koordynator2")
    expect(row(other, "waits")).to_contain_text("A colleague took it.")
    look(other, "6-desk-in-english", is_new=False)
    row(other, "waits").get_by_role("link", name="Decide").click()
    expect(other.get_by_text("Katarzyna Koordynacka took it.")).to_be_visible()
    look(other, "7-decision-in-english", is_new=False)
    other.goto(edit)
    open_story(other)
    look(other, "8-story-in-english", is_new=False)

    expect(coordinator.get_by_role("heading", name="Decyzja", exact=True)).to_be_visible()
    expect(coordinator.frame_locator("iframe").get_by_text(APPROVED).first).to_be_visible()
    expect(coordinator.locator(".changes").first).to_be_visible()
    look(coordinator, "9-decision-of-the-coordinator")
    coordinator.get_by_role("button", name=re.compile("Zatwierdź na .*, 10:00")).click()
    coordinator.wait_for_url("**/admin/")
    expect(coordinator.locator(".messages")).to_contain_text("jest zatwierdzony i ukaże się")
    expect(row(coordinator, "scheduled")).to_be_visible()
    assert told("scheduled") == {"autorka", "redaktorka"}

    # --- Nobody sees it before its time, and everybody sees exactly this after it
    reader = new_page(viewport=LOOKS["light"])
    address = f"/aktualnosci/{SLUG}/"
    call_command("publish_scheduled")
    assert reader.goto(address).status == 404
    with monkeypatch.context() as later:
        later.setattr(timezone, "now", lambda: moment + timedelta(minutes=5))
        call_command("publish_scheduled")
    assert reader.goto(address).status == 200
    expect(reader.get_by_text(APPROVED + PLACE)).to_be_visible()
    assert told("due") == {"autorka", "redaktorka"}
    letter("autorka", "Opublikowano")

    for number, one in enumerate(mail.outbox):
        reader.set_content(one.alternatives[0][0].replace(settings.WAGTAILADMIN_BASE_URL, server.url))
        shoot(reader, f"newsroom-mail-{number}-{one.to[0].split('@')[0]}", ("light", "light-phone"))
