"""The time of what is approved and waits: another one, now, or none, as the approval is taken back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.pages.revisions import RevisionsUnscheduleView

from approval import dates, schedule, times
from approval.permissions import WITHDRAW
from approval.times import TimesForm
from approval.views.subjects import SubjectView, address, edit_address


class PublicationTimeView(SubjectView):
    """For pages and snippets, with room for a reason."""

    permission = WITHDRAW
    page_title = _("The time of publication")
    header_icon = "calendar-alt"
    template_name = "approval/publication_time.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scheduled = self.object.scheduled_revision
        due = scheduled and scheduled.approved_go_live_at
        return {
            **super().get_context_data(**kwargs),
            "scheduled": scheduled,
            "form": kwargs.get("form") or TimesForm(initial={"go_live_at": due}),
            "suggestions": times.offered(but=due),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action") == "move":
            return self._move(request)
        schedule.withdraw(self.object, request.user, request.POST.get("reason", ""), request.POST.get("revision", ""))
        said = gettext("The approval of “%(title)s” is withdrawn: it won't go live by itself.")
        messages.success(request, said % {"title": self.title})
        return redirect(edit_address(self.object))

    def _move(self, request: HttpRequest) -> HttpResponse:
        """To the time that was chosen; to none, which is now, only where that was said."""
        form = TimesForm(request.POST)
        if form.is_valid() and not form.cleaned_data["go_live_at"] and "now" not in request.POST:
            form.add_error("go_live_at", gettext("Say when."))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        moment = form.cleaned_data["go_live_at"]
        schedule.move(self.object, request.user, moment, request.POST.get("revision", ""))
        facts = {"title": self.title, "time": moment and dates.weekday_and_hour(moment)}
        said = gettext("“%(title)s” goes live on %(time)s.") if moment else gettext("“%(title)s” is public.")
        messages.success(request, said % facts)
        return redirect(edit_address(self.object))


class UnscheduleView(RevisionsUnscheduleView):
    """Wagtail's button in the editor and in the history leads here, by POST too, and from here to the screen that asks.

    It withdraws nothing itself: whoever pressed it may have wanted another time, and has said no reason yet.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(address("approval:publication_time", self.object))

    post = get
