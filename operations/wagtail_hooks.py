"""Registers what operations add to Wagtail; the things themselves live elsewhere."""

from wagtail import hooks

from notifications.panels import warning
from operations import health

hooks.register("construct_homepage_panels", warning("operations/panel.html", 10, health.sentences))
