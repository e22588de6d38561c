"""What only a browser shows of the main path: a picture with its words, and that a look changes nothing.

Two people who check at their own screens are in test_newsroom.py.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from home.models import User
from news.models import NewsPage
from tests import factories
from tests.e2e.footer import approve, send, write_body
from tests.workflow import take_step

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


def test_a_picture_comes_with_its_words_from_the_author_to_the_reader(page, new_page, log_in, shoot, picture):
    log_in("autorka", at="/admin/news/")
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
    shoot(page, "3-sent")

    address = "/aktualnosci/sasiedzkie-sniadanie-na-podworku/"
    reader = new_page(viewport={"width": 1440, "height": 900})
    text = NewsPage.objects.get(slug="sasiedzkie-sniadanie-na-podworku")
    for person in ("redaktorka", "koordynatorka"):
        assert reader.goto(address).status == 404
        take_step(text, User.objects.get(username=person))

    answer = reader.goto(address)
    assert answer.status == 200
    assert reader.locator("h1").inner_text().replace("\N{NO-BREAK SPACE}", " ") == TITLE
    assert reader.locator("article figure img").first.get_attribute("alt") == ALT
    expect(reader.get_by_text("Tak było rok temu")).to_be_visible()
    shoot(reader, "4-read")
    reader.goto("/aktualnosci/")
    expect(reader.get_by_role("link", name=re.compile("śniadanie"))).to_be_visible()
    shoot(reader, "5-list")


def test_a_demo_text_on_a_desk_is_approved_as_it_is(new_page, log_in):
    """It has a body: opening it in the editor must not count as a change, which nobody would have approved."""
    draft = NewsPage.objects.get(slug=WAITING)
    checker = log_in(
        "redaktorka", new_page(viewport={"width": 1440, "height": 900}), at=f"/admin/pages/{draft.pk}/edit/"
    )
    approve(checker)
    take_step(draft, User.objects.get(username="koordynatorka"))
    assert new_page().goto(draft.url).status == 200
