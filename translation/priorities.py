"""In which order originals wait for their translation.

Nothing is said of content types here: an app that has texts with a date names them with `register_dated`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Subquery, Value, When


@dataclass(frozen=True)
class Dated:
    """Texts that wait at `rank` (smaller is earlier), by the day in their field `day`."""

    rank: int
    pages: Callable[[], Any]
    day: str
    newest_first: bool = False


dated: list[Dated] = []


def register_dated(rank: int, pages: Callable[[], Any], day: str, newest_first: bool = False) -> None:
    """`register_dated(1, lambda: EventPage.objects.upcoming(), "start")`: these go before what has no date."""
    dated.append(Dated(rank, pages, day, newest_first))
    dated.sort(key=lambda kind: kind.rank)


def ordered(originals: Any) -> Any:
    """`originals` (PageQuerySet): dated texts by rank and day, then the others as they stand in the tree."""
    ranks, days = [], []
    for index, kind in enumerate(dated):
        mine = kind.pages().order_by().filter(pk=OuterRef("pk"))
        ranks.append(When(Exists(mine), then=Value(index)))
        name = f"queue_day_{index}"
        originals = originals.annotate(**{name: Subquery(mine.values(kind.day)[:1])})
        days.append(F(name).desc(nulls_last=True) if kind.newest_first else F(name).asc(nulls_last=True))
    rank = Case(*ranks, default=Value(len(dated)), output_field=IntegerField()) if ranks else Value(0)
    # A day counts within its own rank: elsewhere it is empty, and so equal.
    return originals.annotate(priority_rank=rank).order_by("priority_rank", *days, "path")
