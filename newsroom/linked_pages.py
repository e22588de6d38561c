"""A page that a snippet names, in the list of snippets: never the title of a draft that is kept from whoever reads."""

from typing import Any

from wagtail.admin.ui.tables import Column
from wagtail.models import Page
from wagtail.snippets.views.snippets import IndexView


class LinkedPageColumn(Column):
    """Of rows of a `LinkedPageIndexView`."""

    def get_value(self, instance: Any) -> Any:
        return instance.visible_page


class LinkedPageIndexView(IndexView):
    """Its rows come with the page in `linked_page`, a foreign key, as `visible_page`: one query for all of them.

    By the manager that knows what is kept from whom; a join and the row's own attribute would pass it
    (`approval/visibility.py`).
    """

    linked_page = ""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        rows = list(context["object_list"])
        numbers = {getattr(row, f"{self.linked_page}_id") for row in rows} - {None}
        found = Page.objects.in_bulk(numbers) if numbers else {}
        for row in rows:
            row.visible_page = found.get(getattr(row, f"{self.linked_page}_id"))
        return context
