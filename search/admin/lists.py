"""Lists of the admin whose models are in no index: accounts, places, names of sites, whatever has a box to search.

Wagtail asks the database whether a field holds the very letters that were typed. The rows of such lists are few, so
they are compared here: with the letters, and then word by word as everywhere else.
"""

from functools import wraps
from typing import Any

from modelsearch.index import class_is_indexed
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.users.views.bulk_actions.user_bulk_action import UserBulkAction

from search.admin.rows import rows_with

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
