"""Who has to prove with a second thing that they are who they say: all staff, where the site is not a demo."""

import datetime
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone

DUE = "second_factor_due"
"""In a session: nothing but setting one up is open to it."""
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def connect() -> None:
    user_logged_in.connect(_mark, dispatch_uid="second-factor")


def has_one(user: Any) -> bool:
    return get_adapter().is_mfa_enabled(user, types=FACTORS)


def is_missing(user: Any) -> bool:
    """Whether `user` needs one sooner or later, and has none."""
    return settings.SECOND_FACTOR_REQUIRED and not has_one(user)


def deadline(user: Any) -> datetime.datetime:
    """Until when a password alone is enough."""
    return user.date_joined + datetime.timedelta(days=settings.SECOND_FACTOR_GRACE_DAYS)


def _mark(user: Any, request: HttpRequest | None = None, **signal: Any) -> None:
    """Sessions are marked as they begin: nobody is thrown out in the middle of a text."""
    if request is not None and is_missing(user) and deadline(user) <= timezone.now():
        request.session[DUE] = True
