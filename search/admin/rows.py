"""Rows of a short list compared with words, without an index."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from search.admin.objects import plain_words
from search.analysis import folded, terms

MOST_ROWS = 5_000
"""Of longer lists, letters are enough."""


def rows_with(words: str, rows: QuerySet, fields: Iterable[str], *, inside: bool = True) -> QuerySet | None:
    """Those of `rows` that have `words` in their `fields`; None where there are too many to look at each.

    `inside`: the letters in the middle of a word will do too, as of an e-mail address.
    """
    values: dict[Any, list[str]] = {}
    for key, *found in rows.order_by().values_list("pk", *fields)[: MOST_ROWS + 1]:
        values.setdefault(key, []).extend(str(value) for value in found if value is not None)
    if len(values) > MOST_ROWS:
        return None
    letters, asked = folded(words) if inside else "", [(word, terms(word)) for word in plain_words(words)]
    return rows.filter(pk__in=[key for key, said in values.items() if _says(" ".join(said), letters, asked)])


def _says(text: str, letters: str, asked: list[tuple[str, set[str]]]) -> bool:
    if letters and letters in folded(text):
        return True
    if not asked:
        return False
    there, meant = plain_words(text), terms(text)
    return all(meant & of_word or any(one.startswith(word) for one in there) for word, of_word in asked)
