"""News are translated as chapters are, segment by segment; their topics and files stay their own."""

import lxml.html
import pytest

from news.models import NewsAttachment, NewsPage
from tests import factories
from tests.translation.test_segments import rows_of, send
from tests.workflow import APPROVED, edit_url, fresh, publish_properly, take_step
from translation import drafts

WORDS = {"title": "Live in English", APPROVED: "Approved in English"}


@pytest.fixture
def browser(tlumaczka, client_as):
    return client_as(tlumaczka)


@pytest.fixture
def original(live_page, autorka, redaktorka, koordynatorka) -> NewsPage:
    """With a topic."""
    text = live_page.get_latest_revision_as_object()
    text.tags.set(["sąsiedztwo"])
    text.save_revision(user=autorka, log_action=True)
    return publish_properly(live_page, autorka, redaktorka, koordynatorka)


@pytest.fixture
def draft(original, english, tlumaczka) -> NewsPage:
    return drafts.begin(original, english, tlumaczka)


def test_a_news_item_is_translated_segment_by_segment_and_goes_live(draft, browser, redaktorka, koordynatorka):
    assert rows_of(browser, draft)[0].unit.segment.path == "title"
    assert send(browser, draft, WORDS, **{"action-submit": "1"}).status_code == 302
    take_step(draft, redaktorka)
    take_step(draft, koordynatorka)
    assert (fresh(draft).title, fresh(draft).lead) == ("Live in English", "Approved in English")


def test_the_ordinary_editor_is_one_click_away_with_the_original_open_beside_what_is_new(
    draft, browser, redaktorka, koordynatorka
):
    whole = browser.get(edit_url(draft)).context["whole_url"]
    shown = browser.get(whole).content.decode()
    assert 'name="lead"' in shown
    assert f'data-source-panel-open="{draft.pk}"' in shown
    send(browser, draft, WORDS, **{"action-submit": "1"})
    take_step(draft, redaktorka)
    take_step(draft, koordynatorka)
    assert "data-source-panel-open" not in browser.get(whole).content.decode()


def test_topics_without_a_name_are_told_with_the_way_to_name_them(draft, browser):
    answer = browser.get(edit_url(draft))
    assert answer.context["names"] == [("sąsiedztwo", "")]
    (link,) = lxml.html.fromstring(answer.content).xpath("//section[@aria-labelledby='topics']//a/@href")
    assert browser.get(link.partition("#")[0]).status_code == 200


def test_files_and_topics_of_the_original_never_move_to_its_translation(
    original, draft, browser, autorka, redaktorka, koordynatorka
):
    """A child row that kept the original's number would be taken from the page that visitors read."""
    named = draft.get_latest_revision_as_object()
    named.tags.set(["neighbourhood"])
    named.save_revision(user=autorka, log_action=True)
    text = fresh(original).get_latest_revision_as_object()
    text.attachment_items = [NewsAttachment(document=factories.document("Regulamin"))]
    text.tags.set(["sąsiedztwo", "podwórko"])
    text.save_revision(user=autorka, log_action=True)
    publish_properly(fresh(original), autorka, redaktorka, koordynatorka)
    assert send(browser, draft, WORDS, **{"action-submit": "1"}).status_code == 302
    take_step(draft, redaktorka)
    take_step(draft, koordynatorka)
    for page, topics in ((original, {"sąsiedztwo", "podwórko"}), (draft, {"neighbourhood"})):
        assert set(fresh(page).tags.names()) == topics
        assert [file.title for file in fresh(page).attachments] == ["Regulamin"]
    assert NewsAttachment.objects.count() == 2
