"""Who is meant by what somebody types at the door."""

from typing import Any

from django.contrib.auth import get_user_model


def account_of(typed: str) -> Any | None:
    """The account of that user name, or else of that e-mail address, however it is written; none that was closed."""
    open_ones = get_user_model()._default_manager.filter(is_active=True).order_by("pk")
    if not (typed := typed.strip()):
        return None
    return open_ones.filter(username__iexact=typed).first() or open_ones.filter(email__iexact=typed).first()
