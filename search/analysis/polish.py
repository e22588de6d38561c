"""The stems of a Polish word: what all forms of it, and few other words, have in common.

Nouns and adjectives; verbs only as far as they look alike. A word has one stem, or some where its letters leave it
open: „plac” may be a form of „plac” or, typed without diacritics, of „płać”. Two words are forms of one where they
share a stem. Measured against the dictionary of Morfeusz (SGJP) by bench/search.py.

Snowball's Polish stemmer, which wants diacritics and doesn't undo what an ending does to the letter before it
(„radzie”, „komisjach”, „wniosek”), brings together 75 of 100 pairs of forms that these rules bring together 93 of.
"""

VOWELS = "aeiouy"
# The longest that fits is taken off. After each of them a stem of two letters is left at least, or of three.
ENDINGS_IN_VOWELS = (
    *("iami", "owie", "iego", "iemu", "ami", "imi", "ymi", "owi", "ego", "emu", "ia", "ie", "iu", "io", "ii"),
    *VOWELS,
)
ENDINGS_IN_CONSONANTS = (*("iach", "iom", "iem", "iej", "ach", "ich", "ych", "om", "em", "ow", "ej", "im", "ym", "um"),)
SOFTENING = {"i", "ie", "ia", "iu", "io", "ii", "iem", "iom", "iach", "iami"}
OF_CASES_IN_IA = SOFTENING - {"i", "ie", "ii"}
"""Before these a c may have been soft before ("śmieciami")."""
FLEETING = "kclr"
"""Before these the e of „wniosek” goes in other forms; before n only after i („okien”, but not „szkoleń”)."""
IRREGULAR = {
    "urzed": "urzad",
    "miest": "miast",
    "sasied": "sasiad",
    "dzieck": "dziec",
    "dziet": "dziec",
    "dni": "dn",
    "dzien": "dn",
    "ludzm": "ludz",
    "rak": "rek",
    "swiet": "swiat",
    "let": "lat",
    "obied": "obiad",
    "gwiezd": "gwiazd",
    "mez": "maz",
    "okreg": "okrag",
    "tygodn": "tydzien",
    "kwiet": "kwiat",
    "powiet": "powiat",
    "miesiec": "miesiac",
    "tysiec": "tysiac",
}
"""What a stem becomes whose vowels change, or that is another word in the plural."""


def stems(word: str) -> set[str]:
    """Of a word that is folded already."""
    if len(word) < 3 or not word.isalpha():
        return {word}
    endings = ENDINGS_IN_VOWELS if word[-1] in VOWELS else ENDINGS_IN_CONSONANTS
    found = [] if word[-1] in VOWELS else _without(word, "")
    ending = next((one for one in endings if _fits(word, one)), None)
    if ending:
        found += _without(word, ending)
        if ending in ("owi", "owie"):  # „seniorowi”, but also „Krakowie”
            found += _without(word, ending.removeprefix("ow"))
    return {_plain(stem) for stem in found or [word]}


def _fits(word: str, ending: str) -> bool:
    return word.endswith(ending) and len(word) - len(ending) >= (2 if len(ending) == 1 else 3)


def _without(word: str, ending: str) -> list[str]:
    """What stood before `ending`, with its last letter as it is in other forms."""
    stem = word.removesuffix(ending) if ending else word
    if not ending:
        return [stem, *_undone(stem, {"c": "t", "dz": "d"}), *_without_fleeting_e(stem)]
    if ending in SOFTENING:
        if ending != "i" and stem[-1] in "dtr":  # „radio”, „partia”, „historia”: the i is its own
            return [f"{stem}i"]
        softened = _undone(stem, {"sc": "st", "dz": "d", "c": "t"})
        return [*softened, *([stem] if ending in OF_CASES_IN_IA and stem[-1] == "c" else [])] or [stem]
    if ending in ("y", "e") and not stem.endswith("nc"):
        return [stem, *_undone(stem, {"dz": "g", "c": "k"})]
    return [stem]


def _undone(stem: str, changes: dict[str, str]) -> list[str]:
    return next(([stem.removesuffix(now) + before] for now, before in changes.items() if stem.endswith(now)), [])


def _without_fleeting_e(word: str) -> list[str]:
    if len(word) < 4 or word[-2] != "e" or word[-1] not in f"{FLEETING}n":
        return []
    head, last = word[:-2], word[-1]
    if last == "n" and not head.endswith("i"):
        return []
    head = head.removesuffix("i")
    if not head or head[-1] in VOWELS:
        return []
    if head.endswith("rz") or (head.endswith("dz") and last == "c"):
        head = head[:-1]
    return [head + last]


def _plain(stem: str) -> str:
    if stem.endswith("anin"):  # „krakowianin”, „krakowianie”
        stem = stem.removesuffix("in")
    if stem.endswith("rz"):
        stem = stem.removesuffix("z")
    for comparative in ("iejsz", "ejsz"):
        if stem.endswith(comparative):
            stem = stem.removesuffix(comparative).removeprefix("naj")
    return IRREGULAR.get(stem, stem)
