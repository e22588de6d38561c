"""Beside the editor, for pages and snippets: the timeline of the text, and what a translation is made from."""

from collections.abc import Iterator
from typing import Any

from django.forms import Media
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.models import Page

from approval import deadlines, release_permissions, release_standing, timeline
from approval.views.subjects import address, may_edit, wagtail_address
from newsroom import sending
from translation import originals, source_panel
from translation.side_panels import SourceSidePanel


class TimelineSidePanel(BaseSidePanel):
    """Who wrote, who reviewed, who approved, since when it waits and for whom."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle the way of the text")
        icon_name = "resubmit"
        has_counter = False

    name = "timeline"
    title = _("The way of the text")
    template_name = "newsroom/side_panels/timeline.html"
    order = 150

    @property
    def media(self) -> Media:
        return Media(css={"all": ["newsroom/newsroom.css"]})

    def __init__(self, instance: Any, request: HttpRequest, workflow: Any) -> None:
        """`workflow` is what the text would go through, were it submitted now; None if it is under way."""
        super().__init__(instance, request)
        self.workflow = workflow

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        is_kept = self.object.pk is not None
        context = {**super().get_context_data(parent_context), "is_kept": is_kept}
        if self.workflow is not None:
            ahead = sending.outlook(self.object if is_kept else None, self.workflow, self.request)
            context |= {"outlook": ahead, "warning": timeline.nobody_left(ahead)}
        if not is_kept:
            return context
        if isinstance(self.object, Page):
            release = sending.release_of(self.object, self.request)
            standing = release and release_standing.of(release)
            context["release"] = standing and release_standing.shown_to(self.request.user, standing)
            if release or release_permissions.may_create(originals.row_of_original(self.object), self.request.user):
                context["together_url"] = address("approval:together", self.object)
        context["timeline"] = timeline.timeline(self.object)
        context["history_url"] = wagtail_address("history", type(self.object), self.object.pk)
        if may_edit(self.object, self.request.user):
            context["needed_by"] = deadlines.needed_by(self.object)
            context["needed_by_url"] = address("approval:needed_by", self.object)
            context["csrf_token"] = get_token(self.request)
        return context


class SidePanelsMixin:
    """Put before Wagtail's create or edit view of a gated text: our panels stand beside the form."""

    def get_side_panels(self) -> Any:
        """Wagtail's, and ours unless autosave asks: what tells of the way stays as it was opened.

        A new text has that panel as well: it says who would get it, and autosave needs the place to put the way in.
        """
        panels = super().get_side_panels()  # type: ignore[misc]
        if not self.expects_json_response:  # type: ignore[attr-defined]
            panels.extend(self._own_panels())
        return panels

    def _own_panels(self) -> Iterator[BaseSidePanel]:
        view: Any = self
        instance = getattr(view, "page", None) or view.form.instance
        if instance.pk is None:
            parent = getattr(view, "parent_page", None)
            yield TimelineSidePanel(instance, view.request, (parent or instance).get_workflow())
            return
        workflow = None if instance.workflow_in_progress else instance.get_workflow()
        yield TimelineSidePanel(instance, view.request, workflow)
        found = source_panel.source_panel(instance)
        if found is not None:
            yield SourceSidePanel(instance, view.request, found)
