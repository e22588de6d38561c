"""The field in which topics are typed: it offers names in the language of the page."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.admin.widgets import AdminTagWidget

from home import topics


class TopicWidget(AdminTagWidget):
    """Wagtail's own offers every tag that there is."""

    def __init__(self, language: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.language = language

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-w-tag-url-value"] = reverse("topic_suggestions", args=(self.language,))
        return context


@require_safe
def topic_suggestions(request: HttpRequest, language: str) -> JsonResponse:
    """The names for what somebody has begun to type, as Wagtail's own view gives them; only for staff (the hook)."""
    beginning = request.GET.get("term", "").replace("\0", "")
    return JsonResponse(topics.offered(language, beginning) if beginning else [], safe=False)
