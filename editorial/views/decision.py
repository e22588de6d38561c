"""One page to decide on: what changed, how it looks, what was said about it, and the decision."""

from typing import Any

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
from wagtail.models import Page, TaskState, WorkflowState

from editorial import claims, comments, comparison, deadlines, outcome, people, policy, seen, story
from editorial.models import FourEyesTask
from editorial.refusals import RefusedError
from editorial.translation.beside import beside
from editorial.views.claims import GiveBackStepView, TakeStepView
from editorial.views.subjects import edit_address


def decision_address(task_state: Any) -> str:
    return reverse("editorial:decide", args=(task_state.pk,))


CLAIMING = {"take": TakeStepView, "give-back": GiveBackStepView}


class DecisionView(WagtailAdminTemplateMixin, TemplateView):
    """For everyone who may take the step, and to read for everyone who may edit the text."""

    page_title = gettext_lazy("Decide")
    header_icon = "clipboard-list"
    template_name = "editorial/decision.html"
    has_changed = False
    """Whether the text is another one than that which this person was about to decide on."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.state = get_object_or_404(TaskState.objects.select_related("workflow_state", "task"), pk=kwargs["pk"])
        self.task = self.state.task.specific
        self.object = policy.subject(self.state)
        if not isinstance(self.task, FourEyesTask) or not (self.task.may_act(request.user) or self._may_edit()):
            raise PermissionDenied

    def _may_edit(self) -> bool:
        if isinstance(self.object, Page):
            return self.object.permissions_for_user(self.request.user).can_edit()
        return self.request.user.has_perm(f"{self.object._meta.app_label}.change_{self.object._meta.model_name}")

    @cached_property
    def title(self) -> str:
        newest = self.object.get_latest_revision()
        return newest.object_str if newest else str(self.object)

    def get_page_subtitle(self) -> str:
        return self.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.title}
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
        revision = self.object.get_latest_revision()
        text = revision.as_object()
        return {
            **context,
            **self._decision(revision, kwargs.get("form")),
            "object": self.object,
            "state": self.state,
            "revision": revision,
            "is_new": not self.object.live,
            "sections": comparison.between(self.object, text) if self.object.live else comparison.whole(text),
            "meanwhile": self._meanwhile(text),
            "beside": beside(text),
            "preview_url": self._preview(revision),
            "comments": comments.open_on(self.object),
            "story": story.story(self.object),
            "edit_url": edit_address(self.object),
            "whole_url": f"{edit_address(self.object)}?whole=1",
            "needed_by": deadlines.due(self.state),
            "overdue": deadlines.overdue(self.state),
        }

    def _decision(self, revision: Any, form: Any) -> dict[str, Any]:
        """The buttons, or why there are none."""
        user = self.request.user
        if not self.is_open or not self.task.may_act(user):
            return {
                "is_open": self.is_open,
                "who_can": story.who_can(people.deciders(self.state)) if self.is_open else "",
            }
        objection = policy.objection(self.state, user)
        typed = self.request.POST.get("comment", "")  # whatever is not decided yet keeps its words
        initial = {"shown": seen.show(revision, user), "comment": typed}
        form = form or self.task.get_form_for_action("approve")(initial=initial)
        claim = claims.claim_of(self.state)
        return {
            "is_open": True,
            "may_act": True,
            "form": form,
            "objection": objection,
            "who_can": story.who_can(people.deciders(self.state)) if objection else "",
            "approve_label": self.task.approve_label(self.state),
            "publishes_now": self.task.publishes_now(self.state),
            "claim": claim,
            "claim_is_mine": claim is not None and claim.user_id == user.pk,
        }

    def _meanwhile(self, text: Any) -> list[comparison.Section] | None:
        """What changed between the version that the person saw and the newest; None if they saw no other."""
        number = self.request.POST.get("shown", "") if self.has_changed else ""
        if not number.isdecimal():
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
            return self._shown_again()
        try:
            return self._decide(action)
        except seen.ChangedMeanwhileError as error:
            messages.error(request, str(error))
            return self._shown_again(has_changed=True)
        except (PermissionDenied, RefusedError) as error:
            messages.error(request, str(error) or _("Nothing was decided."))
            return self._shown_again()

    def _shown_again(self, has_changed: bool = False) -> HttpResponse:
        """The page as it is by now, whoever acted meanwhile, with the words typed so far."""
        again = type(self)()
        again.setup(self.request, *self.args, **self.kwargs)
        again.has_changed = has_changed
        return again.render_to_response(again.get_context_data())

    def _decide(self, action: str) -> HttpResponse:
        if action not in ("approve", "reject"):
            raise PermissionDenied
        form = self.task.get_form_for_action(action)(self.request.POST)
        if not form.is_valid():
            messages.error(self.request, _("Nothing was decided yet: say what to correct."))
            return self.render_to_response(self.get_context_data(form=form))
        self.task.on_action(self.state, self.request.user, action, **form.cleaned_data)
        done = outcome.of_decision(self.object, self.state.workflow_state, action, self.title)
        messages.success(self.request, done)
        return redirect("wagtailadmin_home")
