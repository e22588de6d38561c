"""Why a page is found for some words, or not: for those who write it."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.analysed import analysed
from search.analysis.marking import spans
from search.asking import Asked
from search.documents import AnalysedDocument
from search.index import Alternative, Group, get_index
from search.public import public_pages
from search.querying import query_for
from search.ranking import Score

TITLE, SUBJECT, TEXT = "title", "subject", "text"
MOST_SHOWN = 5


@dataclass(frozen=True)
class GroupExplained:
    """One thing that was asked for. `field`: "title", "subject", "text", or "" where the page hasn't got it."""

    group: Group
    alternative: Alternative | None
    """By which the page has it: the first one is what was typed, the others say the same in other words."""
    field: str
    words: Sequence[str]
    """Those of the page that were taken for it, as they stand there."""


@dataclass(frozen=True)
class Explanation:
    is_public: bool
    """Whether visitors may read the page now."""
    is_indexed: bool
    """Whether the index knows it."""
    is_current: bool
    """Whether this version of the analyser took it apart."""
    is_other_language: bool
    groups: Sequence[GroupExplained]
    place: int | None
    """Among the results; None if it is not among the best hundred."""
    count: int
    """Of the results."""
    score: Score | None
    """Where it comes from that it stands there."""
    spelling: str = ""
    is_any: bool = False
    first: int | None = None
    """The page that comes first."""


def explain(page_key: int, words: str, language: str) -> Explanation:
    """Of one page and a search for `words` by visitors who read in `language`."""
    index = get_index()
    document = index.stored([page_key]).get(page_key)
    query = query_for(words, language)
    asked = Asked(words, query) if query else None
    keys = asked.first if asked else []
    return Explanation(
        is_public=bool(public_pages([page_key], specific=False)),
        is_indexed=document is not None,
        is_current=page_key in index.current([page_key]),
        is_other_language=bool(document and document.language != language),
        groups=[_explained(group, analysed(document)) for group in asked.query.groups] if asked and document else [],
        place=keys.index(page_key) + 1 if page_key in keys else None,
        count=asked.count if asked else 0,
        score=asked.ranking.score(document) if asked and document else None,
        spelling=asked.spelling if asked else "",
        is_any=asked.is_any if asked else False,
        first=keys[0] if keys else None,
    )


def _explained(group: Group, page: AnalysedDocument) -> GroupExplained:
    """By the best field, and there by the first alternative that stands in it."""
    for field, terms in ((TITLE, page.title), (SUBJECT, page.subject), (TEXT, page.text)):
        for alternative in group.alternatives:
            if all(word & terms for word in alternative.words):
                return GroupExplained(group, alternative, field, _words(alternative, page))
    return GroupExplained(group, None, "", [])


def _words(alternative: Alternative, page: AnalysedDocument) -> list[str]:
    """At most five that stand in the page."""
    document = page.document
    wanted = frozenset().union(*alternative.words)
    texts = (document.title, *document.subjects, *(one.text for one in document.passages))
    found: dict[str, None] = {}
    for text in texts:
        for start, end in spans(text, document.language, [wanted]):
            found[text[start:end]] = None
            if len(found) == MOST_SHOWN:
                return list(found)
    return list(found)
