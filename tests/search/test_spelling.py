"""A mistyped word is mended by the words of the site, and only where no form of it stands there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
