"""What the dashboard says of one's account."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from accounts import second_factor


class SecondFactorPanel(Component):
    """Until when somebody needs a second factor."""

    name = "second_factor"
    template_name = "accounts/second_factor_panel.html"
    order = 10

    def __init__(self, request: HttpRequest) -> None:
        self.deadline = second_factor.deadline(request.user)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"deadline": self.deadline}


def remind(request: HttpRequest, panels: list[Component]) -> None:
    if second_factor.is_missing(request.user):
        panels.insert(0, SecondFactorPanel(request))
