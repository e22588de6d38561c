"""What a search answers, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page as ResultsPage


@dataclass(frozen=True)
class Piece:
    """Part of a text that is shown; `is_hit`: a whole word that was asked for, in the form that stands there."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True)
class Hit:
    page: Any
    """Specific, public, with what a row of a list shows."""
    title: Sequence[Piece]
    passage: Sequence[Piece]
    """Where the words stand, or the lead; "…" at an end says that the text goes on there."""
    source: str = ""
    """The name of the file that the passage is from."""
    is_recommended: bool = False
    """Chosen by staff for these words."""


@dataclass(frozen=True)
class Suggestion:
    """What somebody may mean who has begun to type."""

    text: str
    """The title of a page."""
    url: str
    lang: str = ""
    """Of the text, where it isn't the one that was asked in."""


@dataclass(frozen=True)
class Choice:
    """One value of a filter, with how many results it leaves."""

    value: str
    label: str
    count: int
    is_chosen: bool
    query: str
    """What follows the question mark of the address with this choice made, or taken back where it is chosen."""
    heading: str = ""
    """What it stands under, where there are many."""


@dataclass(frozen=True)
class Fold:
    """Choices of a filter that are shown when somebody asks for them. `heading`: "" for whatever is left."""

    heading: str
    choices: Sequence[Choice]

    @property
    def is_open(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)


MOST_AT_ONCE = 8
"""Choices of a filter that aren't folded."""


@dataclass(frozen=True)
class Filter:
    name: str
    label: str
    choices: Sequence[Choice]

    @property
    def shown(self) -> Sequence[Choice]:
        """At once."""
        if len(self.choices) <= MOST_AT_ONCE:
            return self.choices
        return [choice for choice in self.choices if not choice.heading][:MOST_AT_ONCE]

    @property
    def folds(self) -> Sequence[Fold]:
        """The others, by their headings, in their order."""
        left = [choice for choice in self.choices if choice not in self.shown]
        headings = dict.fromkeys(choice.heading for choice in left)
        return [Fold(one, [choice for choice in left if choice.heading == one]) for one in headings]


@dataclass(frozen=True)
class Results:
    words: str
    """As they were typed."""
    hits: ResultsPage
    filters: Sequence[Filter] = ()
    order: str = "relevance"
    spelling: str = ""
    """What was looked for instead, where nobody ever wrote a word as it was typed: a link asks for it."""
    is_any: bool = False
    """Whether no page has all of the words, and these have some of them."""
    is_cut: bool = False
    """Whether the search took too long, and there may be more."""
    elsewhere: Sequence[Hit] = field(default_factory=list)
    """The best ones in other languages."""
    nearest: Sequence[str] = field(default_factory=list)
    """Words that stand on this site and look or begin like those that found nothing."""
