"""The page behind “Help” in the menu."""

from typing import Any

from django.utils.translation import get_language
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from newsroom import guide


class HelpView(WagtailAdminTemplateMixin, TemplateView):
    """Tasks, step by step, for everybody who may enter the admin."""

    template_name = "newsroom/help.html"
    header_icon = "help"

    def get_page_title(self) -> str:
        return self.guide.title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.guide.title}]

    @property
    def guide(self) -> guide.Guide:
        return guide.in_language(get_language() or "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(guide=self.guide, **kwargs)
