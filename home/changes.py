"""Changes of something public that are committed, and whose number (home/cache.py) hasn't risen yet, in the database.

A process may be killed just there. On one machine a locked file tells of it (home/page_store.py). Of a machine that is
gone nobody reads the files, and a scheduler's machine has no process that would.
"""

from collections.abc import Collection

from django.conf import settings
from django.db import models, transaction


class CommittedChange(models.Model):
    """Others see it from the same moment as the change that it is of."""

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


def note() -> None:
    """Part of the transaction at hand. Outside of one the change is committed already, and its number rises next."""
    if not settings.PAGES_ON_ONE_MACHINE and transaction.get_connection().in_atomic_block:
        CommittedChange.objects.create()


def noted() -> set[int]:
    """The changes that others have committed, or this transaction has made."""
    return set() if settings.PAGES_ON_ONE_MACHINE else set(CommittedChange.objects.values_list("pk", flat=True))


def forget(numbers: Collection[int]) -> None:
    if numbers:
        CommittedChange.objects.filter(pk__in=numbers).delete()
