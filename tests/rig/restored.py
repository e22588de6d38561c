"""A PostgreSQL test database, put back as a whole after a test that commits.

Django would empty all tables and fill them again, which takes longer than most tests; copying files doesn't.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, connections
from django.test import TransactionTestCase


def _run(*statements: str) -> None:
    """Runs SQL beside the test database, to which nobody of this process has a connection then."""
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def after_commits() -> Iterator[None]:
    """Inside, each test with `transaction=True` ends with the database as it is now."""
    name = connection.settings_dict["NAME"]
    copy = f"{name}_copy"

    def put_back(_test: TransactionTestCase) -> None:
        _run(f'DROP DATABASE "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}" TEMPLATE "{copy}"')

    _run(f'DROP DATABASE IF EXISTS "{copy}"', f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", put_back)
        yield
    _run(f'DROP DATABASE "{copy}"')
