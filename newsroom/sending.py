"""What the menu under the editor and the panels beside it both say of sending a text: asked once for a request."""

from typing import Any

from django.http import HttpRequest

from approval import people, releases
from approval.request_cache import asked_once


def release_of(text: Any, request: HttpRequest) -> Any:
    """The open release of `text`, a kept text or None; None where there is none."""
    return asked_once(request, f"release_of_{_name(text)}", lambda: releases.release_of(text))


def outlook(text: Any, workflow: Any, request: HttpRequest) -> people.Outlook:
    """Who could take each step, were whoever asks to send `text` (None: a new one); with that of a small correction."""

    def ask() -> people.Outlook:
        with_correction = bool(text and text.live and not release_of(text, request))
        return people.outlook(text, workflow, request.user, with_correction=with_correction)

    return asked_once(request, f"outlook_{_name(text)}", ask)


def _name(text: Any) -> str:
    return f"{text._meta.label_lower}_{text.pk}" if text else "new"
