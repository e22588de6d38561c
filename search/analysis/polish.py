"""The stems of a Polish word: what all forms of it, and few other words, have in common.

A word has one stem, or some where its letters leave it open: „plac” may be a form of „plac” or, typed without
diacritics, of „płać”. Two words are forms of one where they share a stem. Rules cover the language; forms that follow
none stand in irregular.txt. Measured against the dictionary of Morfeusz (SGJP): docs/search.md.

Snowball's Polish stemmer, which wants diacritics and doesn't undo what an ending does to the letter before it
(„radzie”, „komisjach”, „wniosek”), brings together 79 of 100 pairs of forms (84 with diacritics); here it is 99.
"""

from functools import cache
from pathlib import Path

from search.analysis.folding import folded

IRREGULAR = Path(__file__).parent / "irregular.txt"
VOWELS = "aeiouy"
NUMERALS = "ivx"
# The longest that fits is taken off. After each of them a stem of two letters is left at least, or of three.
_ENDINGS = """
iami iowi iowie owie iego iemu ami imi ymi owi ego emu ia ie iu io ii a e i o u y
iach iom iow iem iej ach ich ych om em ow ej im ym um
"""
ENDINGS = frozenset(_ENDINGS.split())
SOFTENING = {"i", "ie", "ia", "iu", "io", "ii", "iem", "iom", "iow", "iach", "iami", "iowi", "iowie"}
OF_CASES_IN_IA = SOFTENING - {"i", "ie", "ii"}
"""Before these a c may have been soft before ("śmieciami")."""
DOUBTFUL = {"owi": "i", "iowi": "i", "owie": "ie", "emu": "u"}
"""Endings whose beginning may belong to the word: „seniorowi”, but „Krakowie”; „nowemu”, but „problemu”."""
FLEETING = "kclrn"
"""Before these the e of „wniosek” goes in other forms."""


def stems(word: str) -> set[str]:
    """Of a word that is folded already, as a form of a noun or an adjective."""
    if len(word) < 3 or not word.isalpha() or not set(word) & set(VOWELS) or set(word) <= set(NUMERALS):
        return {word}
    own, more = irregular()
    return own.get(word) or _by_rule(word) | more.get(word, set())


@cache
def irregular() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The forms in irregular.txt: with all of their stems, and with those that they have besides the rules'."""
    own: dict[str, set[str]] = {}
    more: dict[str, set[str]] = {}
    for line in IRREGULAR.read_text().splitlines():
        if sign := next((sign for sign in ":+" if sign in line.partition("#")[0]), ""):
            word, _, forms = folded(line).partition(sign)
            word = word.strip()
            for form in (*forms.split(), *([word] if sign == ":" else [])):
                (own if sign == ":" else more).setdefault(form, set()).update({word} if sign == ":" else _by_rule(word))
    for form in own.keys() & more.keys():
        own[form] |= more.pop(form)
    return own, more


def _by_rule(word: str) -> set[str]:
    word = word.replace("x", "ks")
    if word.endswith(("cmi", "dzmi")):  # „gośćmi”, „pieniędzmi”
        word = word.removesuffix("mi")
    found = [] if word[-1] in VOWELS else _without(word, "")
    if ending := _ending(word):
        found += _without(word, ending)
        found += _without(word, DOUBTFUL[ending]) if ending in DOUBTFUL else []
    return {_plain(stem) for stem in found or [word]}


def _ending(word: str) -> str:
    for length in range(min(5, len(word) - 3), 1, -1):
        if word[-length:] in ENDINGS:
            return word[-length:]
    return word[-1] if word[-1] in VOWELS else ""


def _without(word: str, ending: str) -> list[str]:
    """What stood before `ending`, with its last letter as it is in other forms."""
    stem = word.removesuffix(ending) if ending else word
    if not ending:
        return [stem, *_undone(stem, {"c": "t", "dz": "d"}), *_without_fleeting_e(stem)]
    if ending.startswith("i") and stem[-1] in VOWELS:  # „kolei”, „swoich”; but „idei”
        return [stem, f"{stem}j"]
    if ending in SOFTENING:
        return _softened(stem, ending)
    if ending == "e" or (ending == "y" and not stem.endswith("nc")):
        return [stem, *_undone(stem, {"dz": "g", "c": "k"})]
    return [stem]


def _softened(stem: str, ending: str) -> list[str]:
    if ending != "i" and stem[-1] in "dtr":  # „radio”, „partia”, „historia”: the i is its own
        return [f"{stem}i"]
    if ending == "i" and stem[-1] == "s":  # „starsi”, „nasi”
        return [stem, f"{stem}z"]
    if ending == "i" and stem.endswith("en"):  # „zaproszeni”
        return [stem, f"{stem[:-2]}on"]
    before = _undone(stem, {"sc": "st", "dz": "d", "c": "t"})
    return [*before, *([stem] if ending in OF_CASES_IN_IA and stem[-1] == "c" else [])] or [stem]


def _undone(stem: str, changes: dict[str, str]) -> list[str]:
    return next(([stem.removesuffix(now) + before] for now, before in changes.items() if stem.endswith(now)), [])


def _without_fleeting_e(word: str) -> list[str]:
    if len(word) < 4 or word[-2] != "e" or word[-1] not in FLEETING:
        return []
    head, last = word[:-2], word[-1]
    if last == "n" and not head.endswith(("i", "cz")):  # „okien”, „uczeń”; but „szkoleń”
        return []
    head = head.removesuffix("i")
    if not head or head[-1] in VOWELS:
        return []
    if last in "cl" and head.endswith("rz"):  # „dworzec”, „orzeł”
        head = head.removesuffix("z")
    if last in "cn":  # „grudzień”, „kwiecień”
        head = next(iter(_undone(head, {"dz": "d", "c": "t"})), head)
    return [head + last]


def _plain(stem: str) -> str:
    if stem.endswith("anin"):  # „krakowianin”, „krakowianie”
        stem = stem.removesuffix("in")
    if stem.endswith("rz"):
        stem = stem.removesuffix("z")
    if stem.endswith("jezd"):  # „dojeździe”
        stem = f"{stem[:-4]}jazd"
    for comparative in ("iejsz", "ejsz"):
        if stem.endswith(comparative) and len(stem) > len(comparative) + 2:
            stem = stem.removesuffix(comparative).removeprefix("naj")
    return stem
