"""The one gate: nothing changes what visitors see unless the gate is open for exactly that.

Everything that Wagtail, wagtail-localize, a command, an import or a shell can do to a live page or
snippet ends in its `save()`. So `save()` asks here, and says no by default: live content may change
only while somebody holds the gate open for a revision with that very content.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from editorial.refusals import RefusedError


class NotApprovedError(RefusedError):
    """Somebody tried to show visitors what nobody independent has approved."""


@dataclass(frozen=True)
class Pass:
    """Leave to publish: the object and the digest of the content that was approved for it."""

    model: str
    pk: str
    digest: str


_passes: ContextVar[tuple[Pass, ...]] = ContextVar("passes", default=())
_planting: ContextVar[str] = ContextVar("planting", default="")


@contextmanager
def opened(instance: Any, digest: str) -> Iterator[None]:
    """Open the gate for `instance` with content of `digest`, in this thread only."""
    token = _passes.set((*_passes.get(), Pass(_model(instance), str(instance.pk), digest)))
    try:
        yield
    finally:
        _passes.reset(token)


@contextmanager
def planting(command: str) -> Iterator[None]:
    """For commands that an operator runs (`setup_site`): what they publish is recorded as theirs."""
    token = _planting.set(command)
    try:
        yield
    finally:
        _planting.reset(token)


def planter() -> str:
    """The name of the operator's command that holds the gate open, or ""."""
    return _planting.get()


def is_open_for(instance: Any, digest: str) -> bool:
    return bool(planter()) or Pass(_model(instance), str(instance.pk), digest) in _passes.get()


def refuse(instance: Any) -> None:
    """Raise, with advice for whoever stands before the closed gate."""
    raise NotApprovedError(
        _(
            "“%(title)s” was not published: nobody independent has approved this text. "
            "Submit it to its workflow; in an emergency a coordinator can publish it with a reason."
        )
        % {"title": instance}
    )


def _model(instance: Any) -> str:
    return instance._meta.concrete_model._meta.label_lower
