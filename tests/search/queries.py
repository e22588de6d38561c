"""What anybody may type: words of the site, rightly and wrongly spelt, and strings that are none."""

import os
import random
import re
from collections.abc import Collection

from hypothesis import strategies as st

MANY = int(os.environ.get("SEARCH_QUERIES", "0"))
"""Instead of as many as a test asks by itself (docs/developers.md)."""
WORDS = re.split(" ", "rada osiedla konkurs gala sąsiedztwo porada Kraków 2026 6 stycznia KDO wniosek park dzielnica")
OPERATORS = re.split(
    "  ", """AND  OR  NOT  NEAR(a b, 2)  ^rada  rada*  -rada  terms:rada  "rada  '  ;  --  {a b}  %s  <->  !  :*"""
)
OTHERS = ["\0", "\ud7ff", "\u202e", "שלום", "مرحبا", "🎉", "👩‍👩‍👧", "ﬁ", "İ", "ß", "ﷺ", "e" + "\u0301" * 50, "\\"]
ODD = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from([*WORDS, *OPERATORS, *OTHERS]), max_size=30).map(" ".join),
    st.lists(st.sampled_from([*OPERATORS, *OTHERS]), max_size=30).map("".join),
)
"""Strings of any kind."""


def of_words(vocabulary: Collection[str], count: int, seed: int = 1) -> list[str]:
    """`count` different queries of one to three of these words; in each fourth one a letter is missing."""
    chance, known = random.Random(seed), sorted(vocabulary)
    made: dict[str, None] = {}
    while len(made) < count:
        words = chance.sample(known, chance.choice((1, 1, 2, 3)))
        if chance.random() < 0.25:
            place = chance.randrange(len(words[0]))
            words[0] = words[0][:place] + words[0][place + 1 :]
        made[" ".join(words)] = None
    return list(made)
