"""What is asked once for a request, however many rows a listing has."""

from collections.abc import Callable
from typing import Any, TypeVar

Found = TypeVar("Found")


def asked_once(request: Any, name: str, ask: Callable[[], Found]) -> Found:
    """What `ask` returns, kept at `request` under `name`; asked each time where there is no request (None)."""
    if request is None:
        return ask()
    if not hasattr(request, name):
        setattr(request, name, ask())
    return getattr(request, name)
