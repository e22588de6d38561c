"""The editor of a text that waits for others, for whoever can't save it meanwhile: remarks, and taking it back."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.models import WorkflowState

from approval import locks, submissions
from newsroom import waiting


class KeptOutMixin:
    """Put before the edit view of a page; what it reads of Wagtail's view is loaded before anything is locked."""

    request: HttpRequest
    page: Any

    def form_valid(self, form: Any) -> HttpResponseBase:
        return self._show_again(form) if self._comes_too_late else super().form_valid(form)  # type: ignore[misc]

    def form_invalid(self, form: Any) -> HttpResponseBase:
        """While the text waits for others: remarks are saved, and what was typed with the click that takes it back."""
        view: Any = self
        if self._comes_too_late:
            return self._show_again(form)
        if not waiting.keeps_out(view.lock, self.request.user):
            return super().form_invalid(form)  # type: ignore[misc]
        if view.action_name == "cancel_workflow":
            with transaction.atomic():
                return self._take_back(form)
        if view.action_name == "save":
            with transaction.atomic():
                if form.is_valid() and waiting.adds_only_remarks(self.page, form):
                    return self.form_valid(form)
            if view.expects_json_response:
                words = gettext("Not saved: the text waits for a decision. See above the form what you can do.")
                return view.json_error_response("locked", words)
        return super().form_invalid(form)  # type: ignore[misc]

    @property
    def _comes_too_late(self) -> bool:
        """Whether the workflow was over when the click that takes the text back came."""
        view: Any = self
        over = (WorkflowState.STATUS_APPROVED, WorkflowState.STATUS_CANCELLED)
        return view.action_name == "cancel_workflow" and view.workflow_state.status in over

    def _take_back(self, form: Any) -> HttpResponseBase:
        """With what was typed. Where a colleague has written or decided meanwhile, that is only shown."""
        view: Any = self
        row = locks.locked(self.page)
        state = submissions.workflow_to_take_back(view.workflow_state, self.request.user)
        if state is None:
            view.lock = row.get_lock()
            view.locked_for_user = view.lock is not None and view.lock.for_user(self.request.user)
            return self._show_again(form)
        view.workflow_state = state
        is_as_loaded = waiting.is_as_loaded(row, self.page) and not view.is_out_of_date
        if is_as_loaded and form.is_valid():
            return self.form_valid(form)
        show_as_typed(view, self.page, is_out_of_date=not is_as_loaded)
        return super().form_invalid(form)  # type: ignore[misc]

    def _show_again(self, form: Any) -> HttpResponseBase:
        view: Any = self
        show_as_typed(view, self.page)
        words = gettext("Not taken back: somebody has decided meanwhile. What you typed is here, and not saved yet.")
        messages.warning(self.request, words)
        view.has_unsaved_changes, view.errors_debug = True, ""
        return view.render_to_response(view.get_context_data(form=form))


class KeptOutOfSnippetMixin:
    """The same for a snippet. What was typed is only shown: it is saved afterwards."""

    request: HttpRequest
    object: Any

    def form_invalid(self, form: Any) -> HttpResponseBase:
        view: Any = self
        if view.action == "cancel-workflow":
            show_as_typed(view, self.object, view.is_out_of_date)
        return super().form_invalid(form)  # type: ignore[misc]

    def cancel_workflow_action(self) -> None:
        view: Any = self
        submissions.take_back(self.object, view.workflow_state, self.request.user)


def show_as_typed(view: Any, instance: Any, is_out_of_date: bool = False) -> None:
    """Let `view` show its form with what was typed over an older version of `instance`, and say so.

    Autosave then sees that there is a newer one, and doesn't write over it.
    """
    posted = view.request.POST
    number = posted.get("overwrite_revision_id") or posted.get("loaded_revision_id", "")
    loaded = instance.revisions.filter(pk=number).first() if number.isdecimal() else None
    if loaded:
        instance.latest_revision = loaded
        view.latest_revision_created_at = posted.get("loaded_revision_created_at", "")
    if is_out_of_date:
        words = gettext(
            "Somebody has corrected the text meanwhile. What you typed is here, and not saved: it would replace the "
            "correction. Compare it with the latest version first."
        )
        newest = messages.button(view.get_edit_url(), gettext("View latest version"), new_window=True)
        messages.warning(view.request, words, buttons=[newest])
