"""Who has to prove with a second thing that they are who they say: all staff, where the site is not a demo."""

import datetime
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

DUE = "second_factor_due"
"""In a session: nothing but setting one up is open to it."""
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def connect() -> None:
    user_logged_in.connect(_mark, dispatch_uid="second-factor")
    authenticator_added.connect(_was_set_up, dispatch_uid="second-factor")


def has_one(user: Any) -> bool:
    return get_adapter().is_mfa_enabled(user, types=FACTORS)


def is_missing(user: Any) -> bool:
    """Whether `user` needs one sooner or later, and has none."""
    return settings.SECOND_FACTOR_REQUIRED and not has_one(user)


def deadline(user: Any) -> datetime.datetime:
    """Until when a password alone is enough: the grace of a new account, or the day that an operator named."""
    grace = user.date_joined + datetime.timedelta(days=settings.SECOND_FACTOR_GRACE_DAYS)
    if not settings.SECOND_FACTOR_FROM:
        return grace
    day = datetime.date.fromisoformat(settings.SECOND_FACTOR_FROM)
    return max(grace, timezone.make_aware(datetime.datetime.combine(day, datetime.time())))


def is_due(request: HttpRequest) -> bool:
    """Whether this session began with a password alone that was not enough. Nobody without a session is asked."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.get(DUE, False)


def end_sessions(user: Any, besides: str | None = None) -> None:
    """All of `user`, but the one with the key `besides`.

    Not by allauth's list, which loses a session whose key changes with the password.
    """
    for session in Session.objects.exclude(session_key=besides):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


def _mark(user: Any, request: HttpRequest | None = None, **signal: Any) -> None:
    """Sessions are marked as they begin: nobody is thrown out in the middle of a text."""
    if request is not None and is_missing(user) and deadline(user) <= timezone.now():
        request.session[DUE] = True


def _was_set_up(user: Any, authenticator: Authenticator, request: HttpRequest, **signal: Any) -> None:
    """The first factor is the end of every session that began without it, but for the one that set it up."""
    factors = Authenticator.objects.filter(user=user, type__in=FACTORS)
    if authenticator.type in FACTORS and factors.count() == 1:
        request.session.pop(DUE, None)
        request.session.save()  # the signal comes with the commit, which may be after the answer
        end_sessions(user, besides=request.session.session_key)
