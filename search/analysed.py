"""A document taken apart into terms."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from search.analysis import folded, words_in
from search.analysis.folding import INVISIBLE
from search.analysis.stopwords import STOP_WORDS
from search.documents import AnalysedDocument, Document

MOST_LETTERS = 400_000
"""Of one page with its files: about 150 pages of print. What follows isn't searched."""
MOST_SAID, LEAST_SAID = 8, 4
"""So many of the words that a text says most often count as its subject, if it says them so many times."""
WORD_OF_LETTERS = re.compile(r"[^\W\d_]{3,40}")


def analysed(document: Document) -> AnalysedDocument:
    """`document` in terms."""
    language = document.language
    subject = _terms(document.subjects, language)
    said: Counter[frozenset[str]] = Counter()
    texts = list(_bounded(passage.text for passage in document.passages))
    for text in texts:
        for word in words_in(text, language):
            said[word.terms] += _says_something(text[word.start : word.end])
    often = [terms for terms, count in said.most_common(MOST_SAID) if count >= LEAST_SAID]
    shown = (document.title, *document.subjects)
    title = frozenset(_terms([document.title], language))
    return AnalysedDocument(
        document=document,
        title=title,
        subject=frozenset(subject.union(*often)),
        text=frozenset(subject.union(title, *said)),
        beginnings=frozenset(folded(word) for word in re.findall(r"[^\W_]+", document.title)),
        words=frozenset(word for text in (*shown, *texts) for word in WORD_OF_LETTERS.findall(_as_shown(text))),
    )


def _terms(texts: Iterable[str], language: str) -> set[str]:
    return {term for text in texts for word in words_in(text, language) for term in word.terms}


def _says_something(word: str) -> bool:
    return len(word) > 2 and folded(word) not in STOP_WORDS


def _as_shown(text: str) -> str:
    """In small letters, each one sign, without what nobody sees."""
    return unicodedata.normalize("NFC", text.translate(INVISIBLE)).lower()


def _bounded(texts: Iterable[str]) -> Iterator[str]:
    left = MOST_LETTERS
    for text in texts:
        if left <= 0:
            return
        yield text[:left]
        left -= len(text)
