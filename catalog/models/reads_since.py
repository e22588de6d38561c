"""Since when a page of the handbook reads as now. Facts and terms are approved for themselves, and show at once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet
from wagtail.fields import StreamField

from catalog.models.glossary_term import GlossaryTerm
from home.blocks.references import references_in
from home.cache import remembered
from home.models import BasePage, Fact


def newest(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment), default=None)


def last_published(rows: QuerySet) -> datetime | None:
    """Of those that visitors read."""
    return rows.filter(live=True).aggregate(newest=Max("last_published_at"))["newest"]


def of_page(page: BasePage, *rows: QuerySet) -> datetime | None:
    """Of `page`, which shows all of `rows`. No query on a warm site."""
    found = remembered(
        f"reads-since:{page.pk}",
        lambda: newest(page.last_published_at, *map(last_published, rows)) or "",
        is_of_many=True,
    )
    return found or None


def of_texts(page: BasePage, texts: Iterable[BasePage]) -> datetime | None:
    """Of `page`, which shows these texts with facts and terms: two queries for any number, none on a warm site."""
    found = remembered(f"reads-since:{page.pk}", lambda: _of_texts(list(texts)) or "", is_of_many=True)
    return found or None


def _of_texts(texts: list[BasePage]) -> datetime | None:
    shown = {pair for text in texts for pair in _references(text)}
    facts, terms = ({pk for model, pk in shown if model is kind} for kind in (Fact, GlossaryTerm))
    keys = GlossaryTerm.objects.filter(pk__in=terms).values("translation_key")
    return newest(
        *(text.last_published_at for text in texts),
        last_published(Fact.objects.filter(pk__in=facts)) if facts else None,
        last_published(GlossaryTerm.objects.filter(translation_key__in=keys, locale=texts[0].locale_id))
        if terms
        else None,
    )


def _references(text: BasePage) -> Iterable[tuple[Any, Any]]:
    for field in text._meta.fields:
        if isinstance(field, StreamField) and (value := getattr(text, field.name)):
            yield from references_in(value.stream_block, value.raw_data)
