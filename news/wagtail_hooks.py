"""Registers what this app adds to the admin."""

from wagtail import hooks

from editorial import desk
from editorial.translation import queue
from news.models import NewsPage
from news.viewsets import news_listing, write_news

desk.register_first_step(write_news)
queue.register_dated(2, lambda: NewsPage.objects.all(), "date", newest_first=True)


@hooks.register("register_admin_viewset")
def register_listing():
    return news_listing
