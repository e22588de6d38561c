"""Wagtail's editors of pages and gated snippets, with our panels beside them and our questions before they save."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import CreateView as SnippetCreateView
from wagtail.snippets.views.snippets import EditView as SnippetEditView

from approval import comments as open_comments
from approval import corrections, emergency_badges, restriction_badges, returns, reviewed_revisions, submissions
from approval.views.subjects import edit_address, may_edit
from newsroom import action_menu, form_problems, patterns, waiting, workflow_menu
from newsroom.models import PagePattern
from newsroom.side_panels import SidePanelsMixin
from newsroom.views.kept_out import KeptOutMixin, KeptOutOfSnippetMixin
from notifications import comments
from translation.forms import ASKED_WHEN_SENT
from translation.views import begin, segments

ASKED = "only-ask"
"""In a form that wants to know what sending it would answer; static/newsroom/problems.js."""


class SendingMixin(SidePanelsMixin):
    """Put before Wagtail's create or edit view of a gated text: a note goes along, and the way leads to the dashboard.

    Wagtail leads to the list of pages, or back to wherever the editor was opened: there is no more to do there.
    """

    def submit_action(self) -> Any:
        """All at once or nothing: Wagtail would leave a returned text in a workflow without a step."""
        view: Any = self
        with transaction.atomic(), submissions.with_note(view.request.POST.get("submission_note", "")):
            return super().submit_action()  # type: ignore[misc]

    def restart_workflow_action(self) -> Any:
        with transaction.atomic():
            return super().restart_workflow_action()  # type: ignore[misc]

    def form_valid(self, form: Any) -> HttpResponseBase:
        if self._is_only_asked:
            return JsonResponse({"problems": ""})
        return super().form_valid(form)  # type: ignore[misc]

    def form_invalid(self, form: Any) -> HttpResponseBase:
        """Names the fields and leads to them: Wagtail says that there are errors, and calls a refusal "not saved"."""
        view: Any = self
        is_elsewhere = getattr(view, "produced_error_code", "validation_error") != "validation_error"
        if is_elsewhere or getattr(view, "locked_for_user", False) or "action-cancel-workflow" in view.request.POST:
            return super().form_invalid(form)  # type: ignore[misc]
        found = form_problems.of(form)
        if self._is_only_asked:
            found = [problem for problem in found if problem.field not in ASKED_WHEN_SENT]
            return JsonResponse({"problems": form_problems.listed(found) if found else ""})
        if view.expects_json_response:
            return view.json_error_response("validation_error", form_problems.in_short(found))
        form_problems.tell(view.request, found, is_sent="action-submit" in view.request.POST)
        view.form, view.has_unsaved_changes, view.errors_debug = form, True, ""
        return view.render_to_response(view.get_context_data(form=form))

    @property
    def _is_only_asked(self) -> bool:
        """Whether a script asks what is missing, before a person is asked for a note: nothing is saved then."""
        return ASKED in self.request.POST and self.expects_json_response  # type: ignore[attr-defined]

    def redirect_away(self) -> HttpResponseBase:
        """Of pages, after the text was sent on."""
        return redirect("wagtailadmin_home")

    def get_success_url(self) -> str:
        """Of snippets, after anything."""
        is_sent = self.action in ("submit", "workflow-action")  # type: ignore[attr-defined]
        return reverse("wagtailadmin_home") if is_sent else super().get_success_url()  # type: ignore[misc]


class CheckedEditingMixin(SendingMixin):
    """Put before Wagtail's edit view of a gated text: a warning before reading, questions before saving."""

    request: HttpRequest

    @property
    def edited(self) -> Any:
        """The newest version of the text that is edited."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whether it is a small correction is known from the start: snippets are saved before they are sent."""
        with corrections.meant("action-submit" in request.POST and corrections.is_said(request.POST)):
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.edited.first_published_at:
            emergency_badges.warn(request, self.edited)
        else:
            restriction_badges.tell(request, self.edited)
        view: Any = self
        view.lock = waiting.told_above(view.lock, request.user)
        return super().get(request, *args, **kwargs)  # type: ignore[misc]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        reviewed_revisions.check_reviewed_revision(request)
        workflow_menu.check_decision(request, self.edited)
        return super().post(request, *args, **kwargs)  # type: ignore[misc]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Wagtail's, and above the form why the text came back."""
        context = super().get_context_data(*args, **kwargs)  # type: ignore[misc]
        if self.expects_json_response:  # type: ignore[attr-defined]
            return context  # autosave
        returned = returns.of(self.edited)
        is_kept_out = waiting.keeps_out(self.lock, self.request.user)  # type: ignore[attr-defined]
        return {
            **context,
            "waiting": waiting.of(self.edited, self.request.user) if is_kept_out else None,
            "returned": returned,
            "open_comments": open_comments.open_on(self.edited) if returned else [],
            "edit_url": edit_address(self.edited),
        }


class PageEditingMixin(KeptOutMixin, CheckedEditingMixin):
    """For pages there is also the editor of a translation, and mails about comments go through the outbox."""

    page: Any

    @property
    def edited(self) -> Any:
        return self.page

    def get_template_names(self) -> list[str]:
        ours = {
            "wagtailadmin/pages/edit.html": "newsroom/edit_page.html",
            "wagtailadmin/pages/edit_partials.html": "newsroom/edit_partials.html",
        }
        return [ours.get(name, name) for name in super().get_template_names()]  # type: ignore[misc]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        if self.hydrate_create_view:  # type: ignore[attr-defined]
            context["once_saved"] = action_menu.once_saved(self.page, self.request)
        return context

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self._by_segments(request) or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self._by_segments(request) or super().post(request, *args, **kwargs)

    def _by_segments(self, request: HttpRequest) -> HttpResponseBase | None:
        return segments.instead_of_editor(request, self.page, workflow_menu.send_button)

    def send_commenting_notifications(self, changes: dict[str, Any]) -> None:
        """Wagtail's would answer with an error when the mail server is down."""
        comments.tell_of_changes(self.page, self.request.user, changes)


class PageCreateView(SendingMixin, CreateView):
    """A new page: empty, or with what a pattern keeps. Its author is whoever begins it."""

    page: Any

    def get(self, request: HttpRequest) -> HttpResponseBase:
        if number := request.GET.get("pattern"):
            pattern = self._pattern(number)
            if pattern is None:
                raise Http404
            self._begin_with(pattern)
            self.page.begun_with = patterns.beginning_with(pattern)
        return super().get(request)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        if signed := request.POST.get("pattern"):
            self.page.begun_with = patterns.beginning_from(signed)
        return super().post(request)

    def set_default_privacy_setting(self) -> None:
        """Called once the page is there and before it is sent: from now on it is known who wrote the pattern."""
        super().set_default_privacy_setting()
        if begun_with := getattr(self.page, "begun_with", None):
            for writer in get_user_model().objects.filter(pk__in=begun_with.writers):
                log(instance=self.page, action="approval.pattern", user=writer)

    def _pattern(self, number: str) -> PagePattern | None:
        fitting = PagePattern.objects.filter(content_type=self.page_content_type, locale=self.parent_page.locale)
        try:
            return fitting.filter(pk=number).first()
        except ValueError:  # no number
            return None

    def _begin_with(self, pattern: PagePattern) -> None:
        begun = patterns.opened(pattern)
        begun.page.owner, begun.page.locale = self.request.user, self.page.locale
        self.page = self.subscription.page = begun.page
        if begun.missing:
            missing = "; ".join(begun.missing)
            words = gettext("Some of the pattern is gone, and the rest is here. Missing: %(missing)s.")
            messages.warning(self.request, words % {"missing": missing})


class PageEditView(PageEditingMixin, EditView):
    """The newest version of a page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Links to an original in mails and lists are for its author; they lead a translator to the translation."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied:
            instead = begin.instead_of_editor(request, self.page)
            if instead is None:
                raise
            return instead


class PageRevertView(PageEditingMixin, RevisionsRevertView):
    """An older version of a page, to begin from."""


class GatedSnippetCreateView(SendingMixin, SnippetCreateView):
    """A new snippet."""


class GatedSnippetEditView(KeptOutOfSnippetMixin, CheckedEditingMixin, SnippetEditView):
    """The newest version of a snippet; Wagtail builds its view of older versions from this one."""

    def user_has_permission(self, permission: str) -> bool:
        """Wagtail asks about the model; translators may change some of its texts only."""
        user = self.request.user
        if permission != "change" or may_edit(self.object, user):
            return super().user_has_permission(permission)
        task = self.current_workflow_task
        return bool(task and task.user_can_access_editor(self.object, user))

    @property
    def edited(self) -> Any:
        return self.object
