"""Beside the editor of a translation: the approved words of its original."""

from typing import Any

from django.forms import Media
from django.utils.translation import gettext_lazy as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.side_panels import BaseSidePanel

from editorial.translation import beside
from editorial.views.subjects import edit_address


class OriginalSidePanel(BaseSidePanel):
    """What the translation is made from, block by block, and what changed in it since."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle the original")
        icon_name = "wagtail-localize-language"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            found = self.panel.beside
            return {**super().get_context_data(parent_context), "count": found.changed_count if found else 0}

    name = "original"
    title = _("The original")
    template_name = "editorial/side_panels/original.html"
    order = 140

    def __init__(self, instance: Any, request: Any, found: beside.Beside) -> None:
        super().__init__(instance, request)
        self.beside = found

    @property
    def media(self) -> Media:
        return Media(
            css={"all": ["editorial/editorial.css"]}, js=[versioned_static("editorial/original.js")]
        )

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        found = self.beside
        return {
            **super().get_context_data(parent_context),
            "beside": found,
            "original_url": edit_address(found.original),
        }
