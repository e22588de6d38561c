"""What somebody typed on the decision page without deciding: it waits in the session, so that Back and reload work."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

ASKS = "asks"
"""What is left open after a button that decided nothing (`?asks=`): one of the three below."""
BEFORE_YES, WORDS, CHANGED = "approve", "words", "changed"
KEY = "newsroom.undecided"


def typed(request: HttpRequest, state: Any) -> dict[str, str]:
    """What this person typed at the step `state`, and the number of the version that they saw then."""
    kept = request.session.get(KEY, {})
    return kept if kept.get("state") == state.pk else {}


def forget(request: HttpRequest, state: Any) -> None:
    if typed(request, state):
        del request.session[KEY]


def keep(request: HttpRequest, state: Any, asks: str = "") -> HttpResponse:
    """The way to the page as it is by now, whoever acted meanwhile. `asks`: what is left open."""
    found = {name: request.POST.get(name, "") for name in ("comment", "shown")}
    if found["comment"] or asks == CHANGED:
        request.session[KEY] = {"state": state.pk, **found}
    else:
        forget(request, state)
    query = {"since": request.GET.get("since"), ASKS: asks}
    kept = urlencode({name: value for name, value in query.items() if value})
    return redirect(f"{request.path}?{kept}" if kept else request.path)
