"""A query as Wagtail has it, made into one of terms that no index takes for anything else than terms.

What is left has one of these shapes, on both databases: `Terms`, `And` with something that isn't negated, `Or` without
negations, `Not`, and, only at the top, everything or nothing. Words without letters are as if nobody had said them.
"""

from collections.abc import Iterable

from modelsearch.query import (
    MATCH_ALL,
    MATCH_NONE,
    And,
    Boost,
    Fuzzy,
    MatchAll,
    Not,
    Or,
    Phrase,
    PlainText,
    SearchQuery,
)

from search.admin.objects import plain_words
from search.analysis import Token, folded, tokens
from search.analysis.stopwords import STOP_WORDS

MOST_TOKENS = 12
"""Of what somebody types; the rest says nothing."""


class Terms(PlainText):
    """Any of these terms, or any that begins with one of them (`is_beginning`)."""

    def __init__(self, terms: Iterable[str], is_beginning: bool = False) -> None:
        self.terms, self.is_beginning = sorted(terms), is_beginning
        super().__init__(" ".join(self.terms), operator="or")


def in_terms(query: SearchQuery, is_beginning: bool = False) -> SearchQuery:
    """`query` for the index. `is_beginning`: its last word may be only begun."""
    return _made(query, is_beginning) or MATCH_NONE


def _made(query: SearchQuery, is_beginning: bool) -> SearchQuery | None:
    """None where nothing is said."""
    if isinstance(query, PlainText | Fuzzy):
        return _of_words(query.query_string, query.operator == "and", is_beginning)
    if isinstance(query, Phrase):  # what stands side by side isn't known: all of it then
        return _of_words(query.query_string, True, is_beginning)
    if isinstance(query, Boost):
        return _made(query.subquery, is_beginning)
    if isinstance(query, Not):
        made = _made(query.subquery, is_beginning)
        return made and _without(made)
    if isinstance(query, And | Or):
        made_of = [one for one in (_made(each, is_beginning) for each in query.subqueries) if one]
        return (_all if isinstance(query, And) else _any)(made_of)
    return query if isinstance(query, MatchAll) else None


def _of_words(text: str, needs_all: bool, is_beginning: bool) -> SearchQuery | None:
    said = list(tokens(text))[:MOST_TOKENS]
    if not said:
        return None
    last = said[-1] if is_beginning else None
    telling = [token for token in said if token is last or folded(text[token.start : token.end]) not in STOP_WORDS]
    meant = [_of_token(token, text, token is last) for token in telling or said]
    return _all(meant) if needs_all else _any(meant)


def _of_token(token: Token, text: str, is_beginning: bool) -> SearchQuery:
    readings = [_all([Terms(terms) for terms in reading]) for reading in token.readings]
    parts = plain_words(text[token.start : token.end]) if is_beginning else []
    if parts:
        readings.append(_all([*(Terms([part]) for part in parts[:-1]), Terms(parts[-1:], is_beginning=True)]))
    return _any([reading for reading in readings if reading])


def _all(queries: list[SearchQuery]) -> SearchQuery | None:
    if not queries:
        return None
    if any(_is_nothing(query) for query in queries):
        return MATCH_NONE
    said = [query for query in queries if not isinstance(query, MatchAll)]
    wanted = [query for query in said if not isinstance(query, Not)]
    unwanted = [query for query in said if isinstance(query, Not)]
    if not said:
        return MATCH_ALL
    if not wanted:
        return _without(_any([query.subquery for query in unwanted]))
    return said[0] if len(said) == 1 else And([*wanted, *unwanted])


def _any(queries: list[SearchQuery]) -> SearchQuery | None:
    if not queries:
        return None
    if any(isinstance(query, MatchAll) for query in queries):
        return MATCH_ALL
    said = [query for query in queries if not _is_nothing(query)]
    if not said:
        return MATCH_NONE
    if any(isinstance(query, Not) for query in said):
        return _without(_all([_without(query) for query in said]))
    return said[0] if len(said) == 1 else Or(said)


def _without(query: SearchQuery) -> SearchQuery:
    return query.subquery if isinstance(query, Not) else Not(query)


def _is_nothing(query: SearchQuery) -> bool:
    return isinstance(query, Not) and isinstance(query.subquery, MatchAll)
