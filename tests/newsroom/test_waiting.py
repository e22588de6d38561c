"""A text that waits for others: its author reads so on top, takes it back with what was typed, or says something."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Comment, Locale, WorkflowState
from wagtail.test.utils.form_data import querydict_from_html

from approval import claims, returns
from approval.views.subjects import edit_address
from home.models import SiteSettings
from newsroom import waiting
from newsroom.views import kept_out
from tests.newsroom.test_decision import words
from tests.workflow import APPROVED, SMUGGLED, edit_url, form_of, fresh, submit, take_step

pytestmark = pytest.mark.usefixtures("shared_pages")

BAR, FORM = 'aria-labelledby="waiting"', 'id="page-edit-form"'
JSON = {"HTTP_ACCEPT": "application/json"}


def with_remark(page, text: str, **changes) -> dict[str, str]:
    """What the editor sends when somebody says `text` beside the lead."""
    remark = {"text": text, "contentpath": "lead", "position": "", "id": "", "DELETE": "", "resolved": ""}
    data = {f"comments-0-{name}": value for name, value in remark.items()}
    replies = {f"comments-0-replies-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    return form_of(page, **changes) | data | replies | {"comments-TOTAL_FORMS": "1"}


def test_the_editor_begins_with_who_has_it_and_what_can_be_done(client_as, autorka, redaktorka, in_review):
    text = words(client_as(autorka).get(edit_url(in_review)))
    bar = text[text.index(BAR) : text.index(FORM)]
    assert "Redakcja językowa" in bar
    assert redaktorka.name in bar
    assert 'name="action-cancel-workflow"' in bar
    assert "obieg „Publikacja”" not in text.replace("<b>", "").replace("</b>", ""), "said once, and in plain words"

    claims.take(in_review.current_workflow_task_state, redaktorka)
    text = words(client_as(autorka).get(edit_url(in_review)))
    bar = text[text.index(BAR) : text.index(FORM)]
    assert redaktorka.name in bar
    assert "Kto może zdecydować" not in bar, "she is at it"
    assert BAR not in words(client_as(redaktorka).get(edit_url(in_review)))


def test_somebody_else_reads_who_can_take_it_back(client_as, autorka, redaktorka, in_approval):
    text = words(client_as(redaktorka).get(edit_url(in_approval)))
    bar = text[text.index(BAR) : text.index(FORM)]
    assert autorka.name in bar
    assert "action-cancel-workflow" not in bar


def test_taken_back_it_keeps_what_was_typed(client_as, autorka, in_review):
    data = form_of(in_review, lead="Typed meanwhile", **{"action-cancel-workflow": "1"})
    answer = client_as(autorka).post(edit_url(in_review), data, follow=True)
    assert BAR not in words(answer)
    after = fresh(in_review)
    assert after.get_latest_revision_as_object().lead == "Typed meanwhile"
    assert not after.workflow_in_progress


def test_taken_back_it_keeps_what_a_reviewer_corrected_and_shows_what_was_typed(
    client_as, autorka, redaktorka, in_review
):
    seen = form_of(in_review, lead="Typed meanwhile", loaded_revision_id=str(in_review.latest_revision_id))
    client_as(redaktorka).post(edit_url(in_review), form_of(in_review, lead="Corrected"))
    browser = client_as(autorka)
    text = words(browser.post(edit_url(in_review), {**seen, "action-cancel-workflow": "1"}))
    assert "Typed meanwhile" in text
    assert f'name="loaded_revision_id" value="{seen["loaded_revision_id"]}"' in text
    by_itself = browser.post(edit_url(in_review), seen, **JSON).json()
    assert by_itself["error_code"] == "invalid_revision", "nobody has seen the correction yet"
    assert BAR not in text
    after = fresh(in_review)
    assert after.get_latest_revision_as_object().lead == "Corrected"
    assert not after.workflow_in_progress


def test_a_text_that_came_back_meanwhile_is_not_taken_back_and_loses_nothing(client_as, autorka, redaktorka, in_review):
    browser = client_as(autorka)
    seen = form_of(in_review, lead="Typed meanwhile", loaded_revision_id=str(in_review.latest_revision_id))
    client_as(redaktorka).post(edit_url(in_review), form_of(in_review, lead="Corrected"))
    take_step(in_review, redaktorka, "reject", comment="Brakuje daty")
    text = words(browser.post(edit_url(in_review), {**seen, "action-cancel-workflow": "1"}))
    assert "Typed meanwhile" in text and "Brakuje daty" in text
    assert f'name="loaded_revision_id" value="{seen["loaded_revision_id"]}"' in text
    after = fresh(in_review)
    assert after.get_latest_revision_as_object().lead == "Corrected"
    assert returns.of(after).comment == "Brakuje daty"
    assert "action-cancel-workflow" not in words(browser.get(edit_url(in_review))), "it is the author's already"


@pytest.mark.parametrize("who", ("autor2", "redaktorka"))
def test_attack_taking_back_what_somebody_else_sent(client_as, pages, who, in_approval):
    data = form_of(in_approval, lead=SMUGGLED, **{"action-cancel-workflow": "1"})
    client_as(pages(who)).post(edit_url(in_approval), data)
    after = fresh(in_approval)
    assert after.workflow_in_progress
    assert after.get_latest_revision_as_object().lead != SMUGGLED


def test_a_remark_of_its_author_is_saved_while_it_waits(client_as, autorka, in_review):
    before = in_review.latest_revision_id
    client_as(autorka).post(edit_url(in_review), with_remark(in_review, "Data się zmieni"), **JSON)
    remark = Comment.objects.get(page=in_review)
    assert (remark.text, remark.user) == ("Data się zmieni", autorka)
    assert fresh(in_review).latest_revision_id == before, "no new version, and nobody has written"


@pytest.mark.parametrize("changes", ({"lead": SMUGGLED}, {"title": SMUGGLED}, {"tags": '"Smuggled"'}))
@pytest.mark.parametrize("asks", (JSON, {}), ids=("by itself", "by a button"))
def test_attack_words_that_come_with_a_remark(client_as, autorka, in_review, changes, asks):
    before = in_review.latest_revision_id
    answer = client_as(autorka).post(edit_url(in_review), with_remark(in_review, "Only this", **changes), **asks)
    assert not asks or answer.json()["success"] is False
    after = fresh(in_review)
    assert after.latest_revision_id == before
    assert SMUGGLED not in (after.title, after.lead, after.draft_title)
    assert not after.get_latest_revision_as_object().tags.exists()
    assert not Comment.objects.filter(page=in_review).exists()
    assert WorkflowState.objects.for_instance(after).get().status == WorkflowState.STATUS_IN_PROGRESS


@pytest.mark.parametrize("act", ("remark", "take back"))
def test_what_is_approved_while_its_author_remarks_or_takes_it_back_stays_public(
    monkeypatch, client_as, autorka, koordynatorka, in_approval, act
):
    asked, left = waiting.keeps_out, ["approve"]

    def asked_just_before(*args) -> bool:
        answer = asked(*args)
        if left:
            take_step(in_approval, koordynatorka, left.pop())
        return answer

    monkeypatch.setattr(waiting, "keeps_out", asked_just_before)
    browser = client_as(autorka)
    if act == "remark":
        answer = browser.post(edit_url(in_approval), with_remark(in_approval, "Wait"), **JSON)
        assert answer.json()["success"] is False
    else:
        data = form_of(in_approval, lead=SMUGGLED, **{"action-cancel-workflow": "1"})
        assert SMUGGLED in words(browser.post(edit_url(in_approval), data)), "what was typed is not lost"
        assert SMUGGLED in words(browser.post(edit_url(in_approval), data)), "nor with a click that comes later"
    after = fresh(in_approval)
    assert (after.live, after.lead, after.live_revision_id) == (True, APPROVED, in_approval.latest_revision_id)
    assert after.latest_revision_id == in_approval.latest_revision_id
    assert WorkflowState.objects.for_instance(after).get().status == WorkflowState.STATUS_APPROVED


@pytest.mark.parametrize("asks", (JSON, {}), ids=("by itself", "by a button"))
def test_attack_a_remark_that_says_that_the_meaning_stays(client_as, autorka, live_page, translated, asks):
    text = fresh(live_page).get_latest_revision_as_object()
    text.lead = "Another meaning"
    text.save_revision(user=autorka, log_action=True)
    submit(fresh(live_page), autorka)
    before = fresh(live_page).get_latest_revision()
    for answer in ({"keeps_source_version": "on"}, {}):
        data = with_remark(live_page, "Only this", **answer)
        client_as(autorka).post(edit_url(live_page), data, **asks)
        assert Comment.objects.filter(page=live_page).exists() is (not answer)
        after = fresh(live_page).get_latest_revision()
        assert (after.pk, after.content) == (before.pk, before.content)


def test_attack_a_remark_by_whoever_may_not_edit(client_as, autor2, in_review):
    client_as(autor2).post(edit_url(in_review), with_remark(in_review, "Hello"), **JSON)
    assert not Comment.objects.exists()


def test_lists_of_pages_say_at_which_step_a_new_version_of_a_public_page_waits(
    client_as, autorka, redaktorka, live_page
):
    def said() -> list[int]:
        lists = [reverse("wagtailadmin_explore", args=[live_page.get_parent().pk]), reverse("news:index")]
        return [len(re.findall(mark, words(client_as(autorka).get(address)))) for address in lists]

    mark = 'class="w-status">[^<]*: Redakcja językowa i dostępność'
    others = said()
    live_page.lead = "New words"
    live_page.save_revision(user=autorka)
    submit(live_page, autorka)
    assert said() == [number + 1 for number in others]
    take_step(live_page, redaktorka, "reject", comment="No")
    mark = 'class="w-status">[^<]*zwrócono do poprawy'
    assert said() == [1, 1]


@pytest.fixture
def sent_settings(tlumaczka) -> SiteSettings:
    settings = SiteSettings.objects.get(locale=Locale.objects.get(language_code="en"))
    settings.save_revision(user=tlumaczka)
    submit(settings, tlumaczka)
    return settings


def test_site_settings_say_it_too_and_what_was_typed_there_is_only_shown(
    client_as, tlumaczka, koordynatorka, sent_settings
):
    browser, address = client_as(tlumaczka), edit_address(sent_settings)
    text = words(browser.get(address))
    assert 'form="w-editor-form" name="action-cancel-workflow"' in text[text.index(BAR) :]

    seen = querydict_from_html(text, form_id="w-editor-form").dict()
    corrected = fresh(sent_settings).get_latest_revision_as_object()
    corrected.tagline = "Corrected"
    corrected.save_revision(user=koordynatorka)
    text = words(browser.post(address, seen | {"tagline": SMUGGLED, "action-cancel-workflow": "1"}))
    assert SMUGGLED in text
    assert f'name="loaded_revision_id" value="{seen["loaded_revision_id"]}"' in text
    after = fresh(sent_settings)
    assert after.get_latest_revision_as_object().tagline == "Corrected"
    assert not after.workflow_in_progress


def test_site_settings_that_are_approved_meanwhile_are_not_taken_back(
    monkeypatch, client_as, tlumaczka, redaktorka, koordynatorka, sent_settings
):
    take_step(sent_settings, redaktorka)
    shown, left = kept_out.show_as_typed, [koordynatorka]

    def shown_just_after(*args) -> None:
        if left:
            take_step(sent_settings, left.pop())
        shown(*args)

    monkeypatch.setattr(kept_out, "show_as_typed", shown_just_after)
    browser, address = client_as(tlumaczka), edit_address(sent_settings)
    seen = querydict_from_html(words(browser.get(address)), form_id="w-editor-form").dict()
    for _click in range(2):
        text = words(browser.post(address, seen | {"tagline": SMUGGLED, "action-cancel-workflow": "1"}))
        assert SMUGGLED in text, "what was typed is not lost"
    assert WorkflowState.objects.for_instance(sent_settings).get().status == WorkflowState.STATUS_APPROVED
    assert fresh(sent_settings).get_latest_revision_as_object().tagline != SMUGGLED


def test_site_settings_that_came_back_meanwhile_are_not_taken_back(client_as, tlumaczka, redaktorka, sent_settings):
    browser, address = client_as(tlumaczka), edit_address(sent_settings)
    seen = querydict_from_html(words(browser.get(address)), form_id="w-editor-form").dict()
    take_step(sent_settings, redaktorka, "reject", comment="Brakuje daty")
    text = words(browser.post(address, seen | {"tagline": SMUGGLED, "action-cancel-workflow": "1"}))
    assert SMUGGLED in text and "Brakuje daty" in text
    after = fresh(sent_settings)
    assert returns.of(after).comment == "Brakuje daty"
    assert after.get_latest_revision_as_object().tagline != SMUGGLED
