"""What a person is told after they decided or saved: what has happened now, and what hasn't."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import WorkflowState

from approval import corrections, dates, people, policy, release_standing, releases, step_names, timeline, verdict
from approval.models import GatedMixin
from approval.refusals import RefusedError
from approval.release_permissions import original_of
from approval.validation import Problem, Version
from approval.views.subjects import current_address, may_edit, way_to_page

COMES_FIRST = gettext_lazy("Until then it can be read and passed on.")


def of_decision(workflow_state: Any, action: str, title: str) -> str:
    """Where the text stands after `action` ("approve" or "reject"), and who is next."""
    facts = {"title": title}
    if action == "reject":
        return _("“%(title)s” was returned for corrections.") % facts
    if workflow_state.status == WorkflowState.STATUS_IN_PROGRESS:
        who = timeline.who_can(people.deciders(workflow_state.current_task_state))
        return _("“%(title)s” was passed on.") % facts + " " + who
    if policy.release_of_step(workflow_state.current_task_state):
        return _together(workflow_state, facts)
    scheduled = verdict.of(workflow_state).revision.approved_go_live_at
    if scheduled:
        facts["time"] = dates.day_and_hour(scheduled)
        return _("“%(title)s” is approved and goes live on %(time)s.") % facts
    return _("“%(title)s” is approved and public.") % facts


def _together(workflow_state: Any, facts: dict[str, str]) -> str:
    release = releases.release_that_holds(verdict.of(workflow_state).instance)
    if release is None:
        return _("“%(title)s” is approved, and public in both languages.") % facts
    return _("“%(title)s”: %(standing)s") % {**facts, "standing": release_standing.approved(release)}


def way_to(workflow_state: Any, text: Any) -> list[Any]:
    """The button to the page that a decision has made public; none where it didn't."""
    is_public = workflow_state.status == WorkflowState.STATUS_APPROVED and text.live
    return way_to_page(text) if is_public else []


def tell_after_edit(request: HttpRequest, page: Any) -> None:
    """What Wagtail's "saved" leaves open: what a decision led to, and that visitors still see the earlier text."""
    if not request.accepts("text/html"):  # autosave
        return
    if request.POST.get("action-submit") and (step := _open_step(page)):
        tell_who_has_it(request, page, step)
    elif request.POST.get("action-workflow-action"):
        states = WorkflowState.objects.for_instance(page).select_related("current_task_state")
        last = states.order_by("-pk").first()
        title = page.get_admin_display_title()
        if last:  # else a form decides on a text that nobody sent
            messages.success(request, of_decision(last, request.POST["workflow-action-name"], title))
    elif page.live and page.has_unpublished_changes:
        messages.info(request, _("Visitors still see the earlier version, until this one is approved."))


def _open_step(text: Any) -> Any:
    """Where `text` is by now: Wagtail's editor asked when it opened, and keeps the answer with the page."""
    state = WorkflowState.objects.for_instance(text).filter(status=WorkflowState.STATUS_IN_PROGRESS).first()
    return state and state.current_task_state


def tell_who_has_it(request: HttpRequest, text: Any, state: Any) -> None:
    """Beside Wagtail's "submitted": at which step it is now, and who can take it."""
    step = step_names.shown_name(state.task.name)
    messages.info(request, f"{step}. {timeline.who_can(people.deciders(state))}")
    _tell_what_comes_first(request, text)
    is_correction = policy.is_correction(state.task.specific)
    if corrections.is_said(request.POST) and not is_correction:
        messages.warning(request, _why_no_correction(text))
    if "together" in request.POST and original_of(text) == text:  # last: it would be a reason against the correction
        _let_go_together(request, text, is_correction)


def with_ways(problems: list[Problem], user: Any) -> list[Problem]:
    """`problems`, each with the way to what has to be public first, where `user` may go there."""
    return [
        replace(one, url=current_address(one.comes_first))
        if one.comes_first is not None and may_edit(one.comes_first, user)
        else one
        for one in problems
    ]


def _tell_what_comes_first(request: HttpRequest, text: Any) -> None:
    """The text can be read and passed on before that, and isn't public before that."""
    for problem in with_ways(Version(text.get_latest_revision()).coming_first(), request.user):
        way = [messages.button(problem.url, _("Open"))] if problem.url else []
        messages.warning(request, f"{problem.words} {COMES_FIRST}", buttons=way)


def _why_no_correction(text: Any) -> str:
    """The reason of the text itself first: another source version may only follow from its being no correction."""
    public = type(text)._default_manager.get(pk=text.pk)
    sent = text.get_latest_revision_as_object()
    found = corrections.objection(public, sent)
    if found and hasattr(public, "source_version"):
        public.source_version = sent.source_version
        return corrections.objection(public, sent) or found
    return found or _("Small corrections have no step of their own at the moment, so it goes the usual way.")


def _let_go_together(request: HttpRequest, text: Any, is_correction: bool) -> None:
    """What its author chose when sending it: it goes live together with its translation."""
    if is_correction:
        messages.warning(request, _("A small correction goes live alone, and its translation stays as it is."))
        return
    try:
        release = releases.create_for_sent(text, request.user)
    except RefusedError as error:
        messages.warning(request, str(error))
    else:
        messages.info(request, release_standing.sentence(release))


def tell_after_sending(request: HttpRequest, text: Any) -> None:
    """After a new page, or a snippet, was saved: who has it, if it was sent."""
    if request.POST.get("action-submit") and isinstance(text, GatedMixin) and (step := _open_step(text)):
        tell_who_has_it(request, text, step)
