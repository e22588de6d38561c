"""The list of chapters in the admin, which is also where they are put in order."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.widgets.button import Button, HeaderButton

from catalog.models import CatalogIndexPage
from home import locales


class ChapterListView(IndexView):
    """Chapters of all languages. In their order: those of the Polish handbook, whose order gives all the numbers."""

    sort_order_field = "ord"
    """Not a field: Wagtail's lists of pages call the order of the tree so."""
    reorder_button = None

    @cached_property
    def handbook(self) -> CatalogIndexPage | None:
        return CatalogIndexPage.objects.filter(locale_id=locales.id_of(settings.LANGUAGE_CODE)).first()

    def get_reorder_url(self) -> str | None:
        """Visitors meet the new order at once, so it asks for the same right as in the explorer."""
        if not self.handbook or not self.handbook.permissions_for_user(self.request.user).can_reorder_children():
            return None
        return reverse("wagtailadmin_pages:set_page_position", args=[999999])  # the script puts the page in its place

    @cached_property
    def header_buttons(self) -> list[Button]:
        buttons = super().header_buttons
        if self.get_reorder_url() and not self.show_ordering_column:
            url = f"{self.index_url}?ordering={self.sort_order_field}"
            buttons.append(HeaderButton(_("Change the order"), url=url, icon_name="order"))
        return buttons

    def get_base_queryset(self) -> Any:
        pages = super().get_base_queryset()
        return pages.child_of(self.handbook) if self.show_ordering_column and self.handbook else pages
