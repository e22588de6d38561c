"""The listing of this section in the admin menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from home.viewsets import SectionListingViewSet, columns
from news.models import NewsIndexPage, NewsPage


class NewsPageListingViewSet(SectionListingViewSet):
    model = NewsPage
    section = NewsIndexPage.section
    icon = "doc-full-inverse"
    list_display = columns(
        Column("date", label=_("Date"), sort_key="date"),
        Column("kind_label", label=_("Kind"), sort_key="kind"),
    )
    list_filter = ["kind", "date", "locale"]
    ordering = "-date"


news_listing = NewsPageListingViewSet("news")
