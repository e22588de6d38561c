"""The one door, the way in for those who were invited, and the answer to who knocks too often."""

from typing import Any

from allauth.account.views import LoginView
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from accounts import invitations, second_factor, sign_in_log


class SignInView(LoginView):
    """Whoever is in already and may be goes on; others could be led here and back for ever by what they may not see."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        home = reverse("wagtailadmin_home")
        wanted = self.get_success_url() or home
        if request.user.has_perm("wagtailadmin.access_admin") and wanted.startswith(home):
            return redirect(wanted)
        return super().get(request, *args, **kwargs)


@method_decorator((never_cache, sensitive_post_parameters()), name="dispatch")
class InvitationView(FormView):
    """Whoever has the link chooses a password by a button, and then signs in like everybody else."""

    form_class = SetPasswordForm
    template_name = "accounts/invitation.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.invitation = invitations.find(kwargs["token"])
        if self.invitation is None:
            return self.over()
        return super().dispatch(request, *args, **kwargs)

    def over(self) -> HttpResponse:
        return render(self.request, "accounts/invitation_over.html", status=410)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.person}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "person": self.person}

    @property
    def person(self) -> Any:
        return self.invitation and self.invitation.user

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        accepted = invitations.accept(self.kwargs["token"], form.cleaned_data["new_password1"])
        if accepted is None:
            return self.over()
        logout(self.request)  # somebody else, at the same computer
        messages.success(self.request, _("Your password is kept. Sign in with it."))
        # By way of the door. Straight to it is where a form leads whose session has ended: newsroom keeps such words.
        return redirect("mfa_index" if second_factor.is_missing(accepted.user) else "wagtailadmin_home")


def too_many(request: HttpRequest) -> HttpResponse:
    """429, in words."""
    sign_in_log.refused(request)
    return render(request, "429.html", status=429)
