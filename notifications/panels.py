"""A line on the administrator's dashboard when mails wait that should have gone."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from notifications import health


class MailPanel(Component):
    template_name = "notifications/panel.html"
    order = 10

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"sentences": self.sentences}


def warn(request: HttpRequest, panels: list[Any]) -> None:
    """Hook `construct_homepage_panels`."""
    if request.user.is_superuser and (sentences := health.waiting().sentences()):
        panels.append(MailPanel(sentences))
