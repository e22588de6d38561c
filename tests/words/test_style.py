"""The Polish keeps to docs/polish-style.md, in our own words and in those of the installed packages."""

import re

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
}
"""What is not said → what is said instead."""

MAY_STAY = {
    "Required. Letters, digits and @/./+/-/_ only.": "names signs",
    'Multi-word tags with spaces will automatically be enclosed in double quotes (").': "names a sign",
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


def test_the_style_is_looked_at():
    assert wrong_in('Cofnij publikację strony "%(title)s" - proszę!') != []
    assert wrong_in('Zdjęto z serwisu stronę <b class="title">„%(title)s”</b>.') == []
