"""No message of the installed packages or of our own is left in English: an upgrade shows its new ones here."""

import re
from collections import Counter
from pathlib import Path

import polib
import pytest

from tests.words.messages import Message, in_catalogues, in_code, translations

LEFT_IN_ENGLISH: dict[str, str] = {}
"""Message → why it needs no Polish."""

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|(?<!%)%[sdif]|\{\w*\}")


def missing(found: dict[Message, str]) -> list[str]:
    return [
        f"{place}: {message.text!r}"
        for message, place in found.items()
        if message.text not in LEFT_IN_ENGLISH and not translations(message)
    ]


def test_every_message_in_code_and_templates_is_polish_too():
    assert len(in_code()) > 2500, "the code was read"
    assert missing(in_code()) == []


def test_every_message_that_packages_list_is_polish_too():
    assert len(in_catalogues()) > 2000, "the catalogues were read"
    assert {message.domain for message in in_catalogues()} == {"django", "djangojs"}
    assert missing(in_catalogues()) == []


def test_translations_keep_what_is_put_in():
    """A number may stand as a word in a plural form; nothing else is lost, and nothing new is asked for."""
    wrong = []
    for message in {**in_code(), **in_catalogues()}:
        asked = set(PLACEHOLDER.findall(message.text + (message.plural or "")))
        for form in translations(message):
            put = set(PLACEHOLDER.findall(form))
            if put - asked or (asked - put and message.plural is None):
                wrong.append(f"{message.text!r} → {form!r}")
    assert wrong == []


def test_exceptions_are_still_needed():
    texts = {message.text for message in {**in_code(), **in_catalogues()}}
    assert set(LEFT_IN_ENGLISH) <= texts


def test_no_message_stands_twice_or_unsure(project_root):
    for path in (project_root / "locale").rglob("*.po"):
        entries = polib.pofile(str(path))
        assert [entry.msgid for entry in entries if entry.fuzzy] == []
        counted = Counter((entry.msgctxt, entry.msgid) for entry in entries if not entry.obsolete)
        assert [key for key, times in counted.items() if times > 1] == [], path


def test_our_words_do_not_overrule_those_for_packages(project_root):
    """One message id with two meanings gets a context of its own."""
    own, upstream = (
        {(entry.msgctxt, entry.msgid): entry.msgstr for entry in polib.pofile(str(project_root / "locale" / path))}
        for path in ("pl/LC_MESSAGES/django.po", "upstream/pl/LC_MESSAGES/django.po")
    )
    assert {key for key in own.keys() & upstream.keys() if own[key] != upstream[key]} == set()


# --- Our own templates ---------------------------------------------------------------------------

BILINGUAL = {"500.html": "Nothing that could fail is asked here: both languages stand on the page."}

TAGS = [
    re.compile(pattern, re.S | re.I)
    for pattern in (
        r"\{%\s*comment.*?endcomment\s*%\}",
        r"\{#.*?#\}",
        r"\{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%\}",
        r"\{%\s*block bodyclass\s*%\}[^{]*",
        r"\{%.*?%\}",
        r"\{\{.*?\}\}",
        r"<!--.*?-->",
        r"data-action=\"[^\"]*\"",
        r"<(script|style|svg)\b.*?</\1>",
    )
]
READ_ALOUD = re.compile(r"(?:alt|title|aria-label|placeholder)=[\"']([^\"']+)")
WORD = re.compile(r"[^\W\d_]{3,}")
ADDRESS = re.compile(r"\S*[./@]\S*")


def words_outside_tags(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    for pattern in TAGS:
        text = pattern.sub(" ", text)
    units = [*READ_ALOUD.findall(text), *re.split(r"<[^>]*>", text)]
    units = [" ".join(re.sub(r"&\w+;", " ", unit).split()) for unit in units]
    return [unit for unit in units if WORD.search(unit) and not ADDRESS.fullmatch(unit)]


@pytest.mark.parametrize("ending", ["html", "txt"])
def test_words_in_our_templates_can_be_translated(project_root, ending):
    """Pages and mails: no word of theirs stands outside a tag for translation."""
    folder = project_root / "templates"
    found = {
        path.relative_to(folder).as_posix(): words
        for path in sorted(folder.rglob(f"*.{ending}"))
        if path.name not in BILINGUAL and (words := words_outside_tags(path))
    }
    assert found == {}
