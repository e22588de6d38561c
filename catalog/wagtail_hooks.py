"""Registers what this app adds to the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from catalog.models import CatalogIndexPage, ChapterPage
from catalog.views import ChapterListView
from home.viewsets import register_listing

register_listing(
    CatalogIndexPage,
    ChapterPage,
    [Column("part_label", label=_("Part"), sort_key="part")],
    write=_("Write a chapter"),
    index_view_class=ChapterListView,
    icon="list-ol",
    list_filter=["part", "locale"],
    ordering="path",
)
