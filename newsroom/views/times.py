"""The part of the decision page that says when a text goes live, with which others, and when it ends."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from approval import dates, policy, release_standing, times
from approval.times import TimesForm


class TimesMixin:
    """Put before the view of a step, which has its `state`, `task` and `verdict`."""

    request: HttpRequest
    state: Any
    task: Any
    verdict: Any

    @cached_property
    def release(self) -> Any:
        """The other texts that go live with this one, where they stand, and when; None where there are none."""
        return release_standing.of_step(self.state)

    def times_context(self, form: TimesForm | None) -> dict[str, Any]:
        """For whoever could approve a text that goes live alone; `form`: one with mistakes, to be shown again."""
        if self.release or policy.is_correction(self.task) or not times.has_times(self.verdict.revision):
            return {}
        planned = times.planned(self.verdict.revision)
        return {
            "times_form": form or TimesForm(initial=planned),
            "planned": planned,
            "suggestions": times.offered(but=planned["go_live_at"]),
        }

    def set_times(self) -> TimesForm | None:
        """Takes what the form says; returns it if it has mistakes."""
        form = TimesForm(self.request.POST)
        if not form.is_valid():
            messages.error(self.request, _("The time was not set. The reason stands beside the field."))
            return form
        times.plan(self.state, self.task, self.request.user, **form.cleaned_data)
        moment = form.cleaned_data["go_live_at"]
        said = (
            _("Once it is approved, the text goes live on %(time)s.") % {"time": dates.weekday_and_hour(moment)}
            if moment
            else _("The text goes live as soon as it is approved.")
        )
        messages.success(self.request, said)
        return None
