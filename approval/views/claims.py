"""Taking a step and giving it back: buttons of the dashboard and of the page's side panel."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import TaskState

from approval import claims, policy


@method_decorator(require_POST, name="dispatch")
class ClaimView(View):
    """POST, with `next` as the address to go back to."""

    def post(self, request: HttpRequest, task_state: int) -> HttpResponse:
        self.try_to_act(request, get_object_or_404(TaskState, pk=task_state))
        return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")

    def try_to_act(self, request: HttpRequest, state: Any) -> None:
        try:
            self.act(request, state)
        except policy.NotYoursError as refusal:
            messages.error(request, str(refusal))

    def act(self, request: HttpRequest, state: Any) -> None:
        raise PermissionDenied


class TakeStepView(ClaimView):
    def act(self, request: HttpRequest, state: Any) -> None:
        claims.take(state, request.user)
        title = policy.subject(state)
        messages.success(request, _("You took “%(title)s”. The others see that.") % {"title": title})


class GiveBackStepView(ClaimView):
    def act(self, request: HttpRequest, state: Any) -> None:
        if claims.give_back(state, request.user):
            title = policy.subject(state)
            messages.success(request, _("You gave “%(title)s” back: anybody can take it now.") % {"title": title})
