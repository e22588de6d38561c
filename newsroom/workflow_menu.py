"""The workflow's part of the menu under the editor: buttons that say what they do, and why one is missing."""

import json
from collections.abc import Iterable
from typing import Any

from django.contrib.admin.utils import quote
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import action_menu as pages
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.snippets import action_menu as snippets

from approval import people, policy, reviewed_revisions, timeline
from approval.models import FourEyesTask, GatedMixin
from approval.refusals import RefusedError
from approval.views.subjects import decision_address


def steps(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Hook `construct_page_action_menu` and `construct_snippet_action_menu`."""
    instance = context.get("page") or context.get("instance")
    if instance is None:
        if "parent_page" in context:
            model, workflow = Page, context["parent_page"].get_workflow()
        else:
            model = context["model"]
            workflow = model.get_default_workflow() if issubclass(model, GatedMixin) else None
    elif isinstance(instance, GatedMixin):
        model, workflow = type(instance), instance.get_workflow()
    else:
        return
    # What the newest text would have to take: with its next change, all steps.
    label = send_label(workflow.tasks.filter(active=True) if workflow else [])
    items[:] = [_in_words(item, model, label) for item in items]
    if instance is not None and context["view"] == "edit" and instance.workflow_in_progress:
        _add_decision(items, request, instance)
    elif workflow is not None:
        # Beside the button that sends, because a panel may stay closed.
        warning = timeline.nobody_left(people.outlook(instance, workflow, request.user))
        if warning:
            items.append(NoteItem(warning, "warning"))


def check_decision(request: HttpRequest, instance: Any) -> None:
    """Before a page or snippet is saved: the decision that comes with the form is one that can be taken.

    Wagtail takes its words as they come. Where approving isn't offered, it saves what was written and passes
    over the decision without a word.
    """
    if "action-workflow-action" not in request.POST:
        return
    state = instance.current_workflow_task_state
    task = state and state.task.specific
    action = request.POST.get("workflow-action-name")
    if not isinstance(task, FourEyesTask) or action not in ("approve", "reject"):
        return
    if not _are_words_for(task.get_form_for_action(action), request.POST.get("workflow-action-extra-data")):
        raise RefusedError(_("Nothing was decided yet: say what to correct."))
    found = policy.objection(state, request.user) if action == "approve" else None
    if found:
        messages.error(request, found.reason)


def _are_words_for(form_class: Any, text: str | None) -> bool:
    try:
        data = json.loads(text or "{}")
    except ValueError:
        return False
    return isinstance(data, dict) and set(data) <= set(form_class.base_fields) and form_class(data).is_valid()


def send_label(tasks: Iterable[Any]) -> str:
    """What submitting does: the next step by its kind, else by its name."""
    first = next((task.specific for task in tasks), None)
    if not isinstance(first, FourEyesTask):
        return _("Send to: %(step)s") % {"step": first.name} if first else _("Send for approval")
    return _("Send for language review") if first.step == FourEyesTask.Step.REVIEW else _("Send for approval")


# --- Wagtail's items with our words -----------------------------------------------------------


def _in_words(item: Any, model: Any, send: str) -> Any:
    """`item` itself, or its copy for this request: Wagtail keeps one instance for everybody."""
    kinds = {
        "action-submit": (send, "resubmit"),
        "action-restart-workflow": (_("Send again from the first step"), "login"),
        "action-cancel-workflow": (_("Take it back from the workflow"), "cross"),
    }
    if isinstance(item, pages.WorkflowMenuItem | snippets.WorkflowMenuItem):
        return StepItem(item, model)
    if item.name in kinds:
        return Reworded(item, *kinds[item.name])
    return item


class Reworded:
    """Stands in for one of Wagtail's items, with other words on it."""

    def __init__(self, item: Any, label: str, icon_name: str) -> None:
        self.item, self.label, self.icon_name = item, label, icon_name

    def __getattr__(self, name: str) -> Any:
        return getattr(self.item, name)

    def render_html(self, parent_context: Any = None) -> str:
        context = {**self.item.get_context_data(parent_context), "label": self.label, "icon_name": self.icon_name}
        return render_to_string(self.item.template_name, context)


class StepItem(Reworded):
    """A step's button: it asks for words in a window, and carries the number of the version shown."""

    def __init__(self, item: Any, model: Any) -> None:
        super().__init__(item, item.label, "check" if item.name == "approve" else "arrow-left")
        self.model = model

    def render_html(self, parent_context: Any = None) -> str:
        instance = parent_context.get("page") or parent_context["instance"]
        state = instance.current_workflow_task_state
        if isinstance(instance, Page):
            name = "wagtailadmin_pages:collect_workflow_action_data"
        else:
            name = instance.snippet_viewset.get_url_name("collect_workflow_action_data")
        context = {
            "name": self.item.name,
            "label": self.label,
            "icon_name": self.icon_name,
            "modal_url": reverse(name, args=(quote(instance.pk), self.item.name, state.pk)),
            "shown": instance.latest_revision_id,
        }
        return render_to_string("newsroom/action_menu/step.html", context)


# --- What we add -----------------------------------------------------------------------------


class DecideItem(pages.ActionMenuItem):
    """Leads to the page with everything that a decision needs."""

    name = "action-decide"
    icon_name = "clipboard-list"

    def __init__(self, state: Any) -> None:
        super().__init__(order=1)
        self.label = _("See the changes and decide")
        self.state = state

    def get_url(self, parent_context: Any) -> str:
        return decision_address(self.state)


class NoteItem(pages.ActionMenuItem):
    """Words in the menu: why there is no button, and who has it."""

    name = "note"
    template_name = "newsroom/action_menu/note.html"

    def __init__(self, label: str, icon_name: str = "info-circle") -> None:
        super().__init__(order=900)
        self.label, self.icon_name = label, icon_name


def _add_decision(items: list[Any], request: HttpRequest, instance: Any) -> None:
    state = instance.current_workflow_task_state
    task = state.task.specific
    if not isinstance(task, FourEyesTask) or not task.may_act(request.user):
        return
    items.insert(1, DecideItem(state))
    if request.method == "GET" and (revision := instance.get_latest_revision()):
        reviewed_revisions.record_review(revision, request.user)
    if objection := policy.objection(state, request.user):
        items.append(NoteItem(f"{objection.reason} {timeline.who_can(people.deciders(state))}"))
