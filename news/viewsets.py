"""The listing of this section in the admin menu, and the way to a new item."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
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


def write_news(request: HttpRequest) -> tuple[Any, str] | None:
    """What an empty desk offers: a new item in the language of the person, if they may write one."""
    indexes = NewsIndexPage.objects.filter(live=True).select_related("locale")
    index = min(indexes, key=lambda page: page.locale.language_code != get_language(), default=None)
    if index is None or not index.permissions_for_user(request.user).can_add_subpage():
        return None
    model = NewsPage._meta
    return _("Write a news item"), reverse("wagtailadmin_pages:add", args=(model.app_label, model.model_name, index.pk))
