"""A mistyped word is mended by the words of the site, and only where no form of it stands there."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import spelling
from search.spelling import Spelling

WORDS = {
    "konsultacje": 9,
    "konsultacji": 4,
    "sąsiedztwo": 7,
    "wniosek": 5,
    "dotacja": 3,
    "kraków": 8,
    "dialogu": 6,
    "gala": 2,
    "galop": 1,
    "rada": 9,
    "rady": 9,
}
SPELLING = Spelling(WORDS, "pl")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("konsulatcje", "konsultacje"),
        ("Konsultcje społeczne", "konsultacje społeczne"),
        ("komisja dilaogu", "komisja dialogu"),
        ("sasiedtwo", "sąsiedztwo"),
        ("krkaow", "kraków"),
        ("rzda", "rada"),
        ("arda", "rada"),
    ],
)
def test_it_is_written_as_on_the_site(typed, meant):
    assert SPELLING.mended(typed) == meant


@pytest.mark.parametrize(
    "typed", ["konsultacjami", "wnioski", "radami", "sąsiedztwem", "gal", "dla", "qwertyuiop", "2027", "", "\0"]
)
def test_what_stands_there_in_any_form_or_is_like_nothing_stays(typed):
    assert SPELLING.mended(typed) == ""


def test_the_nearest_words_are_those_alike_and_those_that_begin_so():
    assert SPELLING.nearest("gal", 5) == ["gala", "galop"]
    assert SPELLING.nearest("konsultcje", 5) == ["konsultacje", "konsultacji"]
    assert SPELLING.nearest("x" * 500, 5) == []


@given(st.text(max_size=60))
@settings(max_examples=60)
def test_any_string_may_be_asked(text):
    assert not text or SPELLING.mended(text) != text
    assert len(SPELLING.nearest(text, 3)) <= 3


def test_the_words_of_the_site_are_read_once_a_minute_and_by_one_at_a_time(monkeypatch):
    asked = []

    class Words:
        def words(self, language):
            asked.append(language)
            time.sleep(0.05)
            return {"konsultacje": len(asked)}

    monkeypatch.setattr(spelling, "get_index", Words)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda version: spelling.spelling("pl", version), range(4)))
    assert asked == ["pl"] and len(set(map(id, made))) == 1
    monkeypatch.setattr(spelling, "AT_MOST_EVERY", 0.0)
    assert spelling.spelling("pl", 5) is not made[0]
