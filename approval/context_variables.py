"""What holds while a block of code runs, for all that is called from there."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Value = TypeVar("Value")


@contextmanager
def holding(variable: ContextVar[Value], value: Value) -> Iterator[None]:
    """`variable` has `value` meanwhile, in this thread only."""
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)
