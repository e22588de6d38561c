"""The Polish keeps to docs/polish-style.md, in our own words and in those of the installed packages."""

import re

import polib

from home.text import NBSP, ONE_LETTER_WORD
from tests.words.messages import in_catalogues, in_code, translations

INSTEAD = {
    r"\bcof(?:nij|nięto|nięcie) publikacj|odpublik": "zdejmij z serwisu",
    r"\bszkic": "wersja robocza",
    r"\brewizj": "wersja",
    r"\bmoder(?:acj|owa)": "zatwierdzenie",
    r"\bakcept|\bżądani\w+ zmian": "zatwierdź, zwróć do poprawy",
    r"\bskraw(?:ek|k)|\bsnippet": "element",
    r"\blokalizacj": "język",
    r"\btekst\w* alternatywn": "opis alternatywny",
    r"\bobraz(?:ek|k)|\bgrafi": "obraz",
    r"\bodnośnik": "link",
    r"\bkokpit|\braport": "pulpit, zestawienie",
    r"\bakcj[aęąie]\b": "działanie",
    r"\bstron\w* (?:podrzędn|pochodn)": "podstrona",
    r"\bworkflow\b": "obieg zatwierdzania",
    r"(?<!nazwa )(?<!nazwę )(?<!nazwy )\bużytkowni": "konto, osoba",
    r"\w(?:łe|ła|ły|by)ś\b": "a form without gender",
    r"\bproszę\b|\w!": "a plain request",
    r"\bemail": "e-mail",
    r"[\"']": "„…”",
    r"\.\.\.": "…",
    r"\s-\s": "–",
    r"\b(?:wysyła|odsyła|zgłasza|wprowadza|zwraca|zatwierdza): ": "Od kogo: …, or the name in brackets",
    r"\bmówi to, co": "zgodne z oryginałem",
    r"\bokruszk": "ścieżka do strony",
    r"\bnadrzędn": "pod stroną, strona wyżej",
    r"\bkotwic": "miejsce na stronie",
    r"\bslug": "adres strony",
    r"\bupewnij się": "what to type: „Wpisz co najmniej 20 znaków”",
    r"\bczy na pewno": "the question itself: „Usunąć tę stronę?”",
    r"\bma blokadę do\b|\bobieg\w* \w+ .*zaczyna się": "what somebody can't do now, and until when",
    r"\bjest widoczn\w+ w serwisie": "opublikowano, nie ma w serwisie",
    r"(?<!kodowaniem )(?<!kodowaniem znaków )(?<!potrzebne jest )(?<!kodowanie „)\bUTF-8": "kodowanie znaków UTF-8",
    r"\b(?:zduplikowan|instancj)": "plain words: „powtarza się”, „taki wpis”",
}
"""What is not said → what is said instead."""

MAY_STAY = {
    "Required. Letters, digits and @/./+/-/_ only.": "names signs",
    "Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.": "names signs",
}
"""Message → why."""

FOR_DEVELOPERS = re.compile(
    r"install worked|DEBUG=True|allow_future|referrer|superuser|permission|authenticat|Raw password|admin site"
)
"""Django's pages for developers, and its own admin, which this site hasn't."""

NOT_READ = re.compile(r"<[^>]*>|%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def wrong_in(said: str) -> list[str]:
    """What `said` says as the style doesn't, and what it should say."""
    read = NOT_READ.sub(" ", said)
    return [f"{found[0]!r}: {right}" for wrong, right in INSTEAD.items() if (found := re.search(wrong, read, re.I))]


def is_for_developers(text: str, place: str) -> bool:
    return place.startswith(("conf", "auth")) and bool(FOR_DEVELOPERS.search(text))


def test_polish_keeps_to_its_style():
    found = {
        said: wrong
        for message, place in {**in_code(), **in_catalogues()}.items()
        if message.text not in MAY_STAY and not is_for_developers(message.text, place)
        for said in translations(message)
        if (wrong := wrong_in(said))
    }
    assert found == {}


def test_the_sheet_keeps_its_own_rules(project_root):
    """What a pattern can find of its wrong examples is found, and no right one is."""
    sheet = (project_root / "docs" / "polish-style.md").read_text()
    rows = [line.strip("| ").split(" | ") for line in sheet.split("| rule |")[1].split("\n\n")[0].splitlines()[2:]]
    assert {right: wrong_in(right) for _rule, _wrong, right in rows if wrong_in(right)} == {}
    assert len([wrong for _rule, wrong, _right in rows if wrong_in(wrong)]) >= 11


def test_a_one_letter_word_never_ends_a_line(project_root):
    """The `typography` filter reaches what visitors read, not the admin and not the mails."""
    loose = []
    for path in (project_root / "locale").rglob("pl/LC_MESSAGES/*.po"):
        for entry in polib.pofile(str(path)):
            forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
            loose += [form for form in forms if ONE_LETTER_WORD.search(form)]
    assert loose == []
    assert ONE_LETTER_WORD.search("Zobacz w serwisie") and not ONE_LETTER_WORD.search(f"Zobacz w{NBSP}serwisie")


def test_the_style_is_looked_at():
    assert wrong_in('Cofnij publikację strony "%(title)s" - proszę!') != []
    assert wrong_in('Zdjęto z serwisu stronę <b class="title">„%(title)s”</b>.') == []
