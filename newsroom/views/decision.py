"""One page to decide on: what changed, how it looks, what was said about it, and the decision."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, TaskState, TranslatableMixin, WorkflowState

from approval import (
    comment_places,
    comments,
    deadlines,
    people,
    policy,
    release_standing,
    restriction_badges,
    reviewed_revisions,
    timeline,
    validation,
)
from approval.diff import comparison
from approval.permissions import is_in_first_language
from approval.refusals import RefusedError
from approval.row_keys import is_key
from approval.verdict import Verdict
from approval.views.claims import GiveBackStepView, TakeStepView
from approval.views.subjects import edit_address, may_edit
from newsroom import changes, outcome, undecided
from newsroom.undecided import ASKS, BEFORE_YES, CHANGED, WORDS
from newsroom.views.times import SETTING, TimesMixin
from translation.source_panel import source_panel

CLAIMING = {"take": TakeStepView, "give-back": GiveBackStepView}


def _subject(workflow_state: Any) -> Any:
    """The page or snippet of a workflow, as its own type, with its newest version; Http404 if it is gone."""
    model: Any = ContentType.objects.get_for_id(workflow_state.content_type_id).model_class()
    language = ["locale"] if issubclass(model, TranslatableMixin) else []
    rows = model._default_manager.select_related("latest_revision", *language)
    return get_object_or_404(rows, pk=workflow_state.object_id)


class DecisionView(TimesMixin, WagtailAdminTemplateMixin, TemplateView):
    """For everyone who may take the step, and to read for everyone who may edit the text."""

    page_title = gettext_lazy("Decide")
    header_icon = "clipboard-list"
    template_name = "newsroom/decision.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        states = TaskState.objects.select_related("workflow_state", "task__foureyestask", "claim__user", "finished_by")
        self.state = get_object_or_404(policy.with_release(states), pk=kwargs["pk"])
        task: Any = getattr(self.state.task, "foureyestask", None)
        if task is None:
            raise PermissionDenied
        self.task = self.state.task = task  # as its own type, for everybody who asks
        self.may_act = self.task.may_act(request.user)
        if not (self.may_act or may_edit(self.object, request.user)):
            raise PermissionDenied

    @cached_property
    def object(self) -> Any:
        return _subject(self.state.workflow_state)

    @cached_property
    def verdict(self) -> Verdict:
        return Verdict(self.state.workflow_state, self.object)

    @cached_property
    def title(self) -> str:
        newest = self.verdict.revision
        return newest.object_str if newest else str(self.object)

    def get_page_subtitle(self) -> str:
        return self.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title()}
        return [*super().get_breadcrumbs_items(), {"url": edit_address(self.object), "label": self.title}, here]

    @cached_property
    def is_open(self) -> bool:
        workflow_state = self.state.workflow_state
        return (
            self.state.status == TaskState.STATUS_IN_PROGRESS
            and workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
            and workflow_state.current_task_state_id == self.state.pk
        )

    # --- To read

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.verdict.contributions.draft:
            restriction_badges.tell(self.request, self.object)
        revision, text = self.verdict.revision, self.verdict.text
        pages = self.verdict.version.linked_pages
        shown = changes.chosen(self.request, self.object, text, self._last_look(revision), pages)
        open_comments = comments.open_on(self.object)
        comment_places.add_places(open_comments, text, shown["sections"])
        is_original = is_in_first_language(self.object)
        return {
            **context,
            **self._decision(revision, open_comments, kwargs),
            "object": self.object,
            "state": self.state,
            "is_correction": policy.is_correction(self.task),
            "revision": revision,
            **shown,
            "meanwhile": self._meanwhile(text),
            "source_panel": None if is_original else source_panel(text, with_figures=True),
            "preview_url": self._preview(revision),
            "comments": open_comments,
            "timeline": timeline.timeline(self.object, self.state if self.is_open else None),
            "edit_url": edit_address(self.object),
            "whole_url": f"{edit_address(self.object)}?whole=1",
            "address": text.get_url() if isinstance(text, Page) and not self.object.live else "",
            "release": self.release and release_standing.shown_to(self.request.user, self.release),
            "needed_by": deadlines.due(self.state),
            "overdue": deadlines.overdue(self.state),
        }

    def _last_look(self, revision: Any) -> Any:
        return reviewed_revisions.last_look(self.object, revision, self.request.user) if self.may_act else None

    @cached_property
    def _typed(self) -> dict[str, str]:
        return undecided.typed(self.request, self.state)

    def _decision(self, revision: Any, open_comments: list[Any], forms: dict[str, Any]) -> dict[str, Any]:
        """The buttons with what they ask, or why there are none."""
        user, typed = self.request.user, self._typed.get("comment", "")
        if not self.is_open:
            address = self.object.get_url() if isinstance(self.object, Page) and self.object.live else ""
            return {"is_open": False, "taken": timeline.taken(self.state), "unsent": typed, "live_address": address}
        facts = policy.facts_of([self.state])[self.state.pk]
        problems = self._problems()
        is_last = self.is_last if self.may_act or any(problem.comes_first for problem in problems) else True
        found = {"is_open": True, **validation.split(problems, is_last=is_last)}
        deciders = people.deciders(self.state, facts)
        objection = facts.objection(user) if self.may_act else None
        if objection or not self.may_act:
            found["who_can"] = timeline.who_can(deciders)
        if not self.may_act:
            return found
        asks = self.request.GET.get(ASKS)
        shown = reviewed_revisions.record_review(revision, user)
        values = {"shown": shown, "comment": typed, "times": self.times_shown(revision)}
        form_class = self.task.get_form_for_action("reject")
        claim = getattr(self.state, "claim", None)
        may_approve = not (objection or found["obstacles"])
        return {
            **found,
            **(self.times_context(**forms) if is_last and not objection else {}),
            "may_act": True,
            "form": form_class(values) if asks == WORDS else form_class(initial=values),
            "asks_for_words": asks == WORDS,
            "asks_about_words": asks == BEFORE_YES and may_approve and bool(typed.strip()),
            "asks_about_comments": asks == BEFORE_YES and may_approve and is_last and bool(open_comments),
            "objection": objection,
            "approve_label": self.task.approve_label(self.state, is_last),
            "claim": claim,
            "claim_is_mine": claim is not None and claim.user_id == user.pk,
        }

    @cached_property
    def is_last(self) -> bool:
        """Whether a yes at this step publishes."""
        return self.task.is_last(self.state.workflow_state)

    def _problems(self) -> list[validation.Problem]:
        found = [*self.task.problems(self.verdict), *self.verdict.version.problems()]
        return outcome.with_ways(found, self.request.user)

    def _meanwhile(self, text: Any) -> list[comparison.DifferenceSection] | None:
        """What changed between the version that the person saw and the newest; None if they saw no other."""
        number = self._typed.get("shown", "") if self.request.GET.get(ASKS) == CHANGED else ""
        if not is_key(number):
            return None
        earlier = self.object.revisions.filter(pk=number).first()
        return comparison.between(earlier.as_object(), text) if earlier else None

    def _preview(self, revision: Any) -> str:
        if isinstance(self.object, Page):
            return reverse("wagtailadmin_pages:revisions_view", args=(self.object.pk, revision.pk))
        return ""

    # --- To decide

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        action = request.POST.get("action", "")
        if action in CLAIMING:
            CLAIMING[action]().try_to_act(request, self.state)
            return undecided.keep(request, self.state)
        try:
            if action in SETTING:
                way_back = undecided.keep(request, self.state)
                return SETTING[action](self) or way_back
            return self._decide(action)
        except reviewed_revisions.ChangedMeanwhileError as error:
            messages.error(request, str(error))
            return undecided.keep(request, self.state, CHANGED)
        except (PermissionDenied, RefusedError) as error:
            messages.error(request, self._too_late() or str(error) or _("Nothing was decided."))
            return undecided.keep(request, self.state)

    def _too_late(self) -> str:
        """Who took this step before, and when; "" if it is open."""
        taken = timeline.taken(TaskState.objects.select_related("task", "finished_by").get(pk=self.state.pk))
        if taken is None:
            return ""
        words = _("You decided nothing, because this step was over before: %(what)s (%(when)s).")
        return words % {"what": taken.words, "when": taken.when}

    def _decide(self, action: str) -> HttpResponse:
        if action not in ("approve", "reject"):
            raise PermissionDenied
        form = self.task.get_form_for_action(action)(self.request.POST)
        if not form.is_valid():
            messages.error(self.request, _("Nothing was decided yet: say what to correct."))
            return undecided.keep(self.request, self.state, WORDS)
        if action == "approve" and (self._is_typed_unasked(form) or self._leaves_comments_open()):
            return undecided.keep(self.request, self.state, BEFORE_YES)
        state = self.task.decide(self.state, self.request.user, action, **form.cleaned_data)
        undecided.forget(self.request, self.state)
        verdict = state.workflow_state.verdict
        done = outcome.of_decision(state.workflow_state, action, verdict.revision.object_str)
        messages.success(self.request, done, buttons=outcome.way_to(state.workflow_state, verdict.text))
        return redirect("wagtailadmin_home")

    def _is_typed_unasked(self, form: Any) -> bool:
        """True if this yes comes with words, which may be meant for a return, and nobody asked about them yet."""
        return "with_words" not in self.request.POST and bool(form.cleaned_data["comment"])

    def _leaves_comments_open(self) -> bool:
        """True if this yes would publish while somebody waits for an answer, and nobody asked about it yet."""
        if "despite_comments" in self.request.POST or not comments.are_open_on(self.state.workflow_state):
            return False
        return self.task.is_last(self.state.workflow_state)
