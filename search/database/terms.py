"""From what the analyser made to what both databases keep: one bag of terms for a page, each with its field's letter.

Only letters and digits of ASCII get through here, so that nobody's words can mean anything to a full-text syntax.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator

from search import weights
from search.documents import AnalysedDocument

TITLE, SUBJECT, TEXT, LABEL, LANGUAGE = "t", "s", "x", "l", "g"
FIELD_WEIGHTS = {TITLE: weights.TITLE, SUBJECT: weights.SUBJECT, TEXT: weights.TEXT}
"""What a word counts for by where it stands; the text holds everything."""
IS_TERM = re.compile(r"[a-z0-9]{1,200}").fullmatch
OTHER = re.compile(r"[^a-z0-9]")
LONGEST_BEGINNING = 40
MOST_BYTES = 900_000
"""Of one page's terms: PostgreSQL refuses a tsvector of more than 1 MB, and with it the publication."""


def in_field(field: str, terms: Iterable[str]) -> list[str]:
    """As they are kept, in their order; what is no term can't be kept, and so stands nowhere."""
    return sorted(field + term for term in terms if IS_TERM(term))


def named(field: str, name: str) -> str:
    """A term for a label or a language, whatever signs are in it."""
    return field + hashlib.blake2b(name.encode(), digest_size=8).hexdigest()


def beginning(folded: str) -> str:
    """A term for a word of a title, or for how it begins; letters that fold to no ASCII become their numbers."""
    return OTHER.sub(lambda letter: f"u{ord(letter[0]):x}", folded[:LONGEST_BEGINNING])


def of_document(analysed: AnalysedDocument) -> Iterator[str]:
    """All terms that a page is found by; of those of a very long text only the first ones of the alphabet."""
    left = MOST_BYTES
    for term in _most_telling_first(analysed):
        left -= len(term)
        if left < 0:
            return
        yield term


def _most_telling_first(analysed: AnalysedDocument) -> Iterator[str]:
    yield named(LANGUAGE, analysed.document.language)
    yield from (named(LABEL, label) for label in sorted(analysed.document.labels))
    yield from in_field(TITLE, analysed.title)
    yield from in_field(SUBJECT, analysed.subject)
    yield from in_field(TEXT, analysed.text)


def of_title(analysed: AnalysedDocument) -> Iterator[str]:
    """Its words, by how they begin, and the language."""
    yield from sorted({beginning(word) for word in analysed.beginnings if word})
    yield named(LANGUAGE, analysed.document.language)
