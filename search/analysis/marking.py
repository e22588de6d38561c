"""Where the words that were asked for stand in a text."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from search.analysis import dates
from search.analysis.words import WORD, Terms, words_of

OF_A_MOMENT = re.compile(r"[dmt]\d+|\d{4}")


class Hit(NamedTuple):
    """A whole word, or a moment, as it stands there. `groups`: the places of the sets that it has a term of."""

    start: int
    end: int
    groups: frozenset[int]


def hits(text: str, language: str, groups: Sequence[Terms]) -> Iterator[Hit]:
    """Each word of `text` that has a term of one of the sets, moments first; they may overlap."""
    wanted = frozenset(chain(*groups))
    moments = dates.found_in(text) if any(OF_A_MOMENT.fullmatch(term) for term in wanted) else iter(())
    for moment in moments:
        terms = moment.terms | moment.exact | moment.months | {moment.year}
        if not terms.isdisjoint(wanted):
            yield Hit(moment.start, moment.end, _among(terms, groups))
    for found in WORD.finditer(text):
        for start, end, terms in words_of(found, language):
            if not terms.isdisjoint(wanted):
                yield Hit(start, end, _among(terms, groups))


def spans(text: str, language: str, asked: Collection[Terms]) -> Iterator[tuple[int, int]]:
    """Start and end of each whole word of `text` that has a term of one of the sets, as it stands there, inflected.

    In the order of the text; what overlaps becomes one.

        >>> text = "Podgórze: zebranie na Podgórzu"
        >>> [text[start:end] for start, end in spans(text, "pl", [frozenset({"podgor"})])]
        ['Podgórze', 'Podgórzu']
    """
    start = end = -1
    for hit in sorted(hits(text, language, list(asked)), key=lambda hit: (hit.start, hit.end)):
        if hit.start >= end:
            if end > 0:
                yield start, end
            start, end = hit.start, hit.end
        else:
            end = max(end, hit.end)
    if end > 0:
        yield start, end


def _among(terms: Terms, groups: Sequence[Terms]) -> frozenset[int]:
    return frozenset(number for number, group in enumerate(groups) if not terms.isdisjoint(group))
