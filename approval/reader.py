"""Who reads, while somebody does: what they may not know of is left out (visibility.py)."""

from contextlib import AbstractContextManager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from approval.context_variables import holding

_reader: ContextVar[Any] = ContextVar("reader", default=None)


def reading_as(user: Any) -> AbstractContextManager[None]:
    """Queries leave out what `user` may not know of; None sees everything."""
    return holding(_reader, user)


def seeing_everything() -> AbstractContextManager[None]:
    return reading_as(None)


def whole(function: Any) -> Any:
    """`function`, which sees everything, whoever calls it."""

    @wraps(function)
    def seeing(*args: Any, **kwargs: Any) -> Any:
        with seeing_everything():
            return function(*args, **kwargs)

    return seeing


def reader() -> Any:
    """Who reads; None where everything is seen."""
    return _reader.get()
