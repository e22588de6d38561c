"""Addresses in mails: always whole ones."""

from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.admin.admin_url_finder import AdminURLFinder

from approval.views.subjects import decision_address


def absolute(path: str) -> str:
    """`path` on this site, with its host; what has a host already stays."""
    return path if "://" in path else f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def edit_url(instance: Any) -> str:
    """Where staff read and correct `instance`."""
    return absolute(AdminURLFinder().get_edit_url(instance) or reverse("wagtailadmin_home"))


def decision_url(task_state: Any) -> str:
    """Where the change, the comments and the decision stand on one page."""
    return absolute(decision_address(task_state))


def opening_url(page: Any) -> str:
    """Where somebody lets a private page be open, or not."""
    return absolute(reverse("approval:opening", args=("wagtailcore", "page", page.pk)))


def public_url(instance: Any) -> str:
    """Where visitors read `instance`; "" for what has no page of its own."""
    url = getattr(instance, "full_url", None) or getattr(instance, "url", None)
    return absolute(url) if url else ""


def new_password_url(mail: Any) -> str:
    """Where the receiver of `mail` chooses a new password: good for them alone, for three days, and once."""
    user = mail.user
    parts = {"uidb64": urlsafe_base64_encode(force_bytes(user.pk)), "token": default_token_generator.make_token(user)}
    return absolute(reverse("wagtailadmin_password_reset_confirm", kwargs=parts))
