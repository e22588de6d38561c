"""What this section offers on the dashboard."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from news.models import NewsIndexPage, NewsPage


def write_news(request: HttpRequest) -> tuple[Any, str] | None:
    """What an empty desk offers: a new item in the language of the person, if they may write one."""
    indexes = NewsIndexPage.objects.filter(live=True).select_related("locale")
    index = min(indexes, key=lambda page: page.locale.language_code != get_language(), default=None)
    if index is None or not index.permissions_for_user(request.user).can_add_subpage():
        return None
    model = NewsPage._meta
    return _("Write a news item"), reverse("wagtailadmin_pages:add", args=(model.app_label, model.model_name, index.pk))
