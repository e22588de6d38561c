"""Registers what this app adds to the admin."""

from wagtail import hooks

from catalog.viewsets import catalog_listing


@hooks.register("register_admin_viewset")
def register_listing():
    return catalog_listing
