"""What somebody types becomes a question that an index can answer, whatever it is."""

from collections.abc import Iterator
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysed import LEAST_SAID, analysed
from search.documents import Document, Passage
from search.index import Group
from search.querying import MOST_ALTERNATIVES, MOST_GROUPS, MOST_LETTERS, query_for
from search.synonyms import Row, lookup
from search.synonyms.rows import built_in


@pytest.fixture(autouse=True, scope="module")
def _no_words_of_staff() -> Iterator[None]:
    """Those stand in the database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lookup, "_providers", [])
        yield


def found_by(words: str, *texts: str, language: str = "pl") -> list[str]:
    """Titles that have each group of the query by one of its alternatives, the best ones first."""
    query = query_for(words, language)
    groups = query.groups if query else ()
    terms = {text: analysed(Document(0, language, text)).text for text in texts}
    worth = {text: prod(_worth(terms[text], group) for group in groups) for text in texts if groups}
    return sorted(filter(worth.get, worth), key=worth.__getitem__, reverse=True)


def _worth(terms: frozenset[str], group: Group) -> float:
    there = (one.weight for one in group.alternatives if all(word & terms for word in one.words))
    return max(there, default=0.0)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("jak dołączyć", "Dołącz do koalicji"),
        ("wnioski o utworzenie KDO", "Wniosek o utworzenie komisji dialogu obywatelskiego"),
        ("civic dialogue commission", "Czym jest KDO"),
        ("bezpłatna porada", "Bezpłatne doradztwo dla organizacji"),
        ("tłumacz migowy", "Tłumacz PJM"),
        ("tlumacz migowy", "tłumaczka języka migowego w polskim języku migowym"),
        ("granty", "Konkurs o dotację"),
        ("niepełnosprawność", "Osoby niepełnosprawne"),
        ("prasa", "Dla mediów"),
        ("logo", "Dla mediów"),
        ("dzielnica VIII", "Stowarzyszenie w Dębnikach"),
        ("dzielnicy 8", "Stowarzyszenie, Dębniki"),
        ("organizacje pozarządowe", "Akademia NGO"),
        ("neighbourhood", "Sąsiedztwa"),
        ("o", "o"),
    ],
)
def test_a_page_is_found_by_other_words_for_the_same(words, text):
    assert found_by(words, "Coś innego", text) == [text]


def test_the_press_is_asked_for_in_english_too():
    assert found_by("press", "For the media", "Impressions", language="en") == ["For the media"]
    assert found_by("granty", "A grant for neighbours", language="en") == ["A grant for neighbours"]


def test_what_is_only_asked_for_is_not_found_by_the_others():
    assert found_by("dla mediów", "Logo projektu") == []


def test_what_says_it_as_it_was_asked_for_comes_first():
    assert found_by("dotacja", "Granty w gminie", "Dotacje w gminie") == ["Dotacje w gminie", "Granty w gminie"]


def test_stop_words_count_only_where_there_are_no_others():
    assert found_by("jak to jest z KDO", "KDO") == ["KDO"]
    assert found_by("jak o", "jak i o", "KDO") == ["jak i o"]


@pytest.mark.parametrize("words", ["", " ", "\0", "„”", "…", "'", "👩‍👩‍👧"])
def test_nothing_is_asked_where_no_word_is(words):
    assert query_for(words, "pl") is None


@given(st.text(max_size=150))
@settings(max_examples=60)
def test_any_string_is_a_bounded_question(words):
    query = query_for(words, "pl")
    groups = query.groups if query else ()
    assert len(groups) <= MOST_GROUPS
    assert all(0 < len(group.alternatives) <= MOST_ALTERNATIVES for group in groups)
    assert all(one.words and all(one.words) for group in groups for one in group.alternatives)
    assert query == query_for(words[:MOST_LETTERS], "pl")


def test_staff_add_words_that_mean_the_same_and_take_them_back(monkeypatch):
    rows = [(Row((("Zielona Dolina", "pl"), ("Park Jordana", "pl"))),)]
    monkeypatch.setattr(lookup, "_providers", [lambda: rows[-1]])
    assert found_by("w zielonej dolinie", "Park Jordana") == ["Park Jordana"]
    rows.append(())
    assert found_by("w zielonej dolinie", "Park Jordana") == []


def test_every_row_that_is_built_in_leads_somewhere():
    assert all(len(row.phrases) + len(row.only_asked) > 1 and row.phrases for row in built_in())


def test_what_a_text_says_most_often_is_its_subject():
    text = "O dotacjach. " * LEAST_SAID + "Raz o festynie. " + "To i owo, to i owo. "
    document = analysed(Document(1, "pl", "Szkolenie", ("Kraków",), (Passage(text),)))
    assert "dotacj" in document.subject
    assert "festyn" in document.text - document.subject
    assert {"szkolen"} <= document.title <= document.text
    assert document.beginnings == {"szkolenie"}
    assert {"kraków", "dotacjach"} <= document.words


def test_a_document_without_words_is_one_too():
    empty = analysed(Document(1, "pl", "", (), (Passage("\0"),)))
    assert not empty.title | empty.subject | empty.text | empty.words
