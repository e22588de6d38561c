"""What the index knows of a page, in words, by how much they say of it."""

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Passage:
    """Some running text of a page. `source`: the name of the file that it stands in; "" for the page itself."""

    text: str
    source: str = ""


@dataclass(frozen=True)
class Document:
    """One public page in one language, as visitors read it. Nothing that isn't public is ever made into one."""

    key: int
    """The primary key of the page."""
    language: str
    title: str
    subjects: tuple[str, ...] = ()
    """What it is about, in few words: lead, headings, its fields as they are shown, topics, names of its files."""
    passages: tuple[Passage, ...] = ()
    labels: frozenset[str] = frozenset()
    """What results are filtered by: "kind:news", "place:krakow-8", "year:2026"."""
    date: datetime.date | None = None
    """Of what is fresh or old; None for what stays."""
    ends: datetime.datetime | None = None
    """When an event is over; None for everything else."""
    weight: float = 1.0
    """How much a hit counts beside the same hit elsewhere: less for a list of others than for what is listed."""


@dataclass(frozen=True)
class AnalysedDocument:
    """A document in terms (search.analysis), which is all that an index compares. No term of a field is repeated."""

    document: Document
    title: frozenset[str]
    subject: frozenset[str]
    """Of the subjects, and of what the text says most often."""
    text: frozenset[str]
    """Of everything: title and subjects too."""
    beginnings: frozenset[str]
    """The folded words of the title, whole: what somebody begins to type is compared with these."""
    words: frozenset[str] = field(default=frozenset())
    """All words as they stand there, in small letters: what a misspelt one is compared with."""
