"""The blocks of the handbook: what they say to readers, and what they ask of editors."""

import copy

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.translation import override
from wagtail.blocks.stream_block import StreamBlockValidationError

from approval.diff import content_lines
from catalog.blocks.body import HandbookBodyBlock
from home.blocks import reading
from home.blocks.body import BodyBlock
from newsroom import form_problems
from tests import factories
from tests.catalog import every_block
from tests.test_query_counts import look_at, queries
from translation import segments

BODY = HandbookBodyBlock()
BLOCKS = every_block.PL
TREE, WORKSHEET = BLOCKS["decision_tree"], BLOCKS["worksheet"]


def shown(*stream, language="pl", **context):
    value = BODY.to_python([{"type": name, "value": value} for name, value in stream])
    with override(language):
        return BeautifulSoup(BODY.render(value, context), "html.parser")


def problems(name, value):
    """What the form of the editor says of it: (where, in which words)."""
    stream = BODY.to_python([{"type": name, "value": copy.deepcopy(value)}])
    try:
        BODY.clean(stream)
    except StreamBlockValidationError as error:
        return [str(problem.words) for problem in form_problems._of_block(BODY, stream, error)]
    return []


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_passes_its_own_checks(name):
    assert problems(name, BLOCKS[name]) == []


def test_every_cell_says_its_column_and_an_empty_one_asks_to_be_filled_in():
    table = shown(("worksheet", WORKSHEET), language="en").table
    first = table.tbody.tr
    assert [cell["scope"] for cell in table.thead.find_all("th")] == ["col"] * 3
    assert first.th["scope"] == "row"
    assert [" ".join(cell.get_text().split()) for cell in first.find_all("td")] == [
        "Odpowiedź to fill in",
        "Gdzie szukać regulamin KDO",
    ]


def test_a_tree_is_readable_in_one_piece():
    tree = shown(("decision_tree", TREE))
    links = [link["href"] for link in tree.select(".decision-way a")]
    assert links == [f"#{tree.find(attrs={'data-question': 'q2'})['id']}"]
    assert "Zacznijcie od rozmowy." in tree.get_text()


def test_results_cover_all_sums():
    ranges = [
        item.get_text(strip=True) for item in shown(("self_check", BLOCKS["self_check"])).select(".self-check-range")
    ]
    assert ranges == ["0–1:", "2:"]


def test_a_fragment_of_a_block_is_never_that_of_a_heading():
    fold = {"title": "Opłaty", "text": "<p>Nic.</p>"}
    page = shown(("accordion", [fold, fold]), ("text", "<h2>Opłaty</h2><p>x</p>"))
    assert page.h2["id"] == "oplaty"
    assert [each["id"] for each in page.find_all("details")] == ["oplaty-2", "oplaty-3"]


def test_questions_stand_after_those_that_lead_to_them():
    turned = {**TREE, "questions": [*TREE["questions"], {**TREE["questions"][1], "key": "q3", "text": "A potem?"}]}
    turned["questions"][1] = changed(
        TREE["questions"][1], answers=[{"label": "Tak", "leads_to": "q3", "result": ""}] * 2
    )
    turned["questions"] = [turned["questions"][index] for index in (0, 2, 1)]
    value = BODY.child_blocks["decision_tree"].to_python(turned)
    assert [(step.number, step.key) for step in value.steps] == [(1, "q1"), (2, "q2"), (3, "q3")]


OWN = sorted(HandbookBodyBlock.base_blocks.keys() - BodyBlock.base_blocks.keys())


@pytest.mark.parametrize("name", OWN)
def test_the_picker_shows_what_a_block_looks_like(admin_client, name):
    block = BODY.child_blocks[name]
    assert block.is_previewable
    shown = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert shown.status_code == 200
    assert len(BeautifulSoup(shown.content, "html.parser").select_one(".prose").get_text(strip=True)) > 20


# --- What is wrong is said in words


def changed(value, **fields):
    return {**copy.deepcopy(value), **fields}


def grid(block, rows):
    return {**block, "table": {**block["table"], "data": rows}}


def question(key, *ways):
    answers = [
        {"label": f"{number}", "leads_to": way, "result": "" if way else "<p>Wynik.</p>"}
        for number, way in enumerate(ways)
    ]
    return {"key": key, "text": "Pytanie?", "answers": answers}


def tree(*questions):
    return changed(TREE, questions=list(questions))


def check(*points):
    results = [{"from_points": each, "title": "Wynik", "text": ""} for each in points]
    return changed(BLOCKS["self_check"], results=results)


WRONG = {
    "a step without a title": ("timeline", changed(BLOCKS["timeline"], steps=[{"title": ""}]), "required"),
    "a table of 90 rows": ("worksheet", grid(WORKSHEET, [["a", "b"]] * 91), "90. There may be up to 40"),
    "a column without a heading": ("worksheet", grid(WORKSHEET, [["a", ""], ["b", ""]]), "needs a heading"),
    "an uneven row": ("comparison", grid(BLOCKS["comparison"], [["", "a"], ["b", "c", "d"]]), "Row 1 has 3 cells"),
    "a row without a heading": ("comparison", grid(BLOCKS["comparison"], [["", "a"], ["", "c"]]), "Row 1 needs"),
    "one sign twice": ("decision_tree", tree(question("a", "", ""), question("a", "", "")), "has the sign “a”"),
    "an answer that leads nowhere": ("decision_tree", tree(question("a", "b", "")), "No question has the sign “b”"),
    "a circle": ("decision_tree", tree(question("a", "b", ""), question("b", "a", "")), "in a circle"),
    "a question out of reach": ("decision_tree", tree(question("a", "", ""), question("b", "", "")), "No answer leads"),
    "an answer without an end": (
        "decision_tree",
        tree({"key": "a", "text": "?", "answers": [{"label": "Tak", "leads_to": "", "result": ""}] * 2}),
        "one of the two",
    ),
    "results that begin late": ("self_check", check(1, 2), "begins with 0"),
    "results out of order": ("self_check", check(0, 0), "more than 0 here"),
    "a result that nobody gets": ("self_check", check(0, 3), "there are 2 questions"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_in_words(name):
    block, value, words = WRONG[name]
    with override("en"):
        assert any(words in said for said in problems(block, value)), problems(block, value)


def test_a_draft_may_be_unfinished():
    stream = BODY.to_python([{"type": block, "value": copy.deepcopy(value)} for block, value, _words in WRONG.values()])
    BODY.clean_deferred(stream)


# --- What walks over all blocks walks over these, too


@pytest.fixture
def chapter(db, tree):
    return every_block.chapter("pl", factories.image())


@pytest.fixture
def no_text_is_remembered(settings):
    settings.CACHES = {**settings.CACHES, "texts": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


def test_the_search_finds_what_every_block_says(chapter):
    found = "\n".join(reading.texts_of(chapter.body))
    for words in ("Zacznijcie od rozmowy.", "Zajrzyjcie do rozdziału 5.", "Kogo dotyczy problem?", "2–4 tygodnie"):
        assert words in found
    assert "q1" not in found
    assert {"Droga wniosku", "Złóżcie wniosek", "Regulamin KDO"} <= set(reading.headings_of(chapter.body))


def test_every_word_is_shown_to_whoever_compares_and_to_whoever_translates(chapter):
    compared = "\n".join(line.text for line in content_lines.lines(chapter, "body"))
    translated = "\n".join(unit.text for unit in segments.segments_of(chapter))
    for text in reading.texts_of(chapter.body):
        for line in text.splitlines():
            for part in line.split(" · "):
                part = part.rstrip(".")  # before which a mark of a note may stand
                assert part in compared
                assert part in translated
    assert "q2" in compared
    assert "q2" not in translated.splitlines()


def test_a_translation_is_put_back_into_every_block(chapter):
    content = segments.rewritten(chapter, segments.content_of(chapter), lambda unit: unit.text.replace("wniosek", "W!"))
    assert "W!" in content["body"]
    chapter.body = content["body"]
    again = [unit.text for unit in segments.segments_of(chapter)]
    assert not any("wniosek" in text for text in again)


@pytest.mark.usefixtures("no_text_is_remembered")
def test_a_chapter_asks_no_more_for_more_blocks_and_notes(client, chapter):
    look_at(chapter.url)
    few = queries(client, chapter.url)
    more = [(block.block_type, block.value) for block in chapter.body if block.block_type != "diagram"] * 3
    marks = [("text", f"<p>Zob.{every_block.stored(f'n{number}')}</p>") for number in range(20)]
    link = f'<a linktype="page" id="{chapter.pk}">tu</a>'
    chapter.body = [*((block.block_type, block.value) for block in chapter.body), *more, *marks]
    chapter.notes = [
        *((note.block_type, note.value) for note in chapter.notes),
        *(("note", {"key": f"n{number}", "text": f"<p>x {link}</p>"}) for number in range(20)),
    ]
    factories.publish(chapter)
    look_at(chapter.url)
    many = queries(client, chapter.url)
    # One more: the pages that the notes lead to, all together.
    assert len(many) <= len(few) + 1, "\n".join(many)
