"""Attacks on what readers are told of chapters: nothing of a draft is told, and what is told was approved."""

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from approval.models import LedgerEntry
from approval.publish_guard import NotApprovedError
from catalog.models import ChapterChange, ChapterFeedback, ChapterPage
from tests import factories, forms
from tests.approval.scene import crew
from tests.workflow import SMUGGLED, publish_properly, refused_politely, submit, take_step

pytestmark = pytest.mark.django_db
SEARCHES = True
TOLD = "Wniosek składa się teraz przez internet."
EVERYWHERE = (
    "/",
    "/katalog/",
    "/katalog/wniosek/",
    "/katalog/zmiany/",
    "/katalog/zmiany/rss/",
    "/katalog/zmiany/atom/",
    "/katalog/calosc/",
    "/szukaj/?q=Smuggled",
)


@pytest.fixture
def chapter(db) -> ChapterPage:
    author, reviewer, approver, _translator = crew()
    page = factories.chapter(title="Wniosek", slug="wniosek")
    page.change_summary = TOLD
    page.save_revision(user=author)
    return publish_properly(page, author, reviewer, approver)


def is_told(client, words: str) -> list[str]:
    return [address for address in EVERYWHERE if words in client.get(address).content.decode().replace("\xa0", " ")]


def test_a_sentence_of_a_draft_is_told_after_the_last_step(client, chapter, django_capture_on_commit_callbacks):
    author, reviewer, approver, _translator = crew()
    chapter.lead, chapter.change_summary = SMUGGLED, SMUGGLED
    chapter.save_revision(user=author)
    assert not is_told(client, SMUGGLED)
    submit(chapter, author)
    take_step(chapter, reviewer)
    assert not is_told(client, SMUGGLED)
    with django_capture_on_commit_callbacks(execute=True):
        take_step(chapter, approver)
    assert set(EVERYWHERE) - set(is_told(client, SMUGGLED)) <= {"/", "/szukaj/?q=Smuggled"}


def test_a_sentence_alone_is_approved_like_a_text(chapter):
    chapter.change_summary = SMUGGLED
    with pytest.raises(NotApprovedError):
        chapter.save()
    with pytest.raises(NotApprovedError):
        chapter.save(update_fields=["change_summary"])
    assert not ChapterChange.objects.filter(sentence=SMUGGLED)


def test_nobody_tells_readers_something_by_a_small_correction(client_as, chapter):
    _author, editor, *_others = crew()
    browser = client_as(editor)
    answer = forms.send(
        browser,
        forms.edit_address(chapter),
        {"change_summary": SMUGGLED, "small_correction": "on"},
        {"action-submit": "1"},
    )
    assert refused_politely(answer)
    acts = LedgerEntry.objects.for_instance(chapter).values_list("act", flat=True)
    assert "corrected" not in acts
    assert not ChapterChange.objects.filter(sentence=SMUGGLED)


@pytest.mark.parametrize("how", ["closed", "taken down"])
def test_what_nobody_can_read_has_no_history(client, chapter, how, django_capture_on_commit_callbacks):
    assert {"/katalog/zmiany/", "/katalog/zmiany/rss/"} <= set(is_told(client, TOLD))
    with django_capture_on_commit_callbacks(execute=True):
        if how == "closed":
            PageViewRestriction.objects.create(page=chapter, restriction_type="password", password="x")
        else:
            chapter.unpublish()
    assert not is_told(client, TOLD)


def test_what_readers_wrote_is_read_by_no_visitor(client, chapter):
    ChapterFeedback.objects.create(page=chapter, day=factories.day(), helped=False, words=SMUGGLED)
    assert not is_told(client, SMUGGLED)
    assert client.get(reverse("chapter_feedback_report")).status_code == 302
