"""Registers what this app adds to the admin."""

from wagtail import hooks

from editorial.translation import queue
from events.models import EventPage
from events.viewsets import events_listing

queue.register_dated(1, lambda: EventPage.objects.upcoming(), "start")


@hooks.register("register_admin_viewset")
def register_listing():
    return events_listing
