"""Lines on the administrator's dashboard, where something needs one."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component


class WarningPanel(Component):
    """What was found, by a template of its own."""

    def __init__(self, template_name: str, order: int, warnings: list[Any]) -> None:
        self.template_name, self.order, self.warnings = template_name, order, warnings

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"warnings": self.warnings}


def warning(template_name: str, order: int, find: Callable[[], list[Any]]) -> Callable[[HttpRequest, list[Any]], None]:
    """For the hook `construct_homepage_panels`: a panel for administrators while `find` returns anything."""

    def warn(request: HttpRequest, panels: list[Any]) -> None:
        if request.user.is_superuser and (found := find()):
            panels.append(WarningPanel(template_name, order, found))

    return warn
