"""The part of the decision page that says when a text goes live, with which others, and when it ends."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from approval import dates, policy, release_permissions, release_standing, times
from approval.release_forms import TogetherForm
from approval.times import TimesForm


class TimesMixin:
    """Put before the view of a step, which has its `state`, `task`, `verdict` and `object`."""

    request: HttpRequest
    state: Any
    task: Any
    verdict: Any
    object: Any
    may_act: bool
    get_context_data: Callable[..., dict[str, Any]]
    render_to_response: Callable[..., HttpResponse]

    @cached_property
    def release(self) -> Any:
        """The other texts that go live with this one, where they stand, and when; None where there are none."""
        return release_standing.of_step(self.state)

    def times_shown(self, revision: Any) -> str:
        return times.fingerprint(revision, self.release and self.release.release, self.object.live_revision_id)

    def times_context(
        self, times_form: TimesForm | None = None, together_form: TogetherForm | None = None, **_others: Any
    ) -> dict[str, Any]:
        """For whoever could approve the text at its last step; the forms: those with mistakes, to be shown again."""
        if policy.is_correction(self.task):
            return {}
        user, found, release = self.request.user, dict[str, Any](), self.release and self.release.release
        if release:
            may_set = release_permissions.may_move(release, user)
        else:
            may_set = release_permissions.may_create_at_step(self.object, user)
        if may_set:
            found["together_form"] = together_form or TogetherForm(release=release)
        if times.has_times(self.verdict.revision):
            planned = times.planned(self.verdict.revision)
            found["times_form"] = times_form or TimesForm(initial=planned)
            found["planned"], found["suggestions"] = planned, times.offered(but=planned["go_live_at"])
            found["when"] = release_standing.when_alone(planned["go_live_at"])
        return found

    def set_times(self) -> HttpResponse | None:
        """Takes what the form says; returns it, to be shown again, if it has mistakes."""
        form = TimesForm(self.request.POST)
        if not form.is_valid():
            return self._shown_again(times_form=form)
        times.plan(self.state, self.task, self.request.user, **form.cleaned_data)
        messages.success(self.request, self._said(**form.cleaned_data))
        return None

    def _said(self, go_live_at: Any, expire_at: Any) -> str:
        if not self.release:
            return release_standing.when_alone(go_live_at)
        if expire_at:
            return _("It is taken down on %(time)s.") % {"time": dates.weekday_and_hour(expire_at)}
        return _("The text has no end date.")

    def set_together(self) -> HttpResponse | None:
        """The same for what it goes live together with, for whoever could approve it (`releases` says what)."""
        original = release_permissions.original_of(self.object)
        if original is None or not self.may_act or not self.task.is_last(self.state.workflow_state):
            raise PermissionDenied
        policy.require_no_objection(self.state, self.request.user)
        form = TogetherForm(self.request.POST, self.release and self.release.release)
        if not form.is_valid():
            return self._shown_again(together_form=form)
        said = form.save(original, self.request.user)
        if not said:
            return self.render_to_response(self.get_context_data(together_form=form))
        messages.success(self.request, said)
        return None

    def _shown_again(self, **form: Any) -> HttpResponse:
        messages.error(self.request, _("The time was not set. The reason stands beside the field."))
        return self.render_to_response(self.get_context_data(**form))


SETTING: dict[str, Callable[[Any], HttpResponse | None]] = {
    "times": TimesMixin.set_times,
    "together": TimesMixin.set_together,
}
"""What the buttons of these forms do, by their `action`."""
