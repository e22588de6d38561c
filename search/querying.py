"""What somebody typed, as a question to the index."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from search.analysis import Token, folded, tokens
from search.analysis.stopwords import STOP_WORDS
from search.index import RELEVANCE, Alternative, Group, Query
from search.synonyms import thesaurus

MOST_LETTERS = 100
"""Nobody types more, and nobody makes the database chew on more."""
MOST_GROUPS, MOST_ALTERNATIVES = 12, 8
OF_A_SYNONYM, OF_ANOTHER_READING = 0.5, 0.8
"""What a hit weighs that says it in other words, or by parts of a compound."""


def query_for(words: str, language: str, labels: Collection[str] = (), order: str = RELEVANCE) -> Query | None:
    """The question that `words` ask of the pages in `language`, or None if there is no word in them.

    Any string is valid. Counted are its first hundred characters, and twelve words, none twice, without stop words
    ("jak", "the"), which count where there are no others.
    """
    asked = list(tokens(words[:MOST_LETTERS], language))
    asked = [token for token in asked if folded(_text(words, token)) not in STOP_WORDS] or asked
    groups = tuple(islice(dict.fromkeys(_groups(words, asked, language)), MOST_GROUPS))
    return Query(groups, language, frozenset(labels), order) if groups else None


def _groups(words: str, asked: list[Token], language: str) -> Iterator[Group]:
    known = thesaurus(language)
    typed = [_text(words, token) for token in asked]
    at = 0
    while at < len(asked):
        length, others = known.at(typed[at:])
        own = _readings(asked[at : at + max(length, 1)])
        synonyms = [Alternative(other, OF_A_SYNONYM) for other in others if other not in (one.words for one in own)]
        yield Group(tuple([*own, *synonyms][:MOST_ALTERNATIVES]))
        at += max(length, 1)


def _readings(phrase: Sequence[Token]) -> list[Alternative]:
    """What is typed may mean itself, in its words: the likeliest readings first."""
    likeliest = Alternative(tuple(terms for token in phrase for terms in token.readings[0]))
    others = phrase[0].readings[1:] if len(phrase) == 1 else ()
    return [likeliest, *(Alternative(other, OF_ANOTHER_READING) for other in others)]


def _text(words: str, token: Token) -> str:
    return words[token.start : token.end]
