"""What the library for accounts (django-allauth) asks about ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import keys, sign_in_log
from accounts.addresses import client_address

TOO_MANY = "too_many_login_attempts"
WRONG = _("The name or the password is not right. Capital and small letters count in the password.")


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; who tries too often is told so, and the log says it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        TOO_MANY: _("Too many tries. Wait five minutes, then try again, or ask for a new password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        try:
            return super().authenticate(request, **credentials)
        except ValidationError as error:
            if error.code == TOO_MANY:
                sign_in_log.refused(request, credentials)
            raise

    def is_safe_url(self, url: str) -> bool:
        return url.startswith("/") and super().is_safe_url(url)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)


class MFAAdapter(DefaultMFAAdapter):
    """The secrets of second factors are of no use to who has the database alone."""

    def encrypt(self, text: str) -> str:
        return keys.ring().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return keys.ring().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.WAGTAIL_SITE_NAME}
