"""What a hit counts for: the figures that all indexes and the order of the best hits share."""

from math import log2

TITLE, SUBJECT, TEXT = 8.0, 3.0, 1.0
"""By where a word stands."""
WHOLE_TITLE = 8.0
"""What a title that is nothing but the query counts beside one that holds it among many words."""
COMMON = 5_000
"""Pages: with more, a word counts as little as any other one."""

OVER, JUST_OVER, YEAR = 0.4, 0.2, 365.0
"""What stays of an event that is over, for good and at first, and the days after which the latter is half."""
OLD, NEW, TWO_YEARS = 0.7, 0.3, 730.0
"""The same of what has a date."""


def rarity(pages: int) -> float:
    """How much more a word says that stands on `pages` than a common one."""
    return 1 + log2(1 + COMMON / (1 + min(pages, COMMON)))


def of_ended(days: float) -> float:
    """What an event keeps that is over for so many days; all of it while it isn't."""
    return 1.0 if days <= 0 else OVER + JUST_OVER / (1 + days / YEAR)


def of_age(days: float) -> float:
    """What something keeps that is so many days old."""
    return 1.0 if days <= 0 else OLD + NEW / (1 + days / TWO_YEARS)
