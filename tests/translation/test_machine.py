"""A machine translates only where the installation names one, and a person stands for its words."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail_localize.machine_translators import dummy

from events.models import Venue
from tests.translation.fixtures import FIRST
from tests.translation.test_segments import SEND, rows_of, send
from tests.workflow import edit_url, form_of, fresh, submit
from translation import drafts
from translation.machine import marked, remember
from translation.models import MachineWords

pytestmark = pytest.mark.usefixtures("shared_standard_draft")

ASK = {"machine": "1"}


@pytest.fixture
def draft(standard_draft) -> Any:
    return standard_draft


@pytest.fixture
def browser(tlumaczka, client_as) -> Any:
    return client_as(tlumaczka)


@pytest.fixture
def machine(settings) -> None:
    """wagtail-localize's own for tests: it turns the order of the words round."""
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": f"{dummy.__name__}.DummyTranslator"}


def words_of(browser: Any, page: Any) -> list[str]:
    return [row.value for row in rows_of(browser, page)]


def test_without_one_there_is_no_button_and_asking_for_it_is_refused(draft, browser):
    number = fresh(draft).latest_revision_id
    shown = browser.get(edit_url(draft))
    assert 'name="machine"' not in shown.content.decode()
    assert send(browser, draft, {}, shown, **ASK).status_code == 302
    assert fresh(draft).latest_revision_id == number
    assert not MachineWords.objects.exists()


def test_it_writes_where_nobody_has_written_and_marks_it(machine, draft, browser):
    shown = browser.get(edit_url(draft))
    assert 'name="machine"' in shown.content.decode()
    send(browser, draft, {"title": "Typed by a person"}, shown, **ASK)
    shown = browser.get(edit_url(draft))
    title, first, second, _address = shown.context["rows"]
    assert (title.value, title.is_of_machine) == ("Typed by a person", False)
    assert (first.value, first.is_of_machine) == (" ".join(reversed(FIRST.split())), True)
    assert second.is_of_machine
    assert 'id="a1"' in second.value
    assert shown.context["counter"].waiting == 2
    assert 'name="machine"' not in shown.content.decode()
    assert not marked(Venue(pk=draft.pk)), "a venue that happens to have the number of the page"


def test_its_words_are_not_sent_before_a_person_has_changed_or_checked_them(machine, draft, browser):
    send(browser, draft, {"title": "Typed by a person"}, **ASK)
    _title, first, second, _address = rows_of(browser, draft)
    shown = None
    for more in (SEND, {**SEND, "checked": "1"}, {**SEND, "same_on_purpose": "on"}):
        shown = send(browser, draft, {}, shown, **more)
        assert shown.context["left"]
        assert not fresh(draft).workflow_in_progress
    path = second.unit.segment.path
    changed = {first.unit.segment.path: "Changed by a person"}
    assert send(browser, draft, changed, **{f"checked:{path}": "on"}).status_code == 302
    assert not MachineWords.objects.exists()
    assert send(browser, draft, {}, **SEND).status_code == 302
    assert fresh(draft).workflow_in_progress


def test_when_the_machine_fails_what_was_typed_is_saved_all_the_same(machine, draft, browser, monkeypatch):
    def fail(*_arguments: Any) -> None:
        raise OSError("no network")

    monkeypatch.setattr(dummy.DummyTranslator, "translate", fail)
    assert send(browser, draft, {"title": "Typed by a person"}, **ASK).status_code == 302
    assert words_of(browser, draft)[:3] == ["Typed by a person", "", ""]
    assert not MachineWords.objects.exists()


def test_its_markup_stands_only_where_the_original_has_the_same(machine, draft, browser, monkeypatch):
    monkeypatch.setattr(dummy, "translate_html", lambda html: "<script>x</script><i>Words</i> & <b>more")
    send(browser, draft, {}, **ASK)
    assert words_of(browser, draft)[:3] == ["xWords & more", "xWords &amp; more", ""]


def test_the_ordinary_editor_asks_too_and_the_approver_sees_what_nobody_checked(
    live_page, english, tlumaczka, redaktorka, client_as
):
    draft = drafts.begin(live_page, english, tlumaczka)
    said = {"title": "Typed by a person", "lead": "What a machine says", "action-submit": "1"}
    remember(draft, {"lead": said["lead"]})
    errors = client_as(tlumaczka).post(edit_url(draft), form_of(draft, **said)).context["form"].errors
    assert list(errors) == ["machine_words_checked"]
    assert "What a machine says" in errors["machine_words_checked"][0]
    del said["action-submit"]
    client_as(tlumaczka).post(edit_url(draft), form_of(draft, **said))
    submit(fresh(draft), tlumaczka)  # a way that asks nothing
    refused = form_of(draft, lead="Typed while it waits", same_on_purpose="on", machine_words_checked="on")
    client_as(tlumaczka).post(edit_url(draft), refused)
    decision = reverse("newsroom:decide", args=[fresh(draft).current_workflow_task_state.pk])
    shown = client_as(redaktorka).get(decision)
    assert [unit.path for unit in shown.context["source_panel"].of_machine] == ["lead"]
    assert shown.content.decode().count("What a machine says") > 1
    remember(draft, {"lead": "Other words, which stand here no more"})
    assert not client_as(redaktorka).get(decision).context["source_panel"].of_machine


def test_what_was_checked_in_the_ordinary_editor_is_sent(live_page, english, tlumaczka, client_as):
    draft = drafts.begin(live_page, english, tlumaczka)
    said = {"title": "Typed by a person", "lead": "What a machine says", "action-submit": "1"}
    remember(draft, {"lead": said["lead"]})
    form = form_of(draft, **said, machine_words_checked="on")
    assert client_as(tlumaczka).post(edit_url(draft), form).status_code == 302
    assert fresh(draft).workflow_in_progress
    assert not MachineWords.objects.exists()
