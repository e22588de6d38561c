"""The first day: a walk over the first screen that can be skipped, and is remembered for each person."""

from dataclasses import dataclass
from typing import Any

from django.forms import Media
from django.http import HttpRequest
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

SEEN = "first-day-tour"
"""Its name among what Wagtail remembers as dismissed, in the person's profile."""


@dataclass(frozen=True)
class Stop:
    """`target`: a CSS selector. Where it finds nothing on somebody's dashboard, the stop is left out."""

    target: str
    heading: str | Promise
    words: str | Promise


STOPS = (
    Stop(
        ".first-screen__title",
        _("This is where your day begins"),
        _("A short walk shows you what is where. You can skip it, and find it again under “Help”."),
    ),
    Stop(
        "#dashboard-first-steps",
        _("Begin a text"),
        _("Choose what you want to write. The draft is saved by itself, and nobody outside the newsroom sees it."),
    ),
    Stop(
        "[aria-labelledby=dashboard-waits]",
        _("It is your turn"),
        _("Texts that wait for you, the most urgent first, each with the reason. The button opens it."),
    ),
    Stop(
        "[aria-labelledby=dashboard-mine]",
        _("Your texts"),
        _("Drafts, and what you have sent: with whom it is, and since when."),
    ),
    Stop(
        "[aria-labelledby=dashboard-translate]",
        _("To translate"),
        _("Published texts that don't exist in the other language yet. “Begin” makes a draft of the translation."),
    ),
    Stop(
        ".first-screen__help",
        _("If you don't know how"),
        _("Help tells you step by step how to do what you want to do. It is in the menu of every screen too."),
    ),
)


class TourPanel(Component):
    """The stops, hidden until the script shows them: at once to those who have never seen them."""

    template_name = "newsroom/dashboard/tour.html"
    order = 1000

    @cached_property
    def media(self) -> Media:
        return Media(js=["newsroom/tour.js"])

    def __init__(self, request: HttpRequest) -> None:
        profile = getattr(request.user, "wagtail_userprofile", None)
        is_new = not (profile and profile.dismissibles.get(SEEN))
        self.begins = is_new or "tour" in request.GET

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"stops": STOPS, "begins": self.begins, "seen": SEEN}


def offer(request: HttpRequest, panels: list[Any]) -> None:
    """Hook `construct_homepage_panels`."""
    panels.append(TourPanel(request))
