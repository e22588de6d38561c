"""The main path: a person writes, two people check, and somebody reads it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from news.models import NewsPage
from tests import factories
from tests.e2e.footer import approve, send, write_body

TITLE = "Sąsiedzkie śniadanie na podwórku"
WAITING = "bank-wspierania-partycypacji-dyzury-wieczorem"  # for the language review
ALT = "Długi stół pod kasztanem, przy nim jedenaście osób i pies."


@pytest.fixture
def picture(tmp_path) -> Path:
    path = tmp_path / "sniadanie.jpg"
    path.write_bytes(factories.picture_bytes("JPEG", (1600, 1000)))
    return path


def choose_new_picture(page: Page, file: Path) -> None:
    """Uploads a picture in the chooser of the lead picture."""
    page.locator("#id_lead_image-chooser [data-chooser-action-choose]").first.click()
    modal = page.locator(".modal-body")
    modal.get_by_role("tab").last.click()
    modal.locator("input[type=file]").set_input_files(file)
    modal.locator("input[name$=-title]").fill("Śniadanie")
    modal.locator("form[data-chooser-modal-creation-form] [type=submit]").click()
    expect(page.locator("#id_lead_image")).not_to_have_value("")


def test_from_the_author_through_two_pairs_of_eyes_to_the_reader(page, new_page, log_in, shoot, picture):
    log_in("autorka")
    page.goto("/admin/news/")
    page.get_by_role("link", name=re.compile("Dodaj", re.IGNORECASE)).first.click()
    page.wait_for_load_state()
    if "/add/news/" not in page.url:  # a question in between: under which index?
        page.locator("a[href*='/add/news/newspage/']").first.click()
    page.fill("#id_title", TITLE)
    page.fill("#id_lead", "Przyjdź ze swoim kubkiem. My przyniesiemy stół.")
    page.select_option("#id_kind", "invitation")
    choose_new_picture(page, picture)
    page.fill("#id_lead_image_caption", "Tak było rok temu")
    shoot(page, "1-written")

    write_body(page, "Będzie herbata.")
    page.locator("footer [data-a11y-dialog-show=send-dialog]").click()
    expect(page.locator("#send-dialog [data-send-list]")).to_contain_text("Napisz, co widać na obrazie")
    shoot(page, "2-asked-back")
    page.locator("#send-dialog [data-problem]").click()
    expect(page.locator("#id_lead_image_alt")).to_be_focused()
    page.keyboard.type(ALT)
    send(page)
    edit = page.locator(".messages a[href$='/edit/']").first.get_attribute("href")
    shoot(page, "3-sent")

    address = "/aktualnosci/sasiedzkie-sniadanie-na-podworku/"
    reader = new_page(viewport={"width": 1440, "height": 900})
    assert reader.goto(address).status == 404

    for number, person in ((4, "redaktorka"), (5, "koordynatorka")):
        checker = log_in(person, new_page(viewport={"width": 1440, "height": 900}))
        expect(checker.get_by_text(TITLE).first).to_be_visible()  # it is on their desk
        checker.goto(edit)
        shoot(checker, f"{number}-{person}")
        approve(checker)

    answer = reader.goto(address)
    assert answer.status == 200
    assert reader.locator("h1").inner_text().replace("\N{NO-BREAK SPACE}", " ") == TITLE
    assert reader.locator("article figure img").first.get_attribute("alt") == ALT
    expect(reader.get_by_text("Tak było rok temu")).to_be_visible()
    shoot(reader, "6-read")
    reader.goto("/aktualnosci/")
    expect(reader.get_by_role("link", name=re.compile("śniadanie"))).to_be_visible()
    shoot(reader, "7-list")


def test_a_demo_text_on_a_desk_is_approved_as_it_is(new_page, log_in):
    """It has a body: opening it in the editor must not count as a change, which nobody would have approved."""
    draft = NewsPage.objects.get(slug=WAITING)
    for person in ("redaktorka", "koordynatorka"):
        checker = log_in(person, new_page(viewport={"width": 1440, "height": 900}))
        checker.goto(f"/admin/pages/{draft.pk}/edit/")
        approve(checker)
    assert new_page().goto(draft.url).status == 200


def test_an_author_has_no_button_to_publish(page, log_in):
    log_in("autorka")
    page.goto("/admin/news/")
    page.goto(page.locator("a[href*='/edit/']").first.get_attribute("href"))
    assert page.locator("[name=action-publish]").count() == 0
