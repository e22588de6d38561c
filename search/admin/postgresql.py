"""Wagtail's search on PostgreSQL, in terms. `SEARCH_CONFIG` has to be "simple": terms have no forms."""

import operator
from functools import reduce
from typing import Any

from django.contrib.postgres.search import SearchQuery
from modelsearch.backends.database.postgres import postgres
from modelsearch.backends.database.postgres.query import Lexeme

from search.admin.asking import Terms
from search.admin.backend import AnalysedCompilerMixin, AnalysedIndexMixin


class TermsMixin(AnalysedCompilerMixin):
    """Put before a query compiler of PostgreSQL's."""

    def build_tsquery_content(self, query: Any, config: Any = None, invert: bool = False) -> Any:
        if not isinstance(query, Terms):
            return super().build_tsquery_content(query, config=config, invert=invert)  # type: ignore[misc]
        lexemes = [Lexeme(term, invert=invert, prefix=query.is_beginning) for term in query.terms]
        joined = reduce(operator.and_ if invert else operator.or_, lexemes)
        return SearchQuery(joined, search_type="raw", config=config)

    def get_search_vectors(self, search_query: Any) -> Any:
        """Titles alone, or everything: the stock one reads fields as they are in the table, and not in terms."""
        vectors = self.get_index_vectors(search_query)  # type: ignore[attr-defined]
        return vectors[:1] if self.fields else vectors


class QueryCompiler(TermsMixin, postgres.PostgresSearchQueryCompiler):
    """For whole words."""


class AutocompleteQueryCompiler(TermsMixin, postgres.PostgresAutocompleteQueryCompiler):
    """For the beginnings of words."""


class Index(AnalysedIndexMixin, postgres.PostgresIndex):
    """Wagtail's, with terms."""


class SearchBackend(postgres.PostgresSearchBackend):
    """What `WAGTAILSEARCH_BACKENDS` names."""

    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    index_class = Index
