"""What stands in the editor of a page besides its fields."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from newsroom import patterns
from newsroom.models import PagePattern


class PatternsPanel(Panel):
    """On a new page that is still empty: the patterns that it can begin with; then, which one it was."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"heading": _("Begin with a pattern"), **options})

    class BoundPanel(Panel.BoundPanel):
        template_name = "newsroom/patterns_panel.html"

        @cached_property
        def fitting(self) -> list[PagePattern]:
            is_empty = self.request.method == "GET" and self.instance.pk is None and "pattern" not in self.request.GET
            place = (type(self.instance), self.instance.locale_id)
            return patterns.fitting([place])[place] if is_empty else []

        @property
        def begun_with(self) -> patterns.Beginning | None:
            return getattr(self.instance, "begun_with", None)

        def is_shown(self) -> bool:
            return bool(self.fitting or self.begun_with) and super().is_shown()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "patterns": self.fitting, "begun_with": self.begun_with}


class InReviewPanel(FieldPanel):
    """A question that is asked when a text is sent: whoever corrects it afterwards finds it in the form."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.workflow_in_progress
