"""The blocks of the handbook in a browser: for everybody, with a keyboard, on paper, without scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.catalog import every_block
from tests.e2e.test_looks import COLOURS, SIZES


@pytest.fixture
def chapter(demo_site):
    """The address of a chapter with every block, in Polish or English."""

    def make(language: str = "pl") -> str:
        return every_block.chapter(language, factories.image()).url

    return make


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_block_is_for_everybody(page, axe, chapter, shoot, language):
    page.goto(chapter(language))
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert axe(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe(page, COLOURS) == []
    shoot(page, f"blocks-{language}", ("light", "dark-phone"))
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    assert page.said == []


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_tree_asks_one_question_at_a_time_by_keyboard(page, chapter):
    page.goto(chapter())
    tree = page.locator("[data-decision]")
    questions = tree.locator("[data-question]")
    expect(questions.nth(1)).to_be_hidden()
    questions.nth(0).get_by_role("button").first.focus()
    press(page, "Enter")
    expect(questions.nth(1)).to_be_visible()
    expect(questions.nth(1).locator(".decision-text")).to_be_focused()
    press(page, "Tab", "Tab", "Space")
    outcome = tree.locator("[data-outcome]")
    expect(outcome).to_contain_text("Zacznijcie od rozmowy.")
    assert outcome.get_attribute("role") == "status"
    questions.nth(0).get_by_role("button").nth(1).click()  # another answer there leads another way
    expect(questions.nth(1)).to_be_hidden()
    expect(outcome).to_have_text("WynikNapiszcie do rady dzielnicy.", use_inner_text=False)
    tree.locator("[data-restart]").click()
    expect(outcome).to_be_empty()
    expect(questions.nth(0).locator(".decision-text")).to_be_focused()


def test_ticks_stay_on_the_device_until_somebody_clears_them(page, chapter):
    page.goto(chapter())
    boxes = page.locator("[data-tick]")
    boxes.nth(1).focus()
    press(page, "Space")
    state = page.locator("[data-checklist] [role=status]")
    expect(state).to_contain_text("1 z 3")
    page.reload()
    expect(boxes.nth(1)).to_be_checked()
    expect(boxes.nth(0)).not_to_be_checked()
    page.locator("[data-checklist] [data-clear]").click()
    expect(state).to_contain_text("0 z 3")
    expect(boxes.nth(0)).to_be_focused()
    page.reload()
    expect(boxes.nth(1)).not_to_be_checked()
    assert page.context.cookies() == []


def test_the_sum_of_a_self_check_chooses_its_result(page, chapter):
    page.goto(chapter())
    check = page.locator("[data-self-check]")
    expect(check.get_by_text("Możecie zaczynać")).to_be_hidden()
    for question in check.locator("fieldset").all():
        question.get_by_role("radio").first.check()
    expect(check.locator("[data-key]").get_by_text("Możecie zaczynać")).to_be_visible()
    expect(check.locator("[role=status]")).to_contain_text("Możecie zaczynać")
    check.get_by_role("radio").nth(1).check()
    expect(check.locator("[data-key]").get_by_text("Najpierw zbierzcie ludzi")).to_be_visible()


@pytest.mark.parametrize("with_script", [True, False])
def test_an_address_opens_the_fold_that_it_leads_to(new_page, chapter, with_script):
    page = new_page(java_script_enabled=with_script, viewport=SIZES["phone"])
    page.goto(f"{chapter()}#ile-to-trwa")
    fold = page.locator("#ile-to-trwa")
    expect(fold.locator("summary")).to_be_in_viewport()
    if with_script:
        expect(fold).to_have_attribute("open", "")


def test_without_scripts_and_on_paper_everything_is_there(new_page, chapter):
    address = chapter()
    plain = new_page(java_script_enabled=False, viewport=SIZES["dashboard"])
    plain.goto(address)
    on_paper = new_page(viewport=SIZES["dashboard"])
    on_paper.goto(address)
    on_paper.emulate_media(media="print")
    for page in (plain, on_paper):
        for words in ("Napiszcie do rady dzielnicy.", "Zacznijcie od rozmowy.", "Najpierw zbierzcie ludzi", "0–1:"):
            expect(page.locator(".prose").get_by_text(words)).to_be_visible()
        expect(page.locator(".prose button:visible")).to_have_count(0)
    expect(on_paper.get_by_text("Od podwórka: Schemat drogi wniosku.")).to_be_visible()


def test_a_mark_of_a_note_is_set_by_choosing_the_note(page, log_in, axe, demo_site):
    chapter = every_block.chapter("pl", factories.image())
    log_in("admin", at=f"/admin/pages/{chapter.pk}/edit/")
    text = page.locator(".public-DraftEditor-content").first
    text.click()
    press(page, "Control+End")
    page.locator("[name=NOTE]").first.click()
    dialog = page.locator("dialog.note-dialog")
    expect(dialog.locator("option")).to_have_text("act: Ustawa o działalności pożytku publicznego. example.org")
    assert [found for found in axe(page) if "note-dialog" in found] == []
    dialog.locator("select").focus()
    press(page, "Tab", "Enter")
    expect(text).to_contain_text("[act].[act]")
    expect(text).to_be_focused()
    press(page, "!")
    page.locator("[name=NOTE]").first.click()
    press(page, "Escape")  # and nothing is set
    expect(text).to_contain_text("[act].[act]!")
    expect(page.locator(".w-autosave-indicator__state--saved")).to_be_visible()
    chapter.refresh_from_db()
    newest = chapter.get_latest_revision_as_object()
    mark = every_block.stored("act")
    assert f"{mark}.{mark}!" in newest.body[0].value.source
