"""News are translated as chapters are, segment by segment; their topics and files stay their own."""

import lxml.html
import pytest

from approval import roles
from news.models import NewsAttachment, NewsPage
from tests import factories
from tests.translation.fixtures import approved, into_english
from tests.translation.test_segments import send
from tests.workflow import APPROVED, draft_of, edit_url, fresh, person, take_step
from translation import originals

WORDS = {"title": "Live in English", APPROVED: "Approved in English"}


@pytest.fixture(scope="module")
def begun(module_tree) -> int:
    """The draft of a page with a topic."""
    author = person("autorka", roles.AUTHORS)
    text = draft_of(author, "Live")
    text.tags.set(["sąsiedztwo"])
    text.save_revision(user=author, log_action=True)
    return into_english(approved(text)).pk


@pytest.fixture
def draft(begun, db) -> NewsPage:
    return NewsPage.objects.get(pk=begun)


@pytest.fixture
def browser(tlumaczka, client_as):
    return client_as(tlumaczka)


def test_a_news_item_goes_live_segment_by_segment_with_the_ordinary_editor_one_click_away(
    draft, browser, redaktorka, koordynatorka
):
    answer = browser.get(edit_url(draft))
    assert answer.context["rows"][0].unit.segment.path == "title"
    whole = answer.context["whole_url"]
    shown = browser.get(whole).content.decode()
    assert 'name="lead"' in shown
    assert f'data-source-panel-open="{draft.pk}"' in shown, "the original is open beside what is new"
    assert send(browser, draft, WORDS, answer, **{"action-submit": "1"}).status_code == 302
    take_step(draft, redaktorka)
    take_step(draft, koordynatorka)
    assert (fresh(draft).title, fresh(draft).lead) == ("Live in English", "Approved in English")
    assert "data-source-panel-open" not in browser.get(whole).content.decode()


def test_topics_without_a_name_are_told_with_the_way_to_name_them(draft, browser):
    answer = browser.get(edit_url(draft))
    assert answer.context["names"] == [("sąsiedztwo", "")]
    (link,) = lxml.html.fromstring(answer.content).xpath("//section[@aria-labelledby='topics']//a/@href")
    assert browser.get(link.partition("#")[0]).status_code == 200


def test_files_and_topics_of_the_original_never_move_to_its_translation(
    draft, browser, autorka, redaktorka, koordynatorka
):
    """A child row that kept the original's number would be taken from the page that visitors read."""
    original = originals.original_of(draft)
    named = draft.get_latest_revision_as_object()
    named.tags.set(["neighbourhood"])
    named.save_revision(user=autorka, log_action=True)
    text = fresh(original).get_latest_revision_as_object()
    text.attachment_items = [NewsAttachment(document=factories.document("Regulamin"))]
    text.tags.set(["sąsiedztwo", "podwórko"])
    text.save_revision(user=autorka, log_action=True)
    approved(original)
    assert send(browser, draft, WORDS, **{"action-submit": "1"}).status_code == 302
    take_step(draft, redaktorka)
    take_step(draft, koordynatorka)
    for page, topics in ((original, {"sąsiedztwo", "podwórko"}), (draft, {"neighbourhood"})):
        assert set(fresh(page).tags.names()) == topics
        assert [file.title for file in fresh(page).attachments] == ["Regulamin"]
    assert NewsAttachment.objects.count() == 2
