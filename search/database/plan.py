"""A query as expressions: what a page has to match, and for what it counts how much.

A group counts for the best field and alternative by which a page has it. So that a database only has to add, these
worths are laid as steps: everything that is worth a step or more is one expression, and adds the difference to the
step before. Every hit has the lowest step.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

from search.database.engine import Engine
from search.database.terms import FIELD_WEIGHTS, LABEL, LANGUAGE, TEXT, TITLE, in_field, named
from search.index import Alternative, Group, Query

MOST_COMBINATIONS = 20
"""Of some of the groups: with more, more of the groups have to be there."""


@dataclass(frozen=True)
class Step:
    """Pages that match `expression` are worth `worth` more. `of`: the number of the group."""

    expression: str
    worth: float
    of: int


@dataclass(frozen=True)
class Plan:
    hits: str
    """What a page has to match."""
    in_title: str
    """Those that have it all in the title."""
    groups: Sequence[str]
    """Each group, to be counted for how rare it is."""
    base: Sequence[float]
    """What a group is worth to every hit; 0 where a hit needn't have it."""
    steps: Sequence[Step]


def planned(query: Query, engine: Engine) -> Plan | None:
    """None: nothing can match."""
    groups = [group for group in query.groups if _matching(group.alternatives, TEXT, engine)]
    least = len(query.groups) if query.least is None else query.least
    if not groups or len(groups) < least:
        return None
    least = max(1, min(least, len(groups)))
    while comb(len(groups), least) > MOST_COMBINATIONS:
        least += 1
    texts = [engine.either(_matching(group.alternatives, TEXT, engine)) for group in groups]
    titles = [engine.either(_matching(group.alternatives, TITLE, engine)) for group in groups]
    chosen = [engine.term(named(LABEL, label)) for label in sorted(query.labels)]
    chosen.append(engine.term(named(LANGUAGE, query.language)))
    has_all = least == len(groups)
    some = engine.either(engine.every(part) for part in combinations(texts, least))
    every = [_worths(group, engine) for group in groups]
    return Plan(
        hits=engine.every([engine.every(texts) if has_all else some, *chosen]),
        in_title=engine.every([*titles, *chosen]),
        groups=texts,
        base=[min(worths) if has_all else 0.0 for worths in every],
        steps=[step for number, worths in enumerate(every) for step in _steps(number, worths, has_all, engine)],
    )


def _worths(group: Group, engine: Engine) -> Mapping[float, list[str]]:
    """Worth → expressions of what is worth that."""
    found: dict[float, list[str]] = {}
    for alternative in group.alternatives:
        for field, weight in FIELD_WEIGHTS.items():
            worth = round(weight * alternative.weight, 1)
            found.setdefault(worth, []).extend(_matching([alternative], field, engine))
    return {worth: expressions for worth, expressions in found.items() if expressions}


def _steps(number: int, worths: Mapping[float, list[str]], has_all: bool, engine: Engine) -> Iterator[Step]:
    before = 0.0
    for worth in sorted(worths):
        if before or not has_all:
            better = [one for other, expressions in worths.items() if other >= worth for one in expressions]
            yield Step(engine.either(better), worth - before, number)
        before = worth


def _matching(alternatives: Sequence[Alternative], field: str, engine: Engine) -> list[str]:
    """An expression for each alternative that can stand somewhere."""
    found = []
    for alternative in alternatives:
        words = [in_field(field, word) for word in alternative.words]
        if words and all(words):
            found.append(engine.every(engine.either(map(engine.term, word)) for word in words))
    return found
