"""The editor of a text that waits for others, for whoever can't save it meanwhile: remarks, and taking it back."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.models import WorkflowState

from approval import locks, returns, submissions
from approval.refusals import RefusedError
from newsroom import waiting


class TooLateMixin:
    """What both editors do with a click that takes back what was decided meanwhile: nothing, and nothing is lost."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponseBase:
        return self._show_again(form) if self._comes_too_late else super().form_valid(form)  # type: ignore[misc]

    @property
    def _takes_back(self) -> bool:
        raise NotImplementedError

    @property
    def _comes_too_late(self) -> bool:
        """Whether the workflow was over, or the text had come back, when the click came."""
        view: Any = self
        return self._takes_back and view.workflow_state.status != WorkflowState.STATUS_IN_PROGRESS

    def _show_again(self, form: Any) -> HttpResponseBase:
        view: Any = self
        show_as_typed(view, view.edited, view.is_out_of_date)
        if returns.of(view.edited):
            words = gettext(
                "The text came back to you meanwhile; the reason stands above it. What you typed is here, and not "
                "saved yet."
            )
        else:
            words = gettext(
                "Not taken back: somebody has decided meanwhile. What you typed is here, and not saved yet."
            )
        messages.warning(self.request, words)
        view.form, view.has_unsaved_changes, view.errors_debug = form, True, ""
        return view.render_to_response(view.get_context_data(form=form))


class KeptOutMixin(TooLateMixin):
    """Put before the edit view of a page; what it reads of Wagtail's view is loaded before anything is locked."""

    page: Any

    def form_invalid(self, form: Any) -> HttpResponseBase:
        """While the text waits for others: remarks are saved, and what was typed with the click that takes it back."""
        view: Any = self
        if self._comes_too_late:
            return self._show_again(form)
        if not waiting.keeps_out(view.lock, self.request.user):
            return super().form_invalid(form)  # type: ignore[misc]
        if self._takes_back:
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
    def _takes_back(self) -> bool:
        view: Any = self
        return view.action_name == "cancel_workflow"

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


class KeptOutOfSnippetMixin(TooLateMixin):
    """The same for a snippet. What was typed is only shown: it is saved afterwards."""

    object: Any

    def form_invalid(self, form: Any) -> HttpResponseBase:
        view: Any = self
        if not self._takes_back:
            return super().form_invalid(form)  # type: ignore[misc]
        if self._comes_too_late:
            return self._show_again(form)
        show_as_typed(view, self.object, view.is_out_of_date)
        try:
            return super().form_invalid(form)  # type: ignore[misc]
        except RefusedError:  # at this very moment somebody has decided
            view.lock = view.get_lock()
            view.locked_for_user = view.lock is not None and view.lock.for_user(self.request.user)
            return self._show_again(form)

    @property
    def _takes_back(self) -> bool:
        view: Any = self
        return view.action == "cancel-workflow"

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
