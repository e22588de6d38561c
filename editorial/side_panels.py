"""Beside the editor, for pages and snippets: the story of the text, and what a translation is made from."""

from typing import Any

from django.forms import Media
from django.middleware.csrf import get_token
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.edit import EditView as PageEditView
from wagtail.snippets.views.snippets import EditView as SnippetEditView

from editorial import deadlines, people, story
from editorial.models import GatedMixin
from editorial.translation import beside
from editorial.translation.side_panel import OriginalSidePanel
from editorial.views.needed_by import may_name_day
from editorial.views.subjects import address


class StorySidePanel(BaseSidePanel):
    """Who wrote, who reviewed, who approved, since when it waits and for whom."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle the way of the text")
        icon_name = "resubmit"
        has_counter = False

    name = "story"
    title = _("The way of the text")
    template_name = "editorial/side_panels/story.html"
    order = 150

    @property
    def media(self) -> Media:
        return Media(css={"all": ["editorial/editorial.css"]})

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        told = story.story(self.object)
        ahead = None
        if not self.object.workflow_in_progress and self.object.get_workflow():
            ahead = people.outlook(self.object, self.object.get_workflow(), self.request.user)
        context = {**super().get_context_data(parent_context), "story": told, "outlook": ahead}
        if may_name_day(self.object, self.request.user):
            context["needed_by"] = deadlines.needed_by(self.object)
            context["needed_by_url"] = address("needed_by", self.object)
            context["csrf_token"] = get_token(self.request)
        return context


def with_story(get_side_panels: Any) -> Any:
    """Wagtail has no hook for side panels: this wraps `get_side_panels` of an edit view.

    Goes when Wagtail gets one.
    """

    def get_side_panels_with_story(view: Any) -> Any:
        panels = get_side_panels(view)
        instance = getattr(view, "page", None) or view.object
        # Autosave asks again for the panels that it refreshes; the story stays as it was opened.
        if isinstance(instance, GatedMixin) and instance.pk and not view.expects_json_response:
            panels.append(StorySidePanel(instance, view.request))
            found = beside.beside(instance)
            if found is not None:
                panels.append(OriginalSidePanel(instance, view.request, found))
        return panels

    return get_side_panels_with_story


def install() -> None:
    """Give both editors the panel."""
    PageEditView.get_side_panels = with_story(PageEditView.get_side_panels)
    SnippetEditView.get_side_panels = with_story(SnippetEditView.get_side_panels)
