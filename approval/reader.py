"""Who reads, while somebody does: what they may not know of is left out (visibility.py)."""

from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from approval.context_variables import holding


@dataclass
class Reading:
    """`hidden`: what `user` may not know of, once it was asked for (`visibility.hidden`)."""

    user: Any
    hidden: list[UUID] | None = None


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


def reading_as(user: Any) -> AbstractContextManager[None]:
    """Queries leave out what `user` may not know of; None sees everything."""
    return holding(_reading, Reading(user) if user is not None else None)


def reading_on(begun: Reading | None) -> AbstractContextManager[None]:
    """As whoever read before, who needn't ask again what is hidden."""
    return holding(_reading, begun)


def seeing_everything() -> AbstractContextManager[None]:
    return reading_as(None)


def whole(function: Any) -> Any:
    """`function`, which sees everything, whoever calls it."""

    @wraps(function)
    def seeing(*args: Any, **kwargs: Any) -> Any:
        with seeing_everything():
            return function(*args, **kwargs)

    return seeing


def reading() -> Reading | None:
    """None where everything is seen."""
    return _reading.get()


def reader() -> Any:
    """Who reads; None where everything is seen."""
    found = reading()
    return found.user if found else None
