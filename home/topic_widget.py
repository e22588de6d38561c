"""The field in which topics are typed: it offers names in the language of the page."""

from typing import Any

from django.urls import reverse
from wagtail.admin.widgets import AdminTagWidget


class TopicWidget(AdminTagWidget):
    """Wagtail's own offers every tag that there is."""

    def __init__(self, language: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.language = language

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-w-tag-url-value"] = reverse("topic_suggestions", args=(self.language,))
        return context
