"""A new password: Wagtail's mail about it, through the outbox instead of inside the request."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.admin.forms.auth import PasswordResetForm

from notifications import outbox

PAUSE = timedelta(minutes=5)
"""The form is open to everybody: nobody's mailbox is filled by it."""


class QueuedPasswordResetForm(PasswordResetForm):
    """The answer takes as long for an address that nobody has, and a mail server that is down loses nothing."""

    def send_mail(self, _subject: str, _text: str, context: dict[str, Any], *_addresses: Any, **_more: Any) -> None:
        user = context["user"]
        span = int(timezone.now().timestamp() // PAUSE.total_seconds())
        outbox.write(f"password:{user.pk}:{span}", "password", [user], {"title": user.get_username()})
