"""Words that are forms of one have a term in common, others have none, and no text is too odd to be taken apart."""

import doctest
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import search.analysis
from search.analysis import folded, marking, terms, tokens, words_in
from search.analysis.words import LONGEST

# In each row, every word is found by every other one, with diacritics or without.
FORMS = """
wniosek wniosku wnioski wniosków wnioskom wnioskami wnioskach wnioskowi
sąsiad sąsiedzi sąsiadów sąsiadom sąsiedzie
sąsiedztwo sąsiedztwa sąsiedztw sąsiedztwem sąsiedztwie
szkolenie szkoleń szkolenia szkoleniach szkoleniem
komisja komisji komisje komisją komisjach komisjami komisjom
rada rady radzie radą rad radom
radny radni radnych radnego radnym
senior seniorzy seniorów seniorem seniorowi
dotacja dotacji dotacje dotacją
gala galę gali galą
miasto mieście miasta miast miastem
urząd urzędu urzędzie urzędy urzędami
człowiek ludzie ludzi ludźmi człowieka
dziecko dzieci dziećmi dziecka
dzień dni dnia dniach
tydzień tygodnia tygodni tygodniu
organizacja organizacji organizacje organizacjami
partia partii partie partiach
opinia opinii opinie opiniom
radio radia radiu
studium studia studiów
niepełnosprawność niepełnosprawności niepełnosprawnościami
młodzież młodzieży młodzieżą
dzielnica dzielnicy dzielnic dzielnice
książka książek książki książce
przyjaciel przyjaciele przyjaciół przyjaciółmi
mieszkaniec mieszkańca mieszkańcy mieszkańców
mieszkanka mieszkance mieszkanek mieszkanki
krakowianin krakowianie krakowian
artysta artyści artystów artystami
społeczny społeczna społecznej społecznych społeczni
zaproszony zaproszeni zaproszona zaproszonych
Kraków Krakowa Krakowie Krakowem
Wrocław Wrocławia Wrocławiu Wrocławiem
Łódź Łodzi Łodzią
Podgórze Podgórza Podgórzu
Krowodrza Krowodrzy Krowodrzę
Dębniki Dębnik Dębnikach
Grzegórzki Grzegórzek Grzegórzkach
Bronowice Bronowic Bronowicach
Zwierzyniec Zwierzyńca Zwierzyńcu
Huta Hucie Hutę
Bieńczyce Bieńczyc
imię imienia imiona imion
problem problemu problemy problemów problemem
KDO K.D.O. kdo KDO-u KDO-wi
NGO NGO-sów NGO-sy ngo
e-mail email e-maile
"""
ENGLISH_FORMS = """
neighbourhood neighborhood neighborhoods neighbourhood's
neighbour neighbors neighbours'
organisation organization organisations organizing
training trainings train
centre center centres
programme program programs
councillor councilors councillors
licence license licensed
travelling traveling traveler
application applications apply
committee committees
NGO NGOs NGO's
"""
APART = [
    ("rada", "radio"),
    ("rada", "radny"),
    ("praca", "prasa"),
    ("wniosek", "wnioskowanie"),
    ("szkoła", "szkolenie"),
    ("zieleń", "zielony"),
    ("część", "częsty"),
    ("miejsce", "miejski"),
    ("lód", "łódzki"),
    ("głos", "głosowanie"),
    ("gospodarz", "gospodarka"),
    ("miasto", "miesiąc"),
    ("VII", "VI"),
]
# Who asks for the verb finds the noun that is made of it; who asks for the noun isn't led to the verb.
VERBS = [
    ("głosować", "głosowanie głosowania głosujemy głosowała"),
    ("dołączyć", "dołącz dołączenie dołączają dołączcie"),
    ("zgłosić", "zgłoszenie zgłoszeń zgłoś zgłosiła"),
    ("zapisać", "zapisz zapisanie zapisała"),
    ("wypełnić", "wypełnij wypełnienie"),
    ("umieścić", "umieszczenie umieść"),
    ("zamknąć", "zamknięcie zamknęła"),
]
DAY = "6 stycznia|06.01.2027|6.01|6 January|January 6, 2027|6th of January|2027-01-06|Jan 6|5–8 stycznia 2027|6/01/2027"
HOUR = "17:00|17.00|godz. 17|5 pm|5:00 p.m."


def finds(asked: str, text: str, language: str = "pl") -> bool:
    """Whether a text is found by these words, all of them."""
    held = terms(text, language)
    return all(
        any(all(word & held for word in reading) for reading in token.readings) for token in tokens(asked, language)
    )


def apart(words: list[str], language: str) -> list[tuple[str, str]]:
    return [(one, other) for one in words for other in words if not finds(one, other, language)]


@pytest.mark.parametrize("row", FORMS.strip().splitlines())
def test_polish_forms_of_a_word_find_each_other(row):
    assert not apart(row.split(), "pl")
    assert not [form for form in row.split() if not finds(folded(form), row.split()[0])]


@pytest.mark.parametrize("row", ENGLISH_FORMS.strip().splitlines())
def test_english_forms_and_spellings_of_a_word_find_each_other(row):
    assert not apart(row.split(), "en")


@pytest.mark.parametrize(("one", "other"), APART)
def test_words_that_only_look_alike_stay_apart(one, other):
    assert not finds(one, other)
    assert not finds(other, one)


@pytest.mark.parametrize(("verb", "others"), VERBS)
def test_a_verb_finds_its_forms_and_its_noun(verb, others):
    assert not [other for other in others.split() if not finds(verb, other)]
    assert not [other for other in others.split() if not finds(folded(verb), other)]


def test_a_noun_does_not_find_the_verb_that_it_is_made_of():
    assert not finds("głosowanie", "głosujemy")


@pytest.mark.parametrize("row", [DAY, HOUR])
def test_a_moment_is_the_same_however_it_is_written(row):
    assert not [
        (one, other)
        for one in row.split("|")
        for other in row.split("|")
        if "5–8" not in one and not (finds(one, other) or ("2027" in one and "2027" not in other))
    ]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("2027", "06.01.2027"),
        ("styczeń 2027", "06.01.2027"),
        ("January", "w styczniu"),
        ("Prokocim", "Bieżanów-Prokocim"),
        ("Bieżanów Prokocim", "w Bieżanowie-Prokocimiu"),
        ("Dietla", "przy ul. Dietla 5"),
        ("dzielnica 8", "Dzielnica VIII"),
        ("zo\u0301ty sty\u00adczen\u0301", "żóty styczeń"),
        ("Київ", "київ"),
        ("Αθήνα", "ΑΘΗΝΑ"),
        ("克拉科夫", "克拉科夫"),
    ],
)
def test_compounds_numbers_and_other_scripts_are_found(asked, text):
    assert finds(asked, text)


@pytest.mark.parametrize(
    ("asked", "text"), [("6 stycznia", "16.01.2027"), ("6 stycznia 2027", "6 stycznia 2026"), ("5.30", "3.05")]
)
def test_another_moment_is_not_found(asked, text):
    assert not finds(asked, text)


def test_whole_words_are_marked_in_the_form_that_stands_there():
    text = "Zebranie w Bieżanowie-Prokocimiu, 6 stycznia: sąsiedzi i radio."
    asked = [
        word for token in tokens("Prokocim sąsiad 06.01 rada", "pl") for reading in token.readings for word in reading
    ]
    assert [text[a:b] for a, b in marking.spans(text, "pl", asked)] == ["Prokocimiu", "6 stycznia", "sąsiedzi"]


def test_the_examples_in_the_library_are_true():
    for module in (search.analysis, marking):
        assert doctest.testmod(module).failed == 0


@given(st.text(max_size=200) | st.text(alphabet="aąeiouyłóśżćnkz .-'’/:0123456789ivxIVX", max_size=200))
@settings(max_examples=150)
def test_any_text_is_taken_apart(text):
    assert folded(folded(text)) == folded(text)
    for language in ("pl", "en", "", "xx"):
        words = list(words_in(text, language))
        assert all(re.fullmatch("[a-z0-9]+", term) for word in words for term in word.terms)
        assert all(word.terms and 0 <= word.start < word.end <= len(text) for word in words)
        assert all(reading and all(reading) for token in tokens(text, language) for reading in token.readings)
    assert all(0 <= a < b <= len(text) for a, b in marking.spans(text, "pl", [frozenset(terms(text, "pl"))]))


@pytest.mark.parametrize(
    "sign", ["a", "ż", "1", ".", "6.1.", "a-", "1 i ", "maj ", "\0", "👩‍👩‍👧", "̈", "е", "中", "ﷺ", "‮א"]
)
def test_a_long_row_of_one_sign_costs_no_more_than_its_length(sign):
    text = sign * 10_000
    found = list(words_in(text, "pl"))
    assert len(found) <= 4 * len(text)
    assert all(len(term) <= 8 * LONGEST for word in found for term in word.terms)


def test_threads_do_not_disturb_each_other():
    texts = [
        " ".join(f"{word}{ending}" for word in FORMS.split()[at::7])
        for at in range(7)
        for ending in ("", "ing", "ation")
    ]
    alone = [terms(text, "en") for text in texts]
    search.analysis.words.found_by.cache_clear()
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda text: terms(text, "en"), texts * 4)) == alone * 4
