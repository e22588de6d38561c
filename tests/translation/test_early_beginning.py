"""A translation begins with the first version of its original that was sent, and knows when that changes."""

import pytest
from django.urls import reverse

from approval.models import Release
from approval.refusals import RefusedError
from tests.approval.release_scene import together
from tests.reading import document
from tests.workflow import edit_url, form_of, fresh, in_an_hour, publish_properly, submit, take_step
from translation import drafts, freshness, originals
from translation.freshness import State
from translation.source_panel import source_panel


@pytest.fixture
def sent(draft, autorka):
    """Written over once more, and sent: the row of the page keeps its first words."""
    text = draft.get_latest_revision_as_object()
    text.lead = "What was sent"
    text.save_revision(user=autorka)
    submit(fresh(draft), autorka)
    return fresh(draft)


def newest(page):
    return fresh(page).get_latest_revision_as_object()


def corrected(page, author, words):
    """Returned, changed by its author and sent again."""
    text = newest(page)
    text.lead = words
    text.save_revision(user=author, log_action=True)
    return fresh(page)


def test_it_begins_with_the_words_that_were_sent(sent, tlumaczka, english):
    page = drafts.begin(sent, english, tlumaczka)
    assert newest(page).lead == "What was sent"
    assert fresh(page).lead == "What was sent", "no words of the draft before, in no place"
    assert originals.original_of(newest(page)).lead == "What was sent"
    assert newest(page).source_version == newest(sent).source_version


def test_what_its_author_writes_afterwards_is_nobodys_to_translate(sent, autorka, redaktorka, tlumaczka, english):
    take_step(sent, redaktorka, "reject", comment="Shorter")
    corrected(sent, autorka, "A mere draft")
    with pytest.raises(RefusedError):
        drafts.begin(fresh(sent), english, tlumaczka)


def test_nor_is_its_new_title(sent, autorka, tlumaczka, client):
    text = newest(sent)
    text.title = "A mere draft"
    text.save_revision(user=autorka)
    client.force_login(tlumaczka)
    shown = client.get(reverse("translation:begin", args=(sent.pk, "en"))).text
    assert sent.title in shown and "A mere draft" not in shown


def test_a_scheduled_text_is_translated_before_its_time(draft, autorka, redaktorka, koordynatorka, tlumaczka, english):
    text = newest(draft)
    text.go_live_at = in_an_hour()
    text.save_revision(user=autorka)
    scheduled = publish_properly(fresh(draft), autorka, redaktorka, koordynatorka)
    page = drafts.begin(scheduled, english, tlumaczka)
    assert not fresh(page).live
    assert newest(page).go_live_at is None, "it has no time of its own"


def test_a_change_of_the_original_after_the_beginning_is_said(
    sent, autorka, redaktorka, koordynatorka, tlumaczka, english
):
    page = drafts.begin(sent, english, tlumaczka)
    assert source_panel(newest(page)).is_current
    take_step(sent, redaktorka, "reject", comment="Shorter")
    page_of_original = corrected(sent, autorka, "What was sent, and changed")
    page_of_original.current_workflow_state.resume(autorka)
    found = source_panel(newest(page))
    assert not found.is_current
    assert found.changed_count == 1
    public = publish_done(page_of_original, redaktorka, koordynatorka)
    publish_properly(fresh(page), tlumaczka, redaktorka, koordynatorka)
    (pair,) = freshness.pairs(freshness.originals().filter(pk=public.pk), english)
    assert pair.state == State.OUTDATED


def test_both_that_went_live_together_are_current(sent, autorka, redaktorka, koordynatorka, tlumaczka, english):
    release = together(sent, autorka)
    page = drafts.begin(fresh(sent), english, tlumaczka)
    assert release.items.filter(page=page.pk).exists(), "it takes its place in the release"
    publish_properly(page, tlumaczka, redaktorka, koordynatorka)
    assert not fresh(page).live
    assert source_panel(newest(page)).is_sent
    publish_done(sent, redaktorka, koordynatorka)
    assert fresh(page).live
    (pair,) = freshness.pairs(freshness.originals().filter(pk=sent.pk), english)
    assert pair.state == State.CURRENT
    assert not Release.objects.open().exists()


def test_a_new_version_of_a_public_text_is_translated_from_what_was_sent(
    live_page, translated, autorka, redaktorka, koordynatorka, tlumaczka, english
):
    corrected(live_page, autorka, "The new words")
    assert originals.original_of(newest(translated)).lead != "The new words"
    together(fresh(live_page), autorka)
    submit(fresh(live_page), autorka)
    found = originals.original_of(newest(translated))
    assert found.lead == "The new words"
    assert not source_panel(newest(translated)).is_current


def publish_done(page, reviewer, approver):
    take_step(page, reviewer)
    take_step(page, approver)
    return fresh(page)


def test_the_editor_of_an_original_leads_a_translator_to_its_translation(
    client_as, tlumaczka, draft, live_page, english
):
    """Every mail and list that names an original leads there; to a mere draft there is no way."""
    browser = client_as(tlumaczka)
    asked = browser.get(edit_url(live_page))
    (action,) = document(asked).xpath("//form[@method='post' and contains(@action, '/en/')]/@action")
    begun = live_page.get_translation_or_none
    assert begun(english) is None, "nothing happens by looking"
    browser.post(action)
    assert not begun(english).live
    assert browser.get(edit_url(live_page)).url == edit_url(begun(english))
    home = reverse("wagtailadmin_home")
    assert browser.get(edit_url(draft)).url == home
    assert browser.post(edit_url(live_page), form_of(live_page, lead="Other")).url == home
