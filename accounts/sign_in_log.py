"""One line in the log for each success, failure and refusal, which programs like fail2ban can read.

No password, and no name that isn't an account's: people type passwords into the wrong field.
"""

import logging
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest

from accounts.addresses import client_address

log = logging.getLogger(__name__)
NOBODY = "-"


def connect() -> None:
    user_logged_in.connect(_succeeded, dispatch_uid="sign-in-log")
    user_login_failed.connect(_failed, dispatch_uid="sign-in-log")


def refused(request: HttpRequest, credentials: dict[str, Any]) -> None:
    """Too many tries for this account or address: the password was not looked at."""
    _write(logging.WARNING, "refused", request, _account(credentials))


def _succeeded(user: Any, request: HttpRequest | None = None, **signal: Any) -> None:
    _write(logging.INFO, "succeeded", request, user.get_username())


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **signal: Any) -> None:
    _write(logging.WARNING, "failed", request, _account(credentials))


def _account(credentials: dict[str, Any]) -> str:
    typed = credentials.get("username") or credentials.get("email") or ""
    users = get_user_model()._default_manager
    for field in ("username", "email"):
        if name := users.filter(**{f"{field}__iexact": typed}).values_list("username", flat=True).first():
            return name
    return NOBODY


def _write(level: int, what: str, request: HttpRequest | None, account: str) -> None:
    log.log(level, "Sign-in %s: account=%s address=%s", what, account, client_address(request) if request else NOBODY)
