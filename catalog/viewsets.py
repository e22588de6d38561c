"""The listing of this section in the admin menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from catalog.models import CatalogIndexPage, ChapterPage
from home.viewsets import SectionListingViewSet, columns


class ChapterPageListingViewSet(SectionListingViewSet):
    model = ChapterPage
    section = CatalogIndexPage.section
    icon = "list-ol"
    list_display = columns(
        Column("part_label", label=_("Part"), sort_key="part"),
    )
    list_filter = ["part", "locale"]
    ordering = "path"


catalog_listing = ChapterPageListingViewSet("catalog")
