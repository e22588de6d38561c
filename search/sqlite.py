"""Wagtail's search on SQLite, with the relevance of every hit reckoned once.

Wagtail's asks the full-text index for its relevance again for each page: twice the hits cost four times the work, and
10,000 of them 20 seconds, in the admin and for visitors. To be deleted once modelsearch joins its scores
(`SQLiteSearchQueryCompiler.search`); PostgreSQL keeps Wagtail's.
"""

from copy import copy
from typing import Any

from django.db.models import F, FloatField, Func, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from modelsearch.backends.database.sqlite import sqlite
from modelsearch.backends.database.sqlite.query import MatchExpression, normalize
from modelsearch.query import Phrase, PlainText, SearchQuery
from modelsearch.utils import get_descendants_content_types_pks


class RelevanceMixin:
    """Put before a query compiler of SQLite's."""

    def search(self, config: Any, start: int | None, stop: int | None, score_field: str | None = None) -> QuerySet:
        """As Wagtail's: what matches, in its order, from `start` to `stop`; `score_field`: an annotation to make."""
        found = super().search(config, None, None, score_field)  # type: ignore[misc]
        name = score_field or "_score"
        if name in found.query.annotations:
            found = found.annotate(**{name: self._relevance(config)})
        return found[start:stop]

    def build_search_query_content(self, query: SearchQuery, config: Any = None) -> Any:
        """A quotation mark is a sign of the text, where the index would take it for its end, and fail."""
        if isinstance(query, PlainText | Phrase):
            query = copy(query)
            query.query_string = query.query_string.replace('"', '""')
        return super().build_search_query_content(query, config=config)  # type: ignore[misc]

    def _relevance(self, config: Any) -> Func:
        """The score of a row: looked up among those of all hits, which the database writes down first."""
        compiler: Any = self
        query = compiler.build_search_query(normalize(compiler.query), config=config)
        entries = sqlite.SQLiteFTSIndexEntry.objects.filter(
            MatchExpression(compiler.fields or compiler.FTS_TABLE_FIELDS, query),
            index_entry__content_type__in=get_descendants_content_types_pks(compiler.queryset.model),
        ).annotate(
            hit=F("index_entry__object_id"),
            score=compiler._build_rank_expression(compiler.get_search_vectors(), config),
        )
        return Func(
            Subquery(entries.values("hit", "score"), output_field=TextField()),
            Cast("pk", TextField()),
            template="(WITH hits(hit, score) AS MATERIALIZED %(expressions)s)",
            arg_joiner=" SELECT score FROM hits WHERE hit = ",
            output_field=FloatField(),
        )


class QueryCompiler(RelevanceMixin, sqlite.SQLiteSearchQueryCompiler):
    """For whole words."""


class AutocompleteQueryCompiler(RelevanceMixin, sqlite.SQLiteAutocompleteQueryCompiler):
    """For the beginnings of words."""


class SearchBackend(sqlite.SQLiteSearchBackend):
    """What `WAGTAILSEARCH_BACKENDS` names."""

    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
