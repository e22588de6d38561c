"""A scene that takes long to build is built once for all tests of a module; each of them rolls back to it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def built_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Lets a module build its scene in module-scoped fixtures that ask for this one.

    A test gets it by a fixture of its own that asks for `db` too and reads everything anew: rows are rolled back after
    each test, Python objects are not.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
