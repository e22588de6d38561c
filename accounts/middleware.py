"""Whoever has to set up a second factor does that first."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts import second_factor

OPEN = ("mfa_index", "account_logout", "account_login", "account_reauthenticate", "wagtailadmin_javascript_catalog")


class SecondFactorMiddleware:
    """Stands inside newsroom's LostSessionMiddleware, which keeps the words of a form that is led to the door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not second_factor.is_due(request) or _is_open(request):
            return self.get_response(request)
        if second_factor.has_one(request.user):  # it was set up elsewhere, perhaps by its owner against a thief
            logout(request)
            return redirect("account_login")
        if not request.path.startswith(reverse("wagtailadmin_home")):
            request.user = AnonymousUser()  # public pages, and the documents of others
            return self.get_response(request)
        if request.method == "GET" and request.accepts("text/html"):
            return redirect("mfa_index")
        request.user = AnonymousUser()
        return redirect("account_login")


class SessionListMiddleware:
    """A session whose key changes, as with a new password, stays in the list of its owner's sessions.

    Django's own views for passwords change it; the library for the list only hears of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = request.session.session_key
        response = self.get_response(request)
        after = request.session.session_key
        if before and after and before != after and request.user.is_authenticated:
            listed = UserSession.objects.filter(session_key=before, user=request.user)
            if not UserSession.objects.filter(session_key=after).exists():
                listed.update(session_key=after)
        return response


def _is_open(request: HttpRequest) -> bool:
    """What somebody needs who has no second factor yet."""
    return request.path.startswith((*map(reverse, OPEN), f"{reverse('wagtailadmin_home')}sprite"))
