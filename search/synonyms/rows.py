"""Rows of phrases, and those that are built in."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BUILT_IN = Path(__file__).parent / "built_in.toml"
EITHER = ""


@dataclass(frozen=True)
class Row:
    """Phrases of one or several words that mean the same: whoever asks for one finds the others, a little later.

    `phrases`: each with its language ("pl", "en", or "" for both). A phrase is recognised in any language, and finds
    those of the language that is searched. `only_asked`: further phrases which find the others and aren't found
    themselves: „logo” finds „dla mediów”, and whoever asks for „dla mediów” isn't led to each page with a logo.
    """

    phrases: tuple[tuple[str, str], ...]
    only_asked: tuple[tuple[str, str], ...] = ()


@cache
def built_in() -> tuple[Row, ...]:
    """The rows of built_in.toml."""
    return tuple(_row(**row) for row in tomllib.loads(BUILT_IN.read_text())["rows"])


def _row(*, pl: Sequence[str] = (), en: Sequence[str] = (), both: Sequence[str] = (), asked: Sequence[str] = ()) -> Row:
    phrases = ((phrase, code) for code, group in ((EITHER, both), ("pl", pl), ("en", en)) for phrase in group)
    return Row(tuple(phrases), tuple((phrase, EITHER) for phrase in asked))
