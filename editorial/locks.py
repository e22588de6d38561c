"""Who comes first when two decide about one text at once.

Whatever a decision locks, it locks the text itself first: then its workflow, its step, its versions. Two
decisions then wait for each other in a row and never in a circle, which the database would break with an error.
"""

from typing import Any

from wagtail.models import Page


def locked(instance: Any) -> Any:
    """`instance` as it is in the database now, kept from others until the transaction ends."""
    base = Page if isinstance(instance, Page) else type(instance)
    return type(instance).objects.get(pk=base.objects.select_for_update().get(pk=instance.pk).pk)
