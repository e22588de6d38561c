"""A translation becomes current by doing the work: a change counts as taken up, or it is asked about."""

from datetime import timedelta
from typing import Any

import lxml.html
import pytest

from approval.views.subjects import decision_address
from tests import factories
from tests.translation.fixtures import approved, changed, into_english, news_pair
from tests.translation.test_source_panel import text_block
from tests.workflow import draft_of, edit_url, form_of, fresh, what_visitors_see, whole_url
from translation import changes, freshness, originals
from translation.freshness import State
from translation.pending import pending
from translation.source_panel import source_panel

pytestmark = pytest.mark.usefixtures("shared_translation")

SEND = {"action-submit": "1"}


def waiting(page: Any) -> list[str]:
    draft = fresh(page).get_latest_revision_as_object()
    return [change.text or change.label for change in pending(draft, originals.original_of(page))]


def write(page: Any, user: Any, **fields: Any) -> Any:
    """A new draft of a translation."""
    text = fresh(page).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(text, name, value)
    text.save_revision(user=user, log_action=True)
    return fresh(page)


class TestWhatIsPending:
    def test_nothing_of_a_current_translation(self, translated):
        assert waiting(translated) == []

    def test_a_changed_field_until_it_is_changed_here(self, translated, change, tlumaczka):
        change(lead="Another meaning", title="Inny tytuł")
        assert waiting(translated) == ["Inny tytuł", "Another meaning"]
        write(translated, tlumaczka, title="Another title")
        assert waiting(translated) == ["Another meaning"]

    def test_a_full_stop_is_no_answer_to_other_words(self, translated, change, tlumaczka):
        before = fresh(translated).lead
        change(lead="Another meaning")
        write(translated, tlumaczka, lead=f"{before} .")
        assert waiting(translated) == ["Another meaning"]

    def test_a_full_stop_answers_a_full_stop(self, translated, change, tlumaczka):
        before = fresh(translated).lead
        change(lead=f"{originals.original_of(translated).lead}.")
        write(translated, tlumaczka, lead=f"{before}.")
        assert waiting(translated) == []

    def test_words_that_were_changed_before_the_original_was_are_no_answer(self, translated, change, tlumaczka):
        write(translated, tlumaczka, lead="Better English, of the old words")
        change(lead="Another meaning")
        assert waiting(translated) == ["Another meaning"]

    def test_autosave_hides_no_words_from_before(self, translated, change, tlumaczka):
        draft = write(translated, tlumaczka, lead="Better English, of the old words")
        change(lead="Another meaning")
        text = draft.get_latest_revision_as_object()
        text.seo_title = "Something else"
        text.save_revision(user=tlumaczka, overwrite_revision=draft.get_latest_revision())
        assert waiting(translated) == ["Another meaning"]

    def test_everything_where_nobody_knows_what_changed(self, translated, change, tlumaczka):
        change(lead="Another meaning")
        unknown = originals.original_of(translated).source_version - timedelta(days=700)
        write(translated, tlumaczka, lead="Another meaning in English", source_version=unknown)
        assert len(waiting(translated)) == 1


class TestWhatIsPendingOfTwoParagraphs:
    @pytest.fixture(scope="class")
    @classmethod
    def written(cls, tree) -> None:
        """The translation, current, has the two paragraphs of its original."""
        original, translated = news_pair()
        source_version = changed(original, body=text_block("<p>Pierwszy.</p><p>Drugi.</p>")).source_version
        body = text_block("<p>First.</p><p>Second.</p>")
        write(translated, translated.owner, body=body, source_version=source_version)
        approved(translated, "tlumaczka")

    @pytest.fixture
    def paragraphs(self, written, translated) -> Any:
        return translated

    def test_a_new_paragraph_before_moves_no_answer_to_another_one(self, paragraphs, change, tlumaczka):
        change(body=text_block("<p>Pierwszy.</p><p>Drugi inaczej.</p>"))
        write(paragraphs, tlumaczka, body=text_block("<p>Something new.</p><p>First.</p><p>Second.</p>"))
        assert waiting(paragraphs) == ["Drugi inaczej."]
        write(paragraphs, tlumaczka, body=text_block("<p>First.</p><p>Second, otherwise.</p>"))
        assert waiting(paragraphs) == []

    def test_a_new_and_a_removed_paragraph(self, paragraphs, change, tlumaczka):
        change(body=text_block("<p>Drugi.</p><p>Trzeci.</p>"))
        assert waiting(paragraphs) == ["Pierwszy.", "Trzeci."]
        write(paragraphs, tlumaczka, body=text_block("<p>Second.</p>"))
        assert waiting(paragraphs) == ["Trzeci."]
        write(paragraphs, tlumaczka, body=text_block("<p>Second.</p><p>Third.</p>"))
        assert waiting(paragraphs) == []

    def test_a_new_block_is_answered_by_a_new_block(self, paragraphs, change, tlumaczka):
        new = {"type": "text", "id": "22222222-2222-4222-8222-222222222222", "value": "<p>Nowy blok.</p>"}
        change(body=[*text_block("<p>Pierwszy.</p><p>Drugi.</p>"), new])
        assert waiting(paragraphs) == ["Nowy blok."]
        mine = {"type": "text", "id": "33333333-3333-4333-8333-333333333333", "value": "<p>New block.</p>"}
        write(paragraphs, tlumaczka, body=[*text_block("<p>First.</p><p>Second.</p>"), mine])
        assert waiting(paragraphs) == []

    def test_a_picture_a_date_and_where_a_link_leads(self, paragraphs, change, tlumaczka):
        picture, day = factories.image(), factories.day(-3)
        body = text_block('<p>Pierwszy.</p><p><a href="https://przyklad.example/">Drugi.</a></p>')
        change(lead_image=picture, lead_image_alt="Ławka", date=day, body=body)
        found = waiting(paragraphs)
        assert len(found) == 5
        write(paragraphs, tlumaczka, lead_image=picture, lead_image_alt="A bench", date=day)
        assert len(waiting(paragraphs)) == 2
        english = text_block('<p>First.</p><p><a href="https://example.org/en/">Second.</a></p>')
        write(paragraphs, tlumaczka, body=english)
        assert waiting(paragraphs) == []


class TestInTheEditor:
    """Sending asks for what is left; with nothing left the translation is current without a tick."""

    @pytest.fixture
    def browser(self, client_as, tlumaczka) -> Any:
        return client_as(tlumaczka)

    @pytest.fixture
    def send(self, browser) -> Any:
        def act(page: Any, **changes: Any) -> Any:
            seen = {"says_source_version-seen": originals.original_of(page).source_version.isoformat()}
            return browser.post(edit_url(page), form_of(page, **{**seen, **SEND, **changes}))

        return act

    @pytest.fixture(scope="class")
    @classmethod
    def rewritten(cls, tree) -> None:
        original, _translated = news_pair()
        changed(original, lead="Another meaning")

    @pytest.fixture
    def outdated(self, rewritten, translated) -> Any:
        return translated

    def test_the_work_alone_makes_it_current(self, outdated, send, redaktorka, koordynatorka):
        assert send(outdated, lead="Another meaning in English").status_code == 302
        assert freshness.pair_of(fresh(outdated)).state == State.OUTDATED  # not before somebody approved it
        state = fresh(outdated).current_workflow_task_state
        for person in (redaktorka, koordynatorka):
            state = fresh(outdated).current_workflow_task_state
            state.task.specific.on_action(state, person, "approve")
        assert freshness.pair_of(fresh(outdated)).state == State.CURRENT
        assert "Another meaning in English" in what_visitors_see(fresh(outdated))[1]

    def test_what_is_left_is_named_with_its_place(self, outdated, send):
        answer = send(outdated, title="Another title")
        assert answer.status_code == 200
        assert fresh(outdated).current_workflow_state is None or not fresh(outdated).workflow_in_progress
        shown = answer.content.decode()
        assert 'data-show-place="lead"' in shown
        assert "data-confirm-and-send" in shown

    def test_one_confirmation_is_enough(self, outdated, send):
        said = originals.original_of(outdated).source_version
        assert send(outdated, says_source_version=said.isoformat()).status_code == 302
        assert fresh(outdated).get_latest_revision_as_object().source_version == said

    def test_a_tick_is_no_claim_before_it_is_sent_and_can_be_taken_back(self, outdated, browser, send):
        before = fresh(outdated).source_version
        said = originals.original_of(outdated).source_version.isoformat()
        browser.post(edit_url(outdated), form_of(outdated, says_source_version=said))  # as autosave does
        assert fresh(outdated).get_latest_revision_as_object().source_version == before
        assert send(outdated).status_code == 200
        assert not fresh(outdated).workflow_in_progress

    def test_each_change_is_confirmed_by_itself_and_only_in_the_words_it_has(self, outdated, change, send, browser):
        def keys_in(shown: Any) -> list[str]:
            boxes = lxml.html.fromstring(shown.content).xpath("//input[@name='says_source_version-fits']")
            return [box.get("value") for box in boxes]

        before = keys_in(browser.get(whole_url(outdated)))
        assert len(before) == 1
        change(lead="A third meaning", title="Inny tytuł")
        asked = send(outdated, **{"says_source_version-fits": before})
        assert asked.status_code == 200, "it was a confirmation of other words"
        keys = keys_in(asked)
        assert len(keys) == 2
        assert send(outdated, **{"says_source_version-fits": keys[:1]}).status_code == 200
        assert not fresh(outdated).workflow_in_progress
        assert send(outdated, **{"says_source_version-fits": keys}).status_code == 302
        said = originals.original_of(outdated).source_version
        assert fresh(outdated).get_latest_revision_as_object().source_version == said

    def test_form_panel_and_dashboard_count_alike(self, outdated, change, browser):
        change(lead="Another meaning", title="Inny tytuł", date=factories.day(-3))
        answer = browser.get(whole_url(outdated))
        field = answer.context["form"].fields["says_source_version"]
        panel = source_panel(fresh(outdated).get_latest_revision_as_object())
        listed = changes.counted([freshness.pair_of(fresh(outdated))])
        assert [field.widget.count(), panel.changed_count, *listed.values()] == [3, 3, 3]

    def test_the_approver_sees_what_was_confirmed_without_a_change(self, outdated, change, send, redaktorka, client_as):
        change(lead="Another meaning", title="Inny tytuł")
        said = originals.original_of(outdated).source_version.isoformat()
        send(outdated, title="Another title", says_source_version=said)
        step = fresh(outdated).current_workflow_task_state
        found = client_as(redaktorka).get(decision_address(step)).context["source_panel"]
        marked = {unit.place: unit.has_stayed for unit in found.units if unit.mark}
        assert marked == {"title": False, "lead": True}

    def test_it_can_be_sent_as_it_is_and_claims_nothing(self, outdated, send):
        before = fresh(outdated).source_version
        assert send(outdated, title="Corrected", **{"says_source_version-later": "1"}).status_code == 302
        assert fresh(outdated).get_latest_revision_as_object().source_version == before

    def test_a_draft_claims_nothing_by_itself(self, outdated, browser):
        before = fresh(outdated).source_version
        browser.post(edit_url(outdated), form_of(outdated, lead="Another meaning in English"))
        assert fresh(outdated).get_latest_revision_as_object().source_version == before

    def test_a_change_that_the_form_did_not_show_is_asked_about(self, outdated, change, send):
        seen = originals.original_of(outdated).source_version.isoformat()
        change(lead="A third meaning")
        answer = send(outdated, lead="Another meaning", **{"says_source_version-seen": seen})
        assert answer.status_code == 200
        assert not fresh(outdated).workflow_in_progress


def test_a_translation_that_was_never_public_catches_up_alike(autorka, tlumaczka):
    original = approved(draft_of(autorka, "Only in Polish"))
    page = into_english(original)
    write(page, tlumaczka, title="In English too", lead="In English")
    changed(original, lead="Another meaning")
    assert waiting(page) == ["Another meaning"]
    write(page, tlumaczka, lead="Another meaning in English")
    assert waiting(page) == []
