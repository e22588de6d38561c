"""One line in the log for each success, failure and refusal, which programs like fail2ban can read.

No password, and no name that isn't an account's: people type passwords into the wrong field.
"""

import logging
from typing import Any

from allauth.mfa.signals import authentication_failed
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest

from accounts.addresses import client_address
from accounts.people import account_of

log = logging.getLogger(__name__)
NOBODY = "-"


def connect() -> None:
    user_logged_in.connect(_succeeded, dispatch_uid="sign-in-log")
    user_login_failed.connect(_failed, dispatch_uid="sign-in-log")
    authentication_failed.connect(_failed_with_a_code, dispatch_uid="sign-in-log")


def refused(request: HttpRequest, user: Any | None = None) -> None:
    """Too many tries: the password or code was not looked at."""
    _write(logging.WARNING, "refused", request, user)


def _succeeded(user: Any, request: HttpRequest | None = None, **signal: Any) -> None:
    _write(logging.INFO, "succeeded", request, user)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **signal: Any) -> None:
    _write(logging.WARNING, "failed", request, account_of(credentials.get("username", "")))


def _failed_with_a_code(user: Any, request: HttpRequest | None = None, **signal: Any) -> None:
    _write(logging.WARNING, "failed", request, user)


def _write(level: int, what: str, request: HttpRequest | None, user: Any | None) -> None:
    account, address = user.get_username() if user else NOBODY, client_address(request) if request else NOBODY
    log.log(level, "Sign-in %s: account=%s address=%s", what, account, address)
