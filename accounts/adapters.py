"""What the library for accounts (django-allauth) asks about ours."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import keys, sign_in_log
from accounts.addresses import client_address
from accounts.people import account_of

log = logging.getLogger(__name__)
TOO_MANY = "too_many_login_attempts"
NOBODY = "\x1f"
"""Begins what no account can be called."""


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; who tries too often is told so, and the log says it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy(
            "The name or the password is not right. Capital and small letters count in the password."
        ),
        TOO_MANY: gettext_lazy("Too many tries. Wait five minutes, then try again; a passkey opens at once."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """One account, one count of tries and one hash, whichever way its name is written, and whether it exists."""
        account = account_of(credentials["username"])
        name = account.get_username() if account else NOBODY + credentials["username"].casefold()
        try:
            return super().authenticate(request, **{**credentials, "username": name})
        except ValidationError as error:
            if error.code == TOO_MANY:
                sign_in_log.refused(request, account)
            raise

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Theirs has the host as the reader says it: each port would be counted anew."""
        return credentials["username"]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever has a second factor shows that one: a session and a password may be stolen together."""
        methods = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"] != "reauthenticate"] or methods

    def is_safe_url(self, url: str) -> bool:
        return url.startswith("/") and super().is_safe_url(url)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)


class UnreadableSecretError(ValidationError):
    """SECRET_KEY is another one than when a second factor was set up."""

    silent_variable_failure = True  # in a template


class MFAAdapter(DefaultMFAAdapter):
    """The secrets of second factors are of no use to who has the database alone."""

    def encrypt(self, text: str) -> str:
        return keys.ring().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return keys.ring().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            log.exception("A second factor can't be read: SECRET_KEY has changed, see SECRET_KEY_FALLBACKS")
            raise UnreadableSecretError(_("This can’t be checked now. Tell whoever runs the site.")) from error

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.WAGTAIL_SITE_NAME}
