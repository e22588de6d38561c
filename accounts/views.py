"""The one door, and the answer to who knocks too often."""

from typing import Any

from allauth.account.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import sign_in_log


class SignInView(LoginView):
    """Whoever is in already and may be goes on; others could be led here and back for ever by what they may not see."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        home = reverse("wagtailadmin_home")
        wanted = self.get_success_url() or home
        if request.user.has_perm("wagtailadmin.access_admin") and wanted.startswith(home):
            return redirect(wanted)
        return super().get(request, *args, **kwargs)


def too_many(request: HttpRequest) -> HttpResponse:
    """429, in words."""
    sign_in_log.refused(request)
    return render(request, "429.html", status=429)
