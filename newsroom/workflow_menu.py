"""The workflow's part of the menu under the editor: one button that moves the text on, and why it is missing."""

import json
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.admin import action_menu as pages
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.snippets import action_menu as snippets

from approval import (
    corrections,
    dates,
    people,
    policy,
    release_standing,
    returns,
    reviewed_revisions,
    submissions,
    timeline,
)
from approval.models import FourEyesTask, GatedMixin
from approval.permissions import is_in_first_language
from approval.refusals import RefusedError
from approval.views.subjects import decision_address
from newsroom import sending


def steps(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Hook `construct_page_action_menu` and `construct_snippet_action_menu`.

    The first item is the button that shows; the step that moves the text on is it, wherever there is one.
    """
    instance = context.get("page") or context.get("instance")
    if instance is None:
        if "parent_page" in context:
            workflow = context["parent_page"].get_workflow()
        else:
            model = context["model"]
            workflow = model.get_default_workflow() if issubclass(model, GatedMixin) else None
    elif isinstance(instance, GatedMixin):
        workflow = instance.get_workflow()
    else:
        return
    page = instance or context.get("parent_page")
    is_original = isinstance(page, Page) and is_in_first_language(page)
    is_waiting = instance is not None and context["view"] == "edit" and instance.workflow_in_progress
    needless = NEEDLESS if is_waiting else {*NEEDLESS, "action-cancel-workflow"}  # nobody takes back what came back
    items[:] = [
        _in_words(item, instance, workflow, request, is_original) for item in items if item.name not in needless
    ]
    items.sort(key=lambda item: not isinstance(item, SendItem))
    if items and isinstance(items[0], SendItem) and context["view"] != "create":
        # Saving stands beside it: in the menu nobody looks for it who is used to a button. A new page saves itself, and
        # needs the menu for what it has besides once it is made (`action_menu.once_saved`).
        items[0].saves = any(item.name in SAVES for item in items)
        items[:] = [item for item in items if item.name not in SAVES]
    if is_waiting:
        _add_decision(items, request, instance)


LOCKED = ("action-page-locked", "action-locked")

SAVES = ("action-save-draft", "action-save")
"""Of pages and of snippets."""

NEEDLESS = {"action-restart-workflow"}
"""Changed text begins at the first step anyway (`FourEyesTask.start`)."""


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


def send_label(first: Any) -> str:
    """What submitting does: the next step by its kind, else by its name; None where there is none."""
    if not isinstance(first, FourEyesTask):
        return _("Send to: %(step)s") % {"step": first.name} if first else _("Send for approval")
    return _("Send for language review") if first.step == FourEyesTask.Step.REVIEW else _("Send for approval")


# --- Wagtail's items with our words -----------------------------------------------------------


def _in_words(item: Any, instance: Any, workflow: Any, request: HttpRequest, is_original: bool) -> Any:
    """`item` itself, or what stands in for it in this request: Wagtail keeps one instance for everybody."""
    if item.name == "action-submit":
        return SendItem(item, instance, workflow, request, is_original=is_original)
    if item.name in LOCKED and instance is not None and instance.workflow_in_progress:
        return WaitingItem(item, _("Waits for a decision"), "lock")
    if item.name == "action-cancel-workflow":
        return Reworded(item, _("Take it back from the workflow"), "cross")
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


class WaitingItem(Reworded):
    """In place of the button that saves: Wagtail's says "Page locked"."""

    def render_html(self, parent_context: Any = None) -> str:
        return render_to_string("newsroom/action_menu/waiting.html", {"label": self.label, "icon_name": self.icon_name})


EDITOR = "[data-edit-form]"


class SendItem(Reworded):
    """Opens a dialogue that says who gets the text, takes a note to them, and sends."""

    form = EDITOR
    saves = False
    """Whether the button that saves the form stands beside it."""

    def __init__(
        self, item: Any, instance: Any, workflow: Any, request: HttpRequest, *, is_original: bool = False
    ) -> None:
        """`is_original`: of a page that can go live together with its translation."""
        super().__init__(item, "", "resubmit")
        self.instance, self.workflow, self.request = instance, workflow, request
        self.is_original = is_original

    def render_html(self, parent_context: Any = None) -> str:
        is_kept = self.instance is not None and self.instance.pk
        text = self.instance if is_kept else None
        release = sending.release_of(text, self.request)
        ahead = sending.outlook(text, self.workflow, self.request)
        context = {
            "form": self.form,
            "is_asked_first": self.form == EDITOR,
            "saves": self.saves,
            "is_revision": parent_context is not None and parent_context["view"] == "revisions_revert",
            # What the newest text would have to take: with its next change, all steps.
            "label": send_label(ahead.first.task if ahead.first else None),
            "icon_name": self.icon_name,
            "outlook": ahead,
            "warning": timeline.nobody_left(ahead),
            "straight_to": returns.next_step_if_unchanged(text) if text else None,
            "longest": submissions.LONGEST,
            "note": self.request.POST.get("submission_note", ""),
            "words_of_correction": corrections.MOST_WORDS if ahead.correction else 0,
            "is_correction": bool(ahead.correction) and self._is_correction(),
            "keeps_meaning": getattr(self.instance, "meaning_question", None),
            "release": release and release_standing.of(release).sentence,
            "can_go_together": self.is_original and not release,
            "go_live_at": dates.to_come(getattr(self.instance, "go_live_at", None)),
            "is_together": "together" in self.request.POST,
        }
        return render_to_string("newsroom/action_menu/send.html", context)

    def _is_correction(self) -> bool:
        """What was said last: in this form, or of the version that came back."""
        if self.request.method == "POST":
            return corrections.is_said(self.request.POST)
        return corrections.came_back_as_one(self.instance)


def send_button(instance: Any, request: HttpRequest, form: str) -> str:
    """The button that sends, and its dialogue, for another form than that of the editor; `form` is its CSS selector."""
    item = SendItem(None, instance, instance.get_workflow(), request)
    item.form = form
    return item.render_html()


# --- What we add -----------------------------------------------------------------------------


class DecideItem(pages.ActionMenuItem):
    """Leads to the page with everything that a decision needs."""

    name = "action-decide"
    icon_name = "clipboard-list"

    def __init__(self, state: Any, may_approve: bool) -> None:
        super().__init__(order=1)
        self.label = _("See the changes and decide") if may_approve else _("See the changes")
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
    """The way to the decision page, instead of Wagtail's dialogues: nobody decides without having seen the change."""
    state = instance.current_workflow_task_state
    task = state.task.specific
    if not isinstance(task, FourEyesTask):
        return
    items[:] = [item for item in items if not isinstance(item, pages.WorkflowMenuItem | snippets.WorkflowMenuItem)]
    if not task.may_act(request.user):
        return
    objection = policy.objection(state, request.user)
    items.insert(0, DecideItem(state, may_approve=objection is None))
    if request.method == "GET" and (revision := instance.get_latest_revision()):
        reviewed_revisions.record_review(revision, request.user)
    if objection:
        items.append(NoteItem(f"{objection.reason} {timeline.who_can(people.deciders(state))}"))
