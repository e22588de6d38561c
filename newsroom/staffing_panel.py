"""What the newsroom lacks, on the administrator's dashboard."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from approval import staffing


class StaffingPanel(Component):
    template_name = "newsroom/dashboard/staffing.html"
    order = 20

    def __init__(self, gaps: list[staffing.Gap]) -> None:
        self.gaps = gaps

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"gaps": self.gaps}


def warn(request: HttpRequest, panels: list[Any]) -> None:
    """Hook `construct_homepage_panels`."""
    if request.user.is_superuser and (gaps := staffing.gaps()):
        panels.append(StaffingPanel(gaps))
