"""A translation knows which edition of its original it says."""

import re

import pytest

from approval import archive, contributors, emergency, roles, verification
from approval.models import LedgerEntry
from approval.refusals import RefusedError
from news.models import NewsPage
from tests.approval.release_scene import together
from tests.translation.fixtures import ENGLISH, approved, into_english, state_of
from tests.workflow import (
    QUOTE,
    draft_of,
    edit_url,
    form_of,
    fresh,
    person,
    publish_properly,
    submit,
    take_step,
    what_visitors_see,
    whole_url,
)
from translation import drafts, freshness, originals
from translation.freshness import State

pytestmark = pytest.mark.usefixtures("shared_translation")


@pytest.fixture(scope="module")
def only_polish(shared_translation) -> int:
    return approved(draft_of(person("autorka", roles.AUTHORS), "Sąsiedzi sadzą drzewa na podwórku")).pk


@pytest.fixture
def untranslated(only_polish, autorka, redaktorka, koordynatorka) -> NewsPage:
    """A live page that nobody has begun to translate."""
    return NewsPage.objects.get(pk=only_polish)


def send(browser, page, **changes):
    return browser.post(edit_url(page), form_of(page, **changes))


def offered(browser, page, beside=""):
    """The answers to what changes in the public text, in the window that sends."""
    asked = browser.get(edit_url(page)).content.decode()
    return re.findall(rf'type="radio" name="keeps_source_version" value="(\w*)"{beside}', asked)


def chosen(browser, page):
    return offered(browser, page, " checked")


def test_a_translation_is_current_until_the_meaning_of_the_original_changes(translated, change):
    assert state_of(translated) == State.CURRENT
    change(lead="Another meaning")
    assert state_of(translated) == State.OUTDATED
    assert ENGLISH in what_visitors_see(fresh(translated))[1]


def test_a_small_correction_leaves_it_current(translated, change):
    change(keeps=True, lead="Text that was approved.")
    assert state_of(translated) == State.CURRENT


def test_a_change_after_a_small_correction_counts(translated, change):
    change(keeps=True, lead="Text that was approved.")
    change(lead="Another meaning")
    assert state_of(translated) == State.OUTDATED


def test_putting_the_old_original_back_makes_its_translation_current_again(
    live_page, translated, autorka, koordynatorka, koordynator2
):
    text = fresh(live_page).get_latest_revision_as_object()
    text.lead = "Flood"
    text.save_revision(user=autorka, log_action=True)
    page = fresh(live_page)
    entry = emergency.publish(
        page, koordynatorka, "Powódź, wszyscy już jadą, nie ma kogo zapytać.", page.latest_revision_id
    )
    assert state_of(translated) == State.OUTDATED
    emergency.put_back(entry, koordynator2)
    assert state_of(translated) == State.CURRENT


def test_an_old_version_that_is_brought_back_and_changed_has_an_edition_of_its_own(
    live_page, translated, change, autorka, redaktorka, koordynatorka
):
    first = fresh(live_page).get_latest_revision()
    change(lead="Another meaning")
    old = first.as_object()
    old.lead = "A third meaning"
    old.save_revision(user=autorka, log_action=True, previous_revision=first)
    publish_properly(fresh(live_page), autorka, redaktorka, koordynatorka)
    assert state_of(translated) == State.OUTDATED


def test_the_ledger_leads_from_the_translation_to_the_approved_original(live_page, translated, change):
    change(lead="Another meaning")
    said = originals.published_as(live_page, fresh(translated).source_version)
    assert said.lead == "Text that was approved"
    assert LedgerEntry.objects.for_instance(translated).publications().first().source_version == said.source_version
    assert not list(verification.doubts([fresh(live_page), fresh(translated)]))


def test_saving_the_same_words_again_is_no_new_edition(live_page, translated, autorka):
    before = fresh(live_page).source_version
    fresh(live_page).get_latest_revision_as_object().save_revision(user=autorka)
    assert fresh(live_page).get_latest_revision_as_object().source_version == before


def test_states_on_the_way(untranslated, tlumaczka, english):
    def state():
        (pair,) = freshness.pairs(freshness.originals().filter(pk=untranslated.pk), english)
        return pair.state

    assert state() == State.NONE
    page = drafts.begin(untranslated, english, tlumaczka)
    assert state() == State.DRAFT
    submit(page, tlumaczka)
    assert state() == State.REVIEW


def test_a_hundred_pairs_cost_as_many_queries_as_one(translated, untranslated, english, django_assert_num_queries):
    into_english(untranslated)
    freshness.pairs(freshness.originals(), english)  # content types are known now
    with django_assert_num_queries(2):  # pages with their facts; translations
        assert len(freshness.pairs(freshness.originals(), english)) > 3


class TestInTheEditor:
    """What the form asks, and of whom."""

    def test_an_original_says_that_a_change_is_a_small_correction(
        self, live_page, translated, autorka, redaktorka, koordynatorka, koordynator2, client_as
    ):
        browser = client_as(koordynatorka)
        assert "keeps_source_version" in browser.get(edit_url(live_page)).content.decode()
        send(browser, live_page, lead="Text, that was approved", keeps_source_version="on")
        publish_properly(fresh(live_page), autorka, redaktorka, koordynator2)
        assert state_of(translated) == State.CURRENT

    def test_what_is_called_small_and_is_not_does_not_keep_it_current(
        self, live_page, translated, autorka, redaktorka, koordynatorka, client_as
    ):
        answer = {"keeps_source_version": "small", "action-submit": "1"}
        send(client_as(autorka), live_page, lead="Another meaning, in more words than five", **answer)
        take_step(live_page, redaktorka)
        take_step(live_page, koordynatorka)
        assert state_of(translated) == State.OUTDATED

    def test_a_small_correction_that_came_back_is_none_that_keeps_its_meaning(
        self, live_page, translated, change, autorka, redaktorka, koordynatorka, client_as
    ):
        before = change(body=[(QUOTE["type"], QUOTE["value"])]).source_version
        browser, sent = client_as(autorka), {"action-submit": "1"}
        send(browser, live_page, lead="Text that was approved.", keeps_source_version="small", **sent)
        take_step(live_page, redaktorka, "reject", comment="One more comma")
        answer = chosen(browser, live_page)
        assert answer == ["small"]
        send(browser, live_page, lead="Another meaning in more words than five", keeps_source_version=answer[0], **sent)
        take_step(live_page, redaktorka)
        take_step(live_page, koordynatorka)
        assert fresh(live_page).source_version != before

    def test_what_was_said_is_chosen_and_nothing_else(self, live_page, translated, autorka, client_as):
        browser = client_as(autorka)
        send(browser, live_page, lead="Text, that was approved", keeps_source_version="on")
        assert chosen(browser, live_page) == ["on"]
        send(browser, live_page, lead="Text that was approved", keeps_source_version="")
        assert chosen(browser, live_page) == [""], "the words that are public, typed once more, say nothing of others"

    def test_a_text_that_goes_live_with_others_is_asked_too_but_for_a_small_correction(
        self, live_page, translated, autorka, client_as
    ):
        browser = client_as(autorka)
        send(browser, live_page, lead="Text, that was approved", keeps_source_version="on")
        together(fresh(live_page), autorka)
        assert (offered(browser, live_page), chosen(browser, live_page)) == (["", "on"], ["on"])

    def test_an_original_without_translation_is_not_asked(self, untranslated, koordynatorka, client_as):
        assert "keeps_source_version" not in client_as(koordynatorka).get(edit_url(untranslated)).content.decode()

    def test_a_current_translation_is_not_asked_whether_it_caught_up(self, translated, tlumaczka, client_as):
        assert "says_source_version" not in client_as(tlumaczka).get(whole_url(translated)).content.decode()

    def test_what_changed_again_meanwhile_is_not_taken_for_said(self, translated, change, tlumaczka, client_as):
        seen = change(lead="Another meaning").source_version
        change(lead="A third meaning")
        answer = send(client_as(tlumaczka), translated, lead="Another meaning", says_source_version=seen.isoformat())
        assert answer.status_code == 200
        assert "says_source_version" in answer.context["form"].errors

    def test_polish_words_are_not_sent_as_english_and_each_that_stays_is_ticked_by_itself(
        self, untranslated, tlumaczka, client_as
    ):
        draft = into_english(untranslated)
        browser = client_as(tlumaczka)
        answer = send(browser, draft, **{"action-submit": "1"})
        assert "same_on_purpose" in answer.context["form"].errors
        assert "Sąsiedzi sadzą" in str(answer.context["form"].errors)
        assert fresh(draft).current_workflow_state is None
        keys = re.findall(r'name="same_on_purpose-part" value="(\w+)"', answer.content.decode())
        assert len(keys) == 2
        again = send(browser, draft, **{"action-submit": "1", "same_on_purpose-part": keys[:1]})
        assert str(again.context["form"].errors).count(": „") == 1
        assert not fresh(draft).workflow_in_progress
        assert send(browser, draft, **{"action-submit": "1", "same_on_purpose-part": keys}).status_code == 302
        assert fresh(draft).workflow_in_progress

    def test_the_address_follows_the_translated_title(self, untranslated, tlumaczka, english, client_as):
        draft = drafts.begin(untranslated, english, tlumaczka)
        send(client_as(tlumaczka), draft, title="Neighbours plant trees")
        assert fresh(draft).get_latest_revision_as_object().slug == "neighbours-plant-trees"


class TestBeginning:
    def test_it_starts_from_what_visitors_read_not_from_a_draft(self, untranslated, autorka, tlumaczka, english):
        text = untranslated.get_latest_revision_as_object()
        text.lead = "Not approved yet"
        text.save_revision(user=autorka)
        draft = drafts.begin(untranslated, english, tlumaczka)
        assert draft.get_latest_revision_as_object().lead == "Text that was approved"
        assert (draft.live, draft.owner, draft.locale) == (False, tlumaczka, english)

    def test_it_never_shows_polish_under_english(self, untranslated, tlumaczka, english):
        draft = drafts.begin(untranslated, english, tlumaczka)
        assert what_visitors_see(draft)[0] == 404

    def test_beginning_twice_leads_to_the_same_draft(self, untranslated, tlumaczka, english):
        assert drafts.begin(untranslated, english, tlumaczka) == drafts.begin(untranslated, english, tlumaczka)

    def test_a_text_that_is_not_public_has_no_translation(self, draft, tlumaczka, english):
        with pytest.raises(RefusedError, match="Draft"):
            drafts.begin(draft, english, tlumaczka)

    def test_its_translator_cannot_approve_it(self, untranslated, tlumaczka, english):
        assert tlumaczka.pk in contributors.contributors(drafts.begin(untranslated, english, tlumaczka))


def test_taking_down_and_restoring_keeps_the_edition(live_page, translated, koordynatorka):
    fresh(live_page).unpublish(user=koordynatorka)
    archive.restore(fresh(live_page), koordynatorka)
    assert state_of(translated) == State.CURRENT
