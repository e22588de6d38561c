"""The notes of a chapter: numbers, ways back, and what is said of a mark that leads nowhere."""

import pytest
from bs4 import BeautifulSoup
from django.utils import translation
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from approval import references
from approval.diff import content_lines
from approval.digest import content_of
from catalog.blocks.features import HANDBOOK_TEXT
from catalog.blocks.notes import NoteBlock
from catalog.models import ChapterPage
from catalog.note_marks import feature
from catalog.notes import stored
from tests import factories
from tests.reading import source
from translation import segments

pytestmark = pytest.mark.django_db
ACT, RULES = stored("act"), stored("rules")


def notes(**texts):
    return [("note", {"key": key, "text": f"<p>{words}</p>"}) for key, words in texts.items()]


def chapter(body, live=True, **texts):
    words = [("text", f"<p>{words}</p>") for words in body]
    return factories.chapter(title="Prawo", slug="prawo", live=live, body=words, notes=notes(**texts))


def draft(body, **texts):
    """Not in the tree: what is wrong with it keeps it from being saved."""
    words = [("text", f"<p>{words}</p>") for words in body]
    return ChapterPage(title="Prawo", body=words, notes=notes(**texts))


def shown(client, page):
    return BeautifulSoup(source(client.get(page.url)), "html.parser")


def test_notes_are_numbered_by_their_first_marks(client, tree):
    page = shown(client, chapter([f"Regulamin{RULES}.", f"Ustawa{ACT} i znów{RULES}."], act="Ustawa", rules="Uchwała"))
    marks = page.select("a[role=doc-noteref]")
    assert [mark.get_text() for mark in marks] == ["1", "2", "1"]
    listed = page.select("[role=doc-endnotes] li")
    assert [item.select_one(".rich-text").get_text(strip=True) for item in listed] == ["Uchwała", "Ustawa"]
    assert [mark["href"] for mark in marks] == [f"#{listed[0]['id']}", f"#{listed[1]['id']}", f"#{listed[0]['id']}"]


def test_a_note_leads_back_to_each_of_its_places(client, tree):
    page = shown(client, chapter([f"Raz{ACT}, dwa{ACT}."], act="Ustawa"))
    back = [link["href"] for link in page.select("[role=doc-backlink]")]
    assert back == [f"#{mark['id']}" for mark in page.select("a[role=doc-noteref]")]
    assert len(set(back)) == 2


def test_each_way_back_says_from_which_note(client, tree):
    page = shown(client, chapter([f"Raz{ACT}, dwa{ACT}, trzy{RULES}."], act="Ustawa", rules="Uchwała"))
    said = [link.get_text() for link in page.select("[role=doc-backlink]")]
    assert said == ["Wróć do miejsca 1: przypis 1", "Wróć do miejsca 2: przypis 1", "Wróć do tekstu: przypis 2"]


@pytest.mark.parametrize(
    ("body", "texts", "field", "named"),
    [
        ([f"Ustawa{ACT}."], {}, "body", "act"),
        (["Ustawa."], {"act": "x"}, "notes", "act"),
    ],
)
def test_a_mark_without_a_note_and_a_note_without_a_mark_are_named_when_it_is_sent(body, texts, field, named):
    assert named in draft(body, **texts).find_errors()[field]


def test_two_notes_with_one_sign_are_named():
    page = draft([f"Ustawa{ACT}."])
    page.notes = notes(act="x") + notes(act="y")
    assert "act" in page.find_errors()["notes"]


def test_a_mark_without_a_note_shows_nothing_to_readers():
    page = draft([f"Ustawa{ACT}."])
    assert "<a" not in page.body.render_as_block({"page": page})


def test_saving_a_text_unchanged_keeps_its_marks():
    converter = ContentstateConverter(HANDBOOK_TEXT)
    kept = converter.to_database_format(converter.from_database_format(f"<p>Ustawa{ACT} mówi <b>tak{RULES}</b>.</p>"))
    assert ACT in kept
    assert f"<b>tak</b>{RULES}" in kept
    assert converter.to_database_format(converter.from_database_format(kept)) == kept


def test_a_translated_sentence_keeps_its_marks(tree):
    page = chapter([f"Ustawa{ACT} mówi."], live=False, act="Ustawa o pożytku")
    said = {"Ustawa o pożytku": "The act", 'Ustawa<a id="a1"></a> mówi.': 'The act<a id="a1"></a> says.'}
    found = [unit.text for unit in segments.segments_of(page)]
    assert set(said) <= set(found)
    assert "act" not in found  # the sign is no word
    content = segments.rewritten(page, segments.content_of(page), lambda unit: said.get(unit.text, unit.text))
    assert f"The act{ACT} says." in content["body"].replace('\\"', '"')
    assert "The act" in content["notes"]


def test_the_comparison_says_which_note_a_mark_leads_to_and_what_it_says(tree):
    page = chapter([f"Ustawa{ACT} mówi."], live=False, act="Ustawa o pożytku")
    lines = [line.text for name in ("body", "notes") for line in content_lines.lines(page, name)]
    assert any("act" in line and line.startswith("Ustawa") for line in lines)
    assert "Ustawa o pożytku" in lines


def test_what_was_approved_before_there_were_notes_is_still_approved(tree):
    assert "notes" not in content_of(chapter(["Ustawa."], live=False))


def test_a_mark_points_to_no_row_not_even_with_a_number(tree):
    numbered = ACT.replace("<a ", '<a id="3" ')
    content = chapter([f"Ustawa{ACT}, ustawa{numbered}."], live=False, act="Ustawa").serializable_data()
    assert references.all_of(ChapterPage, content, {}, links=False) == []


def test_the_editor_calls_it_a_footnote_and_no_remark():
    """A library has a Polish word for “Note” too: another one."""
    with translation.override("pl"):
        assert {str(NoteBlock().label), str(feature().data["description"])} == {"Przypis"}
