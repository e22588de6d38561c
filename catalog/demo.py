"""How the demo files of this app become chapters."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from catalog.models import ChangeKind, ChapterCare, ChapterChange, ChapterPage
from home.demo import KINDS, Demo, DemoKind, Entry, content_folder


def fields(entry: Entry, words: dict[str, Any], demo: Demo) -> dict[str, Any]:
    return {"part": entry.facts["part"], "change_summary": words.get("change", "")}


def published(page: ChapterPage, entry: Entry, words: dict[str, Any]) -> None:
    """Its history goes by the days of the file: with a sentence on a change, it was new some weeks before that."""
    noon = timezone.make_aware(datetime.combine(entry.published_on, time(12)))
    changes = ChapterChange.objects.filter(page=page.pk)
    changes.update(at=noon)
    if words.get("change"):
        changes.update(kind=ChangeKind.CHANGE)
        weeks_before = timedelta(days=entry.facts.get("new_days_before_change", 45))
        ChapterChange.objects.create(page_id=page.pk, at=noon - weeks_before, kind=ChangeKind.NEW)
    if "review_by_days" in entry.facts:
        review_by = entry.published_on + timedelta(days=entry.facts["review_by_days"])
        ChapterCare.objects.update_or_create(page_id=page.pk, defaults={"keeper": page.owner, "review_by": review_by})


KINDS.append(
    DemoKind(
        content_folder("catalog"),
        "catalog",
        lambda entry: ChapterPage,
        fields,
        section="catalog",
        sort=lambda entry: entry.facts["order"],
        published=published,
    )
)
