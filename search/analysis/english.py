"""The stem of an English word, the same in British and American spelling."""

import re
import threading

from snowballstemmer import stemmer

SPELLINGS = (
    (re.compile(r"our(?=$|s$|ed$|ing$|hood|ly|able|al|er)"), "or"),
    (re.compile(r"is(?=e$|es$|ed$|ing$|er$|ers$|ation|ations$)"), "iz"),
    (re.compile(r"ys(?=e$|es$|ed$|ing$)"), "yz"),
    (re.compile(r"tre(?=$|s$)"), "ter"),
    (re.compile(r"ogue(?=$|s$)"), "og"),
    (re.compile(r"amme(?=$|s$)"), "am"),
    (re.compile(r"(?<=[ae])ll(?=ed$|ing$|er$|ers$)"), "l"),
    (re.compile(r"ence(?=$|s$)"), "ense"),
)
SHORTEST = 5
"""Letters: in shorter words ("four", "wise") these endings are their own."""
IRREGULAR = {
    "people": "person",
    "children": "child",
    "men": "man",
    "women": "woman",
    "lives": "life",
    "feet": "foot",
    "organised": "organize",
    "held": "hold",
}

_own = threading.local()


def stems(word: str) -> set[str]:
    """Of a word that is folded already."""
    word = IRREGULAR.get(word, word)
    if len(word) >= SHORTEST:
        for spelling, other in SPELLINGS:
            word = spelling.sub(other, word)
    if not hasattr(_own, "stemmer"):
        _own.stemmer = stemmer("english")  # Snowball's keeps its place in the word in itself: one for each thread
    return {_own.stemmer.stemWord(word)}
