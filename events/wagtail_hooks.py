"""Registers what this app adds to the admin."""

from wagtail import hooks

from events.viewsets import events_listing


@hooks.register("register_admin_viewset")
def register_listing():
    return events_listing
