"""Where the words that were asked for stand in a text."""

from collections.abc import Collection, Iterator

from search.analysis.words import words_in

Span = tuple[int, int]


def spans(text: str, language: str, asked: Collection[frozenset[str]]) -> Iterator[Span]:
    """Start and end of each whole word of `text` that has a term of one of the sets, as it stands there, inflected.

    In the order of the text; what overlaps becomes one.

        >>> text = "Podgórze: zebranie na Podgórzu"
        >>> [text[start:end] for start, end in spans(text, "pl", [frozenset({"podgor"})])]
        ['Podgórze', 'Podgórzu']
    """
    wanted = frozenset().union(*asked)
    hits = sorted((word.start, word.end) for word in words_in(text, language) if word.terms & wanted)
    start = end = -1
    for hit in hits:
        if hit[0] >= end:
            if end > 0:
                yield start, end
            start, end = hit
        else:
            end = max(end, hit[1])
    if end > 0:
        yield start, end
