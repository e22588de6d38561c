"""What both databases have in common: mixins, put before Wagtail's classes."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, QuerySet, Value, When
from django.utils.functional import cached_property

from search.admin.asking import in_terms
from search.admin.named import pages_named
from search.admin.objects import AnalysedObject


class AnalysedIndexMixin:
    """For an index."""

    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        super().add_items(model, [AnalysedObject(obj) for obj in objs])  # type: ignore[misc]


class AnalysedCompilerMixin:
    """For a compiler of queries.

    `fields` narrows a search to titles, or not at all: all other fields are one text in the index. The stock compilers
    fail on them, or ask for words as they were typed.
    """

    queryset: QuerySet
    query: Any
    fields: Any

    def __init__(self, queryset: QuerySet, query: Any, fields: Any = None, **options: Any) -> None:
        is_beginning = self.LAST_TERM_IS_PREFIX  # type: ignore[attr-defined]
        of_titles = ["title"] if fields and set(fields) == {"title"} and not is_beginning else None
        super().__init__(queryset, query, fields=of_titles, **options)  # type: ignore[call-arg]
        self.typed = query if isinstance(query, str) else getattr(query, "query_string", "")
        self.query = in_terms(self.query, is_beginning)

    def search(
        self, config: Any, start: int | None, stop: int | None, score_field: Any = None, **more: Any
    ) -> QuerySet:
        """As Wagtail's; a page that was named comes first."""
        found = super().search(config, None, None, score_field, **more)  # type: ignore[misc]
        if self._named:
            order = found.query.order_by
            found |= self.queryset.filter(pk__in=self._named)
            if self.order_by_relevance:  # type: ignore[attr-defined]
                first = Case(When(pk__in=self._named, then=Value(0)), default=Value(1))
                found = found.order_by(first, *order)
        return found[start:stop]

    @cached_property
    def _named(self) -> list[int]:
        return pages_named(self.typed, self.queryset)
