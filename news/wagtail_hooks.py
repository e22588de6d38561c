"""Registers what this app adds to the admin."""

from wagtail import hooks

from news.viewsets import news_listing


@hooks.register("register_admin_viewset")
def register_listing():
    return news_listing
