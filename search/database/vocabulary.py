"""The words of all documents, with the number of documents that each stands in."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import Max, Sum

from search.database.engine import Engine
from search.models import Word

LINES = 100_000
"""So many new ones make it worth to sum them up."""
LONGEST = 100
NO_WORD = ("", "", 0)


def change(
    engine: Engine, gone: Iterable[tuple[str, Iterable[str]]], come: Iterable[tuple[str, Iterable[str]]]
) -> None:
    """Of each document its language and its words: those that are there no more, and those that are there now."""
    changes: Counter[tuple[str, str]] = Counter()
    for sign, documents in ((-1, gone), (1, come)):
        for language, words in documents:
            for word in words:
                changes[language, word] += sign
    lines = [(*key, n) for key, n in sorted(changes.items()) if n and len(key[1]) <= LONGEST]
    if not lines:
        return
    before = last()
    engine.add_words(lines)
    if before // LINES != last() // LINES:
        engine.sum_up_words()
    elif fewer := [line[:2] for line in lines if line[2] < 0]:
        engine.sum_up_words(fewer)  # a word that was taken down everywhere is kept nowhere
        if last() <= before:
            engine.add_words([NO_WORD])  # and whoever remembers it hears of the change


def last() -> int:
    """A number that grows with each change."""
    return Word.objects.aggregate(last=Max("pk"))["last"] or 0


def words(language: str) -> Mapping[str, int]:
    found = Word.objects.filter(language=language).values_list("word").annotate(documents=Sum("count"))
    return {word: count for word, count in found if count > 0}
