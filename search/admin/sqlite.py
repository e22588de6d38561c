"""Wagtail's search on SQLite, with the relevance of every hit reckoned once.

Wagtail's asks the full-text index for its relevance again for each page: twice the hits cost four times the work, and
10,000 of them 20 seconds. `RelevanceMixin` is to be deleted once modelsearch joins its scores
(`SQLiteSearchQueryCompiler.search`).
"""

from typing import Any

from django.db.models import F, FloatField, Func, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast
from modelsearch.backends.database.sqlite import sqlite
from modelsearch.backends.database.sqlite.query import BM25, AndNot, MatchExpression, normalize
from modelsearch.query import And, Or, SearchQuery
from modelsearch.utils import get_descendants_content_types_pks

from search.admin.asking import Terms
from search.admin.backend import AnalysedCompilerMixin, AnalysedIndexMixin


class RelevanceMixin:
    """Put before a query compiler of SQLite's."""

    def search(self, config: Any, start: int | None, stop: int | None, score_field: str | None = None) -> QuerySet:
        """As Wagtail's: what matches, in its order, from `start` to `stop`; `score_field`: an annotation to make."""
        found = super().search(config, None, None, score_field)  # type: ignore[misc]
        name = score_field or "_score"
        if name in found.query.annotations:
            found = found.annotate(**{name: self._relevance(config)})
        return found[start:stop]

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


class Relevance(BM25):
    """As Wagtail's, and what stands in a title counts more: the columns are autocomplete, body, title."""

    def as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, list[Any]]:
        return f"bm25({sqlite.SQLiteFTSIndexEntry._meta.db_table}, 1.0, 1.0, 4.0)", []


class TermsMixin(AnalysedCompilerMixin):
    """Writes the query for FTS5 itself, out of terms alone: the stock one forgets brackets."""

    def build_search_query_content(self, query: SearchQuery, config: Any = None) -> Any:
        return Value(written(query))

    def build_tsrank(self, vector: Any, query: SearchQuery, config: Any = None, boost: float = 1.0) -> Any:
        """Of the whole query: the stock one multiplies scores that are negative."""
        return Relevance()


def written(query: SearchQuery) -> str:
    """A query of `asking.in_terms` in the words of FTS5."""
    if isinstance(query, Terms):
        sign = "*" if query.is_beginning else ""
        return "(" + " OR ".join(f'"{term}"{sign}' for term in query.terms) + ")"
    if isinstance(query, AndNot):
        return f"({written(query.subquery_a)} NOT {written(query.subquery_b)})"
    if isinstance(query, And | Or):
        sign = " AND " if isinstance(query, And) else " OR "
        return f"({sign.join(map(written, query.subqueries))})"
    raise TypeError(query)


class QueryCompiler(TermsMixin, RelevanceMixin, sqlite.SQLiteSearchQueryCompiler):
    """For whole words."""


class AutocompleteQueryCompiler(TermsMixin, RelevanceMixin, sqlite.SQLiteAutocompleteQueryCompiler):
    """For the beginnings of words."""


class Index(AnalysedIndexMixin, sqlite.SQLiteIndex):
    """Wagtail's, with terms."""


class SearchBackend(sqlite.SQLiteSearchBackend):
    """What `WAGTAILSEARCH_BACKENDS` names."""

    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    index_class = Index
