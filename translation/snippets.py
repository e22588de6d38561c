"""Site settings, places of events: texts without a page whose translation is public and says something older."""

from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, OuterRef, Q, Subquery
from wagtail.models import Locale, Page

from translation.freshness import Pair, State, is_under_way
from translation.models import SourceVersionMixin


@cache
def _models() -> tuple[Any, ...]:
    found = (model for model in apps.get_models() if issubclass(model, SourceVersionMixin))
    return tuple(model for model in found if not issubclass(model, Page))


def outdated() -> list[Pair]:
    """Each with its original, longest first: two queries for a kind of text at most.

    The row that visitors read carries its source version itself, so nobody has to ask the ledger as for pages.
    """
    default = Locale.get_default().pk
    found = []
    for model in _models():
        public = model._default_manager.filter(live=True)
        originals = public.filter(locale=default)
        wanted = originals.filter(translation_key=OuterRef("translation_key")).values("source_version")[:1]
        rows = public.exclude(locale=default).annotate(wanted=Subquery(wanted))
        says_other = Q(source_version=None) | ~Q(source_version=F("wanted"))
        rows = rows.annotate(is_under_way=is_under_way(ContentType.objects.get_for_model(model), "pk")).select_related(
            "locale"
        )
        rows = list(rows.exclude(wanted=None).filter(says_other))
        keys = [row.translation_key for row in rows]
        known = originals.filter(translation_key__in=keys).select_related("locale") if keys else ()
        by_key = {one.translation_key: one for one in known}
        # An original may have been taken down between the two queries.
        found += [_pair(by_key[row.translation_key], row) for row in rows if row.translation_key in by_key]
    return sorted(found, key=lambda pair: pair.since.timestamp() if pair.since else 0)


def _pair(original: Any, row: Any) -> Pair:
    draft = row.has_unpublished_changes
    return Pair(original, row.locale, row, State.OUTDATED, original.source_version, row.is_under_way, draft)
