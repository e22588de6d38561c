"""Beside the editor of a translation: the approved words of its original."""

from typing import Any

from django.forms import Media
from django.utils.translation import gettext_lazy as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.side_panels import BaseSidePanel

from approval.views.subjects import reading_address
from translation import source_panel


class SourceSidePanel(BaseSidePanel):
    """What the translation is made from, block by block, and what changed in it since."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle the original")
        icon_name = "wagtail-localize-language"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            found = self.panel.source_panel
            return {**super().get_context_data(parent_context), "count": found.changed_count if found else 0}

    name = "original"
    title = _("The original")
    template_name = "translation/side_panels/source.html"
    order = 140

    def __init__(self, instance: Any, request: Any, found: source_panel.SourcePanel) -> None:
        super().__init__(instance, request)
        self.source_panel = found

    @property
    def media(self) -> Media:
        return Media(css={"all": ["newsroom/newsroom.css"]}, js=[versioned_static("translation/source_panel.js")])

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        found = self.source_panel
        return {
            **super().get_context_data(parent_context),
            "source_panel": found,
            "draft": self.object,
            "is_new": not self.object.first_published_at,
            "original_url": reading_address(found.original, self.request.user),
        }
