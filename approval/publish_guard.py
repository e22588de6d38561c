"""The publish guard: nothing changes what visitors see unless exactly that was allowed.

Everything that Wagtail, wagtail-localize, a command, an import or a shell can do to a live page or
snippet ends in its `save()`. So `save()` asks here, and says no by default: live content may change
only while that very content is allowed, or an operator's command is trusted.
"""

from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from approval.context_variables import holding
from approval.refusals import RefusedError


class NotApprovedError(RefusedError):
    """Somebody tried to show visitors what nobody independent has approved."""


@dataclass(frozen=True)
class Permit:
    """Leave to publish: the object and the digest of the content that was approved for it."""

    model: str
    pk: str
    digest: str


_permits: ContextVar[tuple[Permit, ...]] = ContextVar("permits", default=())
_command: ContextVar[str] = ContextVar("trusted_command", default="")


def allow(instance: Any, digest: str) -> AbstractContextManager[None]:
    """Allow content of `digest` for `instance`, in this thread only."""
    return holding(_permits, (*_permits.get(), Permit(_model(instance), str(instance.pk), digest)))


def trusted_command(command: str) -> AbstractContextManager[None]:
    """For commands that an operator runs (`setup_site`): what they publish is recorded as theirs."""
    return holding(_command, command)


def running_command() -> str:
    """The name of the operator's command that is trusted now, or ""."""
    return _command.get()


def is_allowed(instance: Any, digest: str) -> bool:
    return bool(running_command()) or Permit(_model(instance), str(instance.pk), digest) in _permits.get()


def refuse(instance: Any) -> NoReturn:
    """Raise NotApprovedError, with advice for whoever tried."""
    raise NotApprovedError(
        _(
            "“%(title)s” was not published: nobody independent has approved this text. "
            "Submit it to its workflow; in an emergency a coordinator can publish it with a reason."
        )
        % {"title": instance}
    )


def _model(instance: Any) -> str:
    return instance._meta.concrete_model._meta.label_lower
