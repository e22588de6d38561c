"""Lists of the admin whose models are in no index: accounts, places, names of sites, whatever has a box to search.

Wagtail asks the database whether a field holds the very letters that were typed. The rows of such lists are few, so
they are compared here: with the letters, and then word by word as everywhere else.
"""

from collections.abc import Iterable
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from modelsearch.index import class_is_indexed
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.users.views.bulk_actions.user_bulk_action import UserBulkAction

from search.admin.objects import plain_words
from search.analysis import folded, terms

MOST_ROWS = 5_000
"""Of longer lists, letters are enough."""
OF_ACCOUNTS = ("username", "first_name", "last_name", "email")


def search_as_everywhere() -> None:
    """From now on these lists, and what is done with all that one of them finds, are searched by `rows_with`."""
    in_lists, in_bulk = BaseListingView.search_queryset, UserBulkAction.get_all_objects_in_listing_query

    @wraps(in_lists)
    def search_queryset(self: Any, queryset: Any) -> Any:
        is_indexed = class_is_indexed(queryset.model) and self.search_backend_name
        found = None
        if self.is_searching and self.search_fields and not is_indexed:
            found = rows_with(self.search_query, queryset, self.search_fields)
        return in_lists(self, queryset) if found is None else found

    @wraps(in_bulk)
    def get_all_objects_in_listing_query(self: Any, parent_id: Any) -> Any:
        words = self.request.GET.get("q", "").strip()
        rows = self.model.objects.all().values_list("pk", flat=True)
        found = rows_with(words, rows, OF_ACCOUNTS) if words else None
        return in_bulk(self, parent_id) if found is None else found

    views: tuple[Any, Any] = (BaseListingView, UserBulkAction)
    views[0].search_queryset = search_queryset
    views[1].get_all_objects_in_listing_query = get_all_objects_in_listing_query


def rows_with(words: str, rows: QuerySet, fields: Iterable[str]) -> QuerySet | None:
    """Those of `rows` that have `words` in their `fields`; None where there are too many to look at each."""
    values: dict[Any, list[str]] = {}
    for key, *found in rows.order_by().values_list("pk", *fields)[: MOST_ROWS + 1]:
        values.setdefault(key, []).extend(str(value) for value in found if value is not None)
    if len(values) > MOST_ROWS:
        return None
    letters, asked = folded(words), [(word, terms(word)) for word in plain_words(words)]
    return rows.filter(pk__in=[key for key, said in values.items() if _says(" ".join(said), letters, asked)])


def _says(text: str, letters: str, asked: list[tuple[str, set[str]]]) -> bool:
    if letters in folded(text):
        return True
    if not asked:
        return False
    there, meant = plain_words(text), terms(text)
    return all(meant & of_word or any(one.startswith(word) for one in there) for word, of_word in asked)
