"""Documents as JSON, and back."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime

from search.documents import Document, Passage

PLAIN = ("key", "language", "title", "weight")


def written(document: Document) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """All but the passages, and the passages. The database writes them as JSON."""
    head = {name: getattr(document, name) for name in PLAIN} | {
        "subjects": list(document.subjects),
        "labels": sorted(document.labels),
        "date": document.date and document.date.isoformat(),
        "ends": document.ends and document.ends.isoformat(),
    }
    return head, [(passage.text, passage.source) for passage in document.passages]


def read(head: dict[str, Any], passages: Iterable[tuple[str, str]] = ()) -> Document:
    return Document(
        **{name: head[name] for name in PLAIN},
        subjects=tuple(head["subjects"]),
        passages=tuple(Passage(text, source) for text, source in passages),
        labels=frozenset(head["labels"]),
        date=_parsed(parse_date, head["date"]),
        ends=_parsed(parse_datetime, head["ends"]),
    )


def _parsed(parse: Any, text: str | None) -> Any:
    return parse(text) if text else None


def day_of(document: Document) -> int | None:
    return document.date.toordinal() if document.date else None


def end_of(document: Document) -> int | None:
    """Seconds; an end without a time zone is one of UTC."""
    if not document.ends:
        return None
    return int(document.ends.replace(tzinfo=document.ends.tzinfo or datetime.UTC).timestamp())
