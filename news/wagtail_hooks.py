"""Registers what this app adds to the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from home.viewsets import register_listing
from news.models import NewsIndexPage, NewsPage
from translation import priorities

priorities.register_dated(2, lambda: NewsPage.objects.all(), "date", newest_first=True)
register_listing(
    NewsIndexPage,
    NewsPage,
    [Column("date", label=_("Date"), sort_key="date"), Column("kind_label", label=_("Kind"), sort_key="kind")],
    write=_("Write a news item"),
    icon="doc-full-inverse",
    list_filter=["kind", "date", "locale"],
    ordering="-date",
)
