"""Whoever has to set up a second factor does that first."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts import second_factor


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_closed(request) and request.session.get(second_factor.DUE):
            if not second_factor.has_one(request.user):
                return redirect("mfa_index")
            del request.session[second_factor.DUE]
        return self.get_response(request)


def _is_closed(request: HttpRequest) -> bool:
    """Addresses of the admin, but for those that somebody needs who has no second factor yet."""
    home = reverse("wagtailadmin_home")
    if not request.path.startswith(home):
        return False
    open_ones = (reverse("mfa_index"), reverse("account_logout"), reverse("account_login"))
    needed = (reverse("account_reauthenticate"), reverse("wagtailadmin_javascript_catalog"), f"{home}sprite")
    return not request.path.startswith((*open_ones, *needed))
