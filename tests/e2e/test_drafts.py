"""Somebody writes, and something goes wrong meanwhile: what is typed stays, and is saved as soon as it can be."""

from playwright.sync_api import Page, expect

from home.models import User
from news.models import NewsPage
from tests.e2e.footer import press
from tests.workflow import draft_of, edit_url, fresh, publish_properly

WORDS = "Napisane po końcu sesji."


def a_draft(**fields) -> NewsPage:
    return draft_of(User.objects.get(username="autorka"), "Wersja w trakcie pisania", **fields)


WATCHED = """() => new Promise(
    (found) => document.addEventListener("w-unsaved:watch-edits", () => found(null), { once: true })
)"""


def open_editor(page: Page, text: NewsPage) -> None:
    page.goto(edit_url(text), wait_until="domcontentloaded")
    page.evaluate(WATCHED)  # two seconds later Wagtail looks for changes


def log_in_at(place, login: str) -> None:
    place.locator("[name=username]").fill(login)
    place.locator("[name=password]").fill("demo")
    place.locator("form [type=submit]").click()


def saved_lead(text: NewsPage) -> str:
    return fresh(text).get_latest_revision_as_object().lead


def test_a_session_ends_and_another_person_logs_in_meanwhile(page, log_in):
    text = a_draft()
    log_in("autorka", at="")
    open_editor(page, text)
    page.context.clear_cookies(name="sessionid")
    page.fill("#id_lead", WORDS)
    bar, frame = page.locator(".session"), page.frame_locator("dialog iframe")
    expect(bar.get_by_text("Wylogowano Cię")).to_be_visible()
    expect(page.locator("footer")).not_to_contain_text("Wystąpił błąd serwera")

    page.get_by_role("button", name="Zaloguj się tutaj").click()
    log_in_at(frame, "redaktorka")
    expect(bar.get_by_text("Teraz jest zalogowana inna osoba: Renata Redaktorska")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.locator("footer button.button-longrunning-active")).to_have_count(0)
    assert saved_lead(text) != WORDS, "not under her name"

    page.get_by_role("button", name="Zmień konto").click()
    log_in_at(frame, "autorka")
    expect(page.locator(".w-autosave-indicator__state--saved")).to_be_visible()
    assert saved_lead(text) == WORDS
    assert fresh(text).latest_revision.user.username == "autorka"


def test_autosave_goes_on_after_a_save_that_failed_and_errors_are_shown_wherever_they_hide(page, log_in):
    people = [User.objects.get(username=login) for login in ("autorka", "redaktorka", "koordynatorka")]
    text = publish_properly(a_draft(), *people)
    log_in("autorka", at="")
    open_editor(page, text)
    page.get_by_role("tab", name="Promocja").click()
    page.fill("#id_slug", "")
    page.get_by_role("tab", name="Treść").click()
    press(page, ".action-save")
    expect(page.locator("#id_slug")).to_be_hidden()
    page.get_by_role("button", name="Przejdź do pierwszego błędu").click()
    expect(page.locator("#id_slug")).to_be_visible()

    told = page.locator("[data-side-panel=timeline] .timeline__standing:not([hidden])")
    expect(told).to_contain_text("wcześniejszą wersję")
    page.fill("#id_slug", "wersja-w-trakcie")
    page.locator("#id_slug").press("Tab")
    page.get_by_role("tab", name="Treść").click()
    page.fill("#id_lead", WORDS)
    expect(page.locator(".w-autosave-indicator__state--saved")).to_be_visible()
    assert saved_lead(text) == WORDS
