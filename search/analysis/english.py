"""The stem of an English word, the same in British and American spelling."""

import re
import threading

from snowballstemmer import stemmer

SPELLINGS = (
    (re.compile(r"(arm|behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|parl|rum|savi|vap|vig)our"), r"\1or"),
    (re.compile(r"is(?=e$|es$|ed$|ing$|er$|ers$|ation|ations$)"), "iz"),
    (re.compile(r"ys(?=e$|es$|ed$|ing$)"), "yz"),
    (re.compile(r"(cent|fib|lit|met|theat)re(?=$|s$|d$)"), r"\1er"),
    (re.compile(r"ogue(?=$|s$)"), "og"),
    (re.compile(r"amme(?=$|s$)"), "am"),
    (re.compile(r"([aeiouy][^aeiou]+[aeiou])ll(?=$|s$|ed$|ing$|ers?$|ors?$|ment)"), r"\1l"),
    (re.compile(r"(def|lic|off|pret)enc"), r"\1ens"),
    (re.compile(r"dgement"), "dgment"),
    (re.compile(r"grey"), "gray"),
    (re.compile(r"cheque"), "check"),
)
SHORTEST = 5
"""Letters: in shorter words ("wise") these endings are their own."""
IRREGULAR = {
    "people": "person",
    "children": "child",
    "men": "man",
    "women": "woman",
    "lives": "life",
    "feet": "foot",
    "held": "hold",
    "grey": "gray",
    "ngos": "ngo",
    "csos": "cso",
    "kdos": "kdo",
}
# Nouns and verbs that Snowball keeps apart.
OTHER_STEMS = {"appli": "applic", "registr": "regist", "adviz": "advic", "practiz": "practic"}

_own = threading.local()


def stems(word: str) -> set[str]:
    """Of a word that is folded already."""
    word = IRREGULAR.get(word, word)
    if len(word) >= SHORTEST:
        for spelling, other in SPELLINGS:
            word = spelling.sub(other, word)
    if not hasattr(_own, "stemmer"):
        _own.stemmer = stemmer("english")  # Snowball's keeps its place in the word in itself: one for each thread
    stem = _own.stemmer.stemWord(word)
    return {OTHER_STEMS.get(stem, stem)}
