"""What is kept of a text that comes in, whatever somebody pastes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approval import archive, submissions
from approval.forms import ApproveForm, ReturnForm
from approval.text_cleaning import (
    UNWANTED,
    clean_line,
    clean_markup,
    clean_text,
    clean_words,
    comparison_key,
    for_xml,
    slugify,
)
from approval.views.emergency import ReasonForm
from newsroom.views.send_many import SendManyForm

TOPIC = "żółte ławki"
NBSP = "\N{NO-BREAK SPACE}"
# Half of what is tried are the signs that matter here: few of them come up among all of Unicode.
SIGNS = "\x00\x0b\x0c\r\n\t \x85\u2028\u200b\u202e\ufeff\ufffe\u0301\u0338<>ł" + NBSP
anything = st.text(st.one_of(st.sampled_from(SIGNS), st.characters(categories=None)))
CLEANERS = (clean_text, clean_line, clean_markup, clean_words, for_xml, comparison_key, slugify)


@given(anything)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    for clean in CLEANERS:
        assert clean(clean(text)) == clean(text), clean.__name__


@given(anything)
def test_nothing_unwanted_is_left(text: str) -> None:
    for clean in CLEANERS:
        assert not UNWANTED.search(clean(text)), clean.__name__


@given(anything)
def test_texts_are_in_one_unicode_form_and_can_be_stored(text: str) -> None:
    for clean in (clean_text, clean_line):
        assert unicodedata.is_normalized("NFC", clean(text))
        clean(text).encode()


@given(anything)
def test_a_line_is_one_line_with_single_spaces(text: str) -> None:
    line = clean_line(text)
    assert line == " ".join(line.split())
    assert not set(line) & set("\n\r\t\x0b\x0c\x85\u2028\u2029" + NBSP)


@given(anything)
def test_an_address_is_made_of_plain_letters(text: str) -> None:
    assert set(slugify(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Wiersz\x0bdrugi", "Wiersz\ndrugi"),
        ("strona\x0cdruga", "strona\ndruga"),
        ("a\x00b\x01c\ufffed\ud800e", "abcde"),
        ("z\u0301ro\u0301dło", "źródło"),
        ("plik\u202etxt.exe", "pliktxt.exe"),
        (f"w{NBSP}nocy, 5\u202f000", f"w{NBSP}nocy, 5\u202f000"),
        ("nie\u00adzwykły 👩\u200d🌾", "nie\u00adzwykły 👩\u200d🌾"),
        ("wiersz\r\nwiersz\twcięty", "wiersz\r\nwiersz\twcięty"),
    ],
)
def test_in_a_text_typography_stays_and_breaks_become_lines(pasted: str, kept: str) -> None:
    assert clean_text(pasted) == kept


@pytest.mark.parametrize("pasted", [f"w{NBSP}nocy", "w\x0bnocy", "w \t\u2009nocy ", "w\u3000nocy\n", "\ufeffw nocy"])
def test_in_a_line_a_space_is_a_space(pasted: str) -> None:
    assert clean_line(pasted) == "w nocy"


def test_markup_keeps_its_tags() -> None:
    assert clean_markup('<p class="a">z\u0301le\x0b<b>i</b>\x00</p>') == '<p class="a">źle\n<b>i</b></p>'


def test_a_stroke_after_a_tag_does_not_open_the_tag() -> None:
    assert clean_markup("<b>\u0338x</b>") == "<b>\u0338x</b>"


@pytest.mark.parametrize(
    "spelling",
    [
        TOPIC.upper(),
        TOPIC.capitalize(),
        unicodedata.normalize("NFD", TOPIC),
        unicodedata.normalize("NFD", TOPIC.upper()),
        "żółte  ławki",
        f"żółte{NBSP}ławki",
        "żółte\u202fławki",
        " żółte ławki. ",
        "„żółte ławki”",
        "żółte\x0bławki",
        "żół\u00adte ławki\u200b",
    ],
)
def test_one_name_in_every_spelling(spelling: str) -> None:
    assert comparison_key(spelling) == comparison_key(TOPIC)


def test_other_letters_are_another_name() -> None:
    assert comparison_key("żółte ławki") != comparison_key("zolte lawki")


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("Źródła i ławki", "zrodla-i-lawki"),
        (unicodedata.normalize("NFD", "Źródła i ławki"), "zrodla-i-lawki"),
        (f"żółte{NBSP}ławki", "zolte-lawki"),
        ("Zażółć gęślą jaźń", "zazolc-gesla-jazn"),
        ("Ławki – 100 zł & „więcej”", "lawki-100-zl-wiecej"),
        ("Café for neighbours", "cafe-for-neighbours"),
        ("Новини сусідів", "novini-susidiv"),
        ("!?", ""),
    ],
)
def test_an_address_can_be_read_out_in_every_language(words: str, address: str) -> None:
    assert slugify(words) == address


@pytest.mark.parametrize(
    "sign", ["\u200b", "\ufeff", "\u202a", "\u2066", "\ufff9", "\x00", "\x0b", "\x7f", "\ufdd0", "\U0001ffff"]
)
@pytest.mark.parametrize("quote", ['"', "'"])
def test_no_address_of_a_script_comes_of_cleaning(sign, quote):
    """Wagtail let "java(sign)script:" pass, because no browser runs that; without the sign one would."""
    cleaned = clean_markup(f"<p><a href={quote}java{sign}script:alert(1){quote}>More</a></p>")
    assert "script:" not in cleaned
    assert cleaned == clean_markup(cleaned)
    assert ">More</a>" in cleaned


def test_an_address_with_a_sign_that_nobody_sees_still_leads_there():
    assert clean_markup('<a href="https://example.org/\u200bpage" title="x">More</a>') == (
        '<a href="https://example.org/page" title="x">More</a>'
    )


@pytest.mark.parametrize(
    ("form", "name"),
    [(ApproveForm, "comment"), (ReturnForm, "comment"), (ReasonForm, "reason"), (SendManyForm, "note")],
)
def test_what_is_typed_beside_a_text_is_cleaned_and_not_refused(form, name):
    filled = form({name: "\x00 Powódź, zbiórka\x00 jest odwołana", "revision": "1"})
    assert filled.is_valid(), filled.errors
    assert filled.cleaned_data[name] == "Powódź, zbiórka jest odwołana"


def test_a_note_and_the_reason_for_what_is_taken_down_are_cleaned():
    with submissions.with_note("\x00 Na wtorek\x00"), archive.with_reason("Nie\x00prawda"):
        assert (submissions.note(), archive.given_reason()) == ("Na wtorek", "Nieprawda")
