"""The first screen after login: what this person can begin, what waits for them, what became of theirs, what is public.

The number of queries is the same for two texts and for two hundred.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.admin.views import home

from newsroom import finder, patterns, release_rows
from newsroom.rows import MOST, DashboardRow

STOCK = (
    home.WorkflowObjectsToModeratePanel,
    home.UserObjectsInWorkflowModerationPanel,
    home.RecentEditsPanel,
    home.LockedPagesPanel,
)


class Beginning(NamedTuple):
    """What somebody can begin with, by `words` at `address`; `place`: which patterns fit there."""

    words: str | Promise
    address: str
    place: patterns.Place


FirstStep = Callable[[HttpRequest], Beginning | None]
"""The beginning for a request, or None for who may not."""

first_steps: dict[int, FirstStep] = {}
"""By their place on the dashboard."""


def register_first_step(place: int, step: FirstStep) -> None:
    """For content apps: `register_first_step(10, lambda request: Beginning(_("Write a news item"), url, place))`."""
    first_steps[place] = step


CUT = {"scheduled", "published"}
"""Heaps of which only the first few rows are shown: their number would say nothing."""


class DashboardPanel(Component):
    """One panel on the dashboard."""

    template_name = "newsroom/dashboard/panel.html"

    class Media:
        css = {"all": ["newsroom/newsroom.css"]}

    def __init__(
        self,
        name: str,
        heading: str,
        rows: list[DashboardRow],
        order: int,
        empty: str = "",
        count: int = 0,
        more_url: str = "",
    ) -> None:
        self.name, self.heading, self.rows, self.order = name, heading, rows, order
        self.is_counted = name not in CUT
        self.empty = empty
        self.count = count or len(rows)
        self.more_url = more_url if self.count > len(rows) else ""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"panel": self, "rows": self.rows, "csrf_token": get_token(parent_context["request"])}


class FirstStepsPanel(Component):
    """Buttons for everything that this person may begin; above all panels, so that nobody has to look for them."""

    template_name = "newsroom/dashboard/first_steps.html"
    order = 5

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        found = [begun for _place, step in sorted(first_steps.items()) if (begun := step(self.request))]
        fitting = patterns.fitting(begun.place for begun in found)
        begun_with = [(begun.address, pattern) for begun in found for pattern in fitting[begun.place]]
        return {"steps": found, "patterns": begun_with[:MOST]}  # all of them stand on the empty page


class Dashboard:
    """All panels of one person."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.finder = finder.DashboardRows(request)

    def panels(self) -> list[DashboardPanel]:
        finder = self.finder
        waiting, mine = finder.waiting(), finder.mine()
        decides = finder.decides
        nothing = _("Nothing waits for your decision.") if decides else _("Nothing was returned to you.")
        panels = [
            DashboardPanel("waits", _("Waiting for me"), waiting, 100, nothing),
            DashboardPanel("mine", _("My texts"), mine, 110, _("You have nothing under way.")),
        ]
        together = release_rows.rows(self.request.user, all_of_them=decides)
        held_back = [*finder.held_back(all_of_them=decides), *(row for row in together if row.alarm)]
        panels.append(DashboardPanel("held-back", _("Approved, and can't go live"), held_back, 80))
        if decides:
            confirm = [*finder.unconfirmed(), *finder.asking_to_open()]
            panels.append(DashboardPanel("confirm", _("To be confirmed"), confirm, 90))
            panels.append(DashboardPanel("overdue", _("Overdue elsewhere"), finder.overdue(), 120))
        others = [row for row in together if not row.alarm]
        panels.append(DashboardPanel("together", _("In both languages together"), others, 125))
        panels += self._translations()
        panels.append(DashboardPanel("scheduled", _("Scheduled"), finder.scheduled(), 140))
        panels.append(DashboardPanel("published", _("Just published"), finder.published(), 150))
        return [panel for panel in panels if panel.rows or panel.empty]

    def _translations(self) -> list[DashboardPanel]:
        dashboard = self.finder.translations
        if dashboard is None:
            return []
        panels = (
            ("outdated", _("Out of date"), dashboard.outdated(), 130, ""),
            ("translate", _("To translate"), dashboard.missing(), 131, _("Everything public has its translation.")),
            ("underway", _("Translations under way"), dashboard.under_way(), 132, ""),
        )
        return [
            DashboardPanel(name, heading, panel.rows, order, empty, count=panel.count, more_url=panel.more_url)
            for name, heading, panel, order, empty in panels
        ]


def arrange(request: HttpRequest, panels: list[Any]) -> None:
    """Hook `construct_homepage_panels`: the dashboard stands in for Wagtail's own panels."""
    panels[:] = [panel for panel in panels if not isinstance(panel, STOCK)]
    panels += [FirstStepsPanel(request), *Dashboard(request).panels()]
