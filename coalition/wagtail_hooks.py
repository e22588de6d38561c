"""Registers what this app adds to the admin."""

from wagtail import hooks

from coalition.viewsets import coalition_listing


@hooks.register("register_admin_viewset")
def register_listing():
    return coalition_listing
