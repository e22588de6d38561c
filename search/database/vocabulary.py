"""The words of all documents, with the number of documents that each stands in."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Sum

from search.database.engine import Engine
from search.models import Word

LINES = 50_000
"""So many new ones make it worth to sum them up."""
LONGEST = 100


def change(
    engine: Engine, gone: Iterable[tuple[str, Iterable[str]]], come: Iterable[tuple[str, Iterable[str]]]
) -> None:
    """Of each document its language and its words: those that are there no more, and those that are there now."""
    changes: Counter[tuple[str, str]] = Counter()
    for sign, documents in ((-1, gone), (1, come)):
        for language, words in documents:
            for word in words:
                changes[language, word] += sign
    lines = [Word(language=language, word=word, count=n) for (language, word), n in sorted(changes.items()) if n]
    lines = [line for line in lines if len(line.word) <= LONGEST]
    new = Word.objects.bulk_create(lines, batch_size=2_000)
    if new and new[0].pk // LINES != (new[-1].pk + 1) // LINES:
        with transaction.atomic():
            engine.sum_up_words()


def words(language: str) -> Mapping[str, int]:
    found = Word.objects.filter(language=language).values_list("word").annotate(documents=Sum("count"))
    return {word: count for word, count in found if count > 0}
