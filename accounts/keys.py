"""Encryption of what only this site may read, with keys made of SECRET_KEY."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def ring() -> MultiFernet:
    """Writes with SECRET_KEY, and still reads what was written with one of SECRET_KEY_FALLBACKS."""
    return MultiFernet([Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"second factors" + secret.encode()).digest())
