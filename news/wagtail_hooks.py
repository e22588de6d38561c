"""Registers what this app adds to the admin."""

from wagtail import hooks

from editorial import desk
from news.viewsets import news_listing, write_news

desk.register_first_step(write_news)


@hooks.register("register_admin_viewset")
def register_listing():
    return news_listing
