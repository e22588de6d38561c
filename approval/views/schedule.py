"""Taking an approval back before its time."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.pages.revisions import RevisionsUnscheduleView

from approval import schedule
from approval.permissions import WITHDRAW
from approval.views.subjects import SubjectView, edit_address


class WithdrawView(SubjectView):
    """Our own door, for pages and snippets, with room for a reason."""

    permission = WITHDRAW
    page_title = _("Withdraw the approval")
    header_icon = "calendar-alt"
    template_name = "approval/withdraw.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "scheduled": self.object.scheduled_revision}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        schedule.withdraw(self.object, request.user, request.POST.get("reason", ""))
        messages.success(request, withdrawn(self.title))
        return redirect(edit_address(self.object))


class UnscheduleView(RevisionsUnscheduleView):
    """Wagtail's door: the button in the editor and in the history."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        schedule.withdraw(self.object, request.user, request.POST.get("reason", ""), self.revision.pk)
        messages.success(request, withdrawn(self.get_object_display_title()))
        return redirect(self.get_next_url())


def withdrawn(title: str) -> str:
    return gettext("The approval of “%(title)s” is withdrawn: it won't go live by itself.") % {"title": title}
