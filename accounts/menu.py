"""Entries beside Wagtail's own on the screen of one's account."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


def second_factor(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("mfa_index"),
        "label": _("Signing in with a second factor"),
        "help_text": _("An app on your phone, a passkey or a key: a stolen password alone opens nothing."),
    }


def sessions(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("usersessions_list"),
        "label": _("Where you are signed in"),
        "help_text": _("See your sessions, and sign out everywhere else."),
    }
